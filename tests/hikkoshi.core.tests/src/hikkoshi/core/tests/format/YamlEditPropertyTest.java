package hikkoshi.core.tests.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import hikkoshi.core.format.Parsed;
import hikkoshi.core.format.TextEdit;
import hikkoshi.core.format.YamlDocument;
import hikkoshi.core.format.YamlEdit;
import hikkoshi.core.format.YamlNode;
import hikkoshi.core.format.YamlPath;
import hikkoshi.core.format.YamlValue;
import hikkoshi.core.format.YamlValue.Entries;
import hikkoshi.core.format.YamlValue.Field;
import hikkoshi.core.format.YamlValue.Items;

/// Over thousands of random documents: an edit changes what it should and nothing else, and no comment gets lost.
class YamlEditPropertyTest {
	private static final Pattern COMMENT = Pattern.compile("#c\\d+;");
	private static final int DOCUMENTS = Integer.getInteger("hikkoshi.test.documents", 3_000);
	private static final long SEED = 20_261_124;

	private final Random random = new Random(Long.getLong("hikkoshi.test.seed", SEED));
	private int refused;
	private int done;

	@Test
	void anEditChangesWhatItShouldAndNothingElse() {
		for (int i = 0; i < DOCUMENTS; i++) {
			RandomYaml writer = new RandomYaml(random);
			Entries value = writer.entries(4, 1 + random.nextInt(4));
			String text = writer.file(value);
			YamlDocument yaml = parse(text);
			assertThat(read(yaml)).as(text).isEqualTo(value);
			List<YamlPath> paths = new ArrayList<>();
			collect(YamlPath.ROOT, value, paths);
			YamlPath path = paths.get(random.nextInt(paths.size()));
			edit(yaml, value, path, writer);
		}
		assertThat(done).isGreaterThan(DOCUMENTS * 2 / 5);
		assertThat(refused).as("edits that were not dared").isLessThan(DOCUMENTS / 200);
	}

	private void edit(YamlDocument yaml, YamlValue value, YamlPath path, RandomYaml writer) {
		YamlValue there = at(value, path);
		YamlValue added = writer.value(2);
		switch (random.nextInt(4)) {
			case 0 -> {
				if (!path.equals(YamlPath.ROOT)) {
					YamlValue wanted = without(value, path);
					check(yaml, YamlEdit.remove(yaml, path), wanted, "remove " + path, kept(yaml, path));
				}
			}
			case 1 -> {
				if (there instanceof Items(List<YamlValue> old)) {
					int index = random.nextInt(old.size() + 1);
					List<YamlValue> items = new ArrayList<>(old);
					items.add(index, added);
					check(yaml, YamlEdit.insert(yaml, path, index, added), with(value, path, new Items(items)), "insert " + path + " " + index,
							comments(yaml.text()));
				}
			}
			case 2 -> {
				if (there instanceof Entries entries) {
					YamlValue wanted = with(value, path, entries.with("new key", added));
					check(yaml, YamlEdit.set(yaml, path.then("new key"), added), wanted, "add to " + path, comments(yaml.text()));
				}
			}
			default -> {
				if (!path.equals(YamlPath.ROOT) && !there.equals(added)) {
					boolean single = !(there instanceof Items || there instanceof Entries);
					check(yaml, YamlEdit.set(yaml, path, added), with(value, path, added), "set " + path + " to " + added,
							single ? comments(yaml.text()) : kept(yaml, path));
				}
			}
		}
	}

	private void check(YamlDocument yaml, List<TextEdit> edits, YamlValue wanted, String what, List<String> comments) {
		done++;
		String description = what + " in\n" + yaml.text();
		if (edits.isEmpty()) {
			refused++;
			if (Boolean.getBoolean("hikkoshi.test.show")) {
				System.err.println("REFUSED " + description + "\n=====");
			}
			return;
		}
		String after = TextEdit.apply(yaml.text(), edits);
		assertThat(read(parse(after))).as(description + "\nafter\n" + after).isEqualTo(wanted);
		if (!comments.isEmpty()) {
			assertThat(comments(after)).as(description + "\nafter\n" + after).containsSubsequence(comments);
		}
		String backwards = yaml.text();
		for (TextEdit edit : TextEdit.backwards(edits)) {
			backwards = backwards.substring(0, edit.offset()) + edit.replacement() + backwards.substring(edit.offset() + edit.length());
		}
		assertThat(backwards).isEqualTo(after);
	}

	/// The comments outside the lines of a piece.
	private static List<String> kept(YamlDocument yaml, YamlPath path) {
		YamlNode node = yaml.at(path).orElseThrow();
		int start = node.start();
		if (path.steps().getLast() instanceof String key
				&& yaml.at(new YamlPath(path.steps().subList(0, path.steps().size() - 1))).orElseThrow() instanceof YamlNode.Mapping mapping) {
			start = mapping.entry(key).orElseThrow().key().start();
		}
		int end = node.end();
		int lineStart = yaml.text().lastIndexOf('\n', start - 1) + 1;
		if (path.steps().getLast() instanceof Integer && !yaml.text().substring(lineStart, start).contains("-")) {
			// the dash stands alone, above
			Matcher dash = Pattern.compile("(?m)^[ -]*-[ ]*(#.*)?\\R(\\s*(#.*)?\\R)*\\z").matcher(yaml.text()).region(0, lineStart);
			lineStart = dash.find() ? dash.start() : lineStart;
		}
		int lineEnd = yaml.text().indexOf('\n', end);
		return comments(yaml.text().substring(0, lineStart) + (lineEnd < 0 ? "" : yaml.text().substring(lineEnd)));
	}

	private static List<String> comments(String text) {
		return COMMENT.matcher(text).results().map(MatchResult::group).toList();
	}

	private static YamlDocument parse(String text) {
		Parsed<YamlDocument> parsed = YamlDocument.parse(text, "random.yaml");
		assertThat(parsed.faults()).as(text).isEmpty();
		return parsed.value().orElseThrow();
	}

	private static YamlValue read(YamlDocument yaml) {
		return yaml.root().map(YamlValue::of).orElseThrow();
	}

	private static void collect(YamlPath path, YamlValue value, List<YamlPath> paths) {
		paths.add(path);
		if (value instanceof Items(List<YamlValue> items)) {
			for (int i = 0; i < items.size(); i++) {
				collect(path.then(i), items.get(i), paths);
			}
		} else if (value instanceof Entries(List<Field> fields)) {
			fields.forEach(field -> collect(path.then(field.key()), field.value(), paths));
		}
	}

	private static YamlValue at(YamlValue value, YamlPath path) {
		YamlValue at = value;
		for (Object step : path.steps()) {
			at = at instanceof Items(List<YamlValue> items) ? items.get((Integer) step)
					: ((Entries) at).fields().stream().filter(field -> field.key().equals(step)).findFirst().orElseThrow().value();
		}
		return at;
	}

	private static YamlValue with(YamlValue value, YamlPath path, YamlValue wanted) {
		if (path.steps().isEmpty()) {
			return wanted;
		}
		Object step = path.steps().getFirst();
		YamlPath rest = new YamlPath(path.steps().subList(1, path.steps().size()));
		if (value instanceof Items(List<YamlValue> old)) {
			List<YamlValue> items = new ArrayList<>(old);
			items.set((Integer) step, with(items.get((Integer) step), rest, wanted));
			return new Items(items);
		}
		return new Entries(((Entries) value).fields().stream()
				.map(field -> field.key().equals(step) ? new Field(field.key(), with(field.value(), rest, wanted)) : field).toList());
	}

	private static YamlValue without(YamlValue value, YamlPath path) {
		YamlPath parent = new YamlPath(path.steps().subList(0, path.steps().size() - 1));
		Object last = path.steps().getLast();
		if (at(value, parent) instanceof Items(List<YamlValue> old)) {
			List<YamlValue> items = new ArrayList<>(old);
			items.remove((int) (Integer) last);
			return with(value, parent, new Items(items));
		}
		return with(value, parent,
				new Entries(((Entries) at(value, parent)).fields().stream().filter(field -> !field.key().equals(last)).toList()));
	}
}
