package hikkoshi.core.format;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import hikkoshi.core.format.YamlNode.Entry;
import hikkoshi.core.format.YamlNode.Kind;
import hikkoshi.core.format.YamlNode.Mapping;
import hikkoshi.core.format.YamlNode.Scalar;
import hikkoshi.core.format.YamlNode.Sequence;
import hikkoshi.core.model.Protocol;

/// How faults of one YAML text are mended where that takes nothing but the text itself: keys, types, words, lengths of time, what is there
/// twice. Each returns nothing when the text no longer has the fault, or the mending would lose something.
final class YamlMendings {
	private static final Pattern ADDRESS_PORT = Pattern.compile("([0-9.]+|\\[[0-9a-fA-F:.]+])[:#]([0-9]{1,5})");
	private static final Pattern UNIT = Pattern.compile("(?i)(\\d+)\\s*(days?|hours?|hrs?|minutes?|mins?|seconds?|secs?|d|h|m|s)");

	private final YamlDocument yaml;
	private final String file;

	YamlMendings(YamlDocument yaml, String file) {
		this.yaml = yaml;
		this.file = file;
	}

	/// A misspelt key by the one that was probably meant, unless that is there too.
	Optional<Mending> rename(int place, String key) {
		return YamlPlaces.key(yaml, place).filter(found -> found.mapping().entry(key).isEmpty()).map(found -> Mending.plain(file,
				List.of(replace(found.entry().key(), YamlWords.text(key))), "rename", found.entry().key().value(), key)).filter(this::isYaml);
	}

	Optional<Mending> removePassword(int place) {
		return YamlPlaces.key(yaml, place).map(found -> Mending.removes(file, YamlEdit.remove(yaml, found.path()), "password-key",
				found.entry().key().value()));
	}

	/// One of two equal entries; the first, whose removal can be tried out.
	Optional<Mending> duplicateKey(int place) {
		Optional<YamlPlaces.Place> found = YamlPlaces.key(yaml, place);
		if (found.isEmpty()) {
			return Optional.empty();
		}
		String key = found.get().entry().key().value();
		List<Entry> same = found.get().mapping().entries().stream().filter(entry -> entry.key().value().equals(key)).toList();
		if (same.size() < 2 || !same.stream().allMatch(entry -> YamlValue.of(entry.value()).equals(YamlValue.of(same.getFirst().value())))) {
			return Optional.empty();
		}
		return remove(found.get().path(), "duplicate", key);
	}

	/// An item of a list that says nothing which an earlier one does not say.
	///
	/// @param place where its value, or a value within it, begins
	Optional<Mending> duplicateItem(int place, String shown) {
		Optional<YamlPath> item = YamlPlaces.value(yaml, place).map(YamlMendings::item).filter(path -> !path.isRoot());
		if (item.isEmpty() || !(yaml.at(item.get().parent()).orElse(null) instanceof Sequence list)) {
			return Optional.empty();
		}
		int index = (Integer) item.get().last();
		boolean isSaid = list.items().subList(0, index).stream().anyMatch(before -> says(YamlValue.of(before), YamlValue.of(list.items().get(index))));
		return isSaid ? remove(item.get(), "duplicate", shown) : Optional.empty();
	}

	private static YamlPath item(YamlPath path) {
		YamlPath at = path;
		while (!at.isRoot() && !(at.last() instanceof Integer)) {
			at = at.parent();
		}
		return at;
	}

	private static boolean says(YamlValue before, YamlValue again) {
		YamlValue.Entries one = asDomain(before);
		return before.equals(again) || one.fields().containsAll(asDomain(again).fields()) && !asDomain(again).fields().isEmpty();
	}

	/// A domain's short form is its name.
	private static YamlValue.Entries asDomain(YamlValue item) {
		return switch (item) {
			case YamlValue.Entries entries -> entries;
			case YamlValue.Text(String name) -> YamlValue.entries().with("name", name);
			case YamlValue.Word _, YamlValue.Items _ -> YamlValue.entries();
		};
	}

	/// Comments are somebody's words: lines that hold one are a person's to delete.
	private Optional<Mending> remove(YamlPath path, String id, Object... args) {
		List<TextEdit> edits = YamlEdit.remove(yaml, path);
		boolean comment = edits.stream().anyMatch(edit -> yaml.text().substring(edit.offset(), edit.offset() + edit.length()).indexOf('#') >= 0);
		return comment || edits.isEmpty() ? Optional.empty() : Optional.of(Mending.plain(file, edits, id, args));
	}

	Optional<Mending> formatLine(String format) {
		return yaml.root().filter(root -> root instanceof Mapping mapping && !mapping.flow() && mapping.entry("format").isEmpty())
				.map(root -> Mending.plain(file, List.of(TextEdit.insert(root.start(), "format: " + format + lineBreak() + indent(root.start()))), "format",
						format)).filter(this::isYaml);
	}

	/// A number, date or true/false where text is wanted.
	Optional<Mending> quote(int place) {
		return scalar(place).filter(scalar -> scalar.kind() != Kind.TEXT && scalar.kind() != Kind.NULL)
				.map(scalar -> Mending.plain(file, List.of(replace(scalar, YamlWords.doubleQuoted(scalar.value()))), "quote", scalar.value()));
	}

	Optional<Mending> unquote(int place) {
		return scalar(place).filter(scalar -> scalar.kind() == Kind.TEXT && scalar.value().strip().matches("[0-9]{1,9}"))
				.map(scalar -> Mending.plain(file, List.of(replace(scalar, scalar.value().strip())), "number", scalar.value().strip()));
	}

	/// One text where a list is wanted; at commas there were to be several.
	Optional<Mending> list(int place) {
		return YamlPlaces.value(yaml, place).flatMap(path -> scalar(place).filter(scalar -> !scalar.isNull() && !scalar.style().isBlock()).map(scalar -> {
			List<String> texts = Arrays.stream(scalar.value().split(",")).map(String::strip).filter(text -> !text.isEmpty()).toList();
			return Mending.plain(file, YamlEdit.set(yaml, path, YamlValue.texts(texts)), "list", String.join(", ", texts));
		}));
	}

	/// `5 minutes` → `5m`. A number alone could be anything.
	Optional<Mending> duration(int place) {
		return text(place, text -> {
			Matcher matcher = UNIT.matcher(text);
			StringBuilder plain = new StringBuilder();
			int end = 0;
			while (matcher.find() && text.substring(end, matcher.start()).isBlank()) {
				plain.append(matcher.group(1)).append(Character.toLowerCase(matcher.group(2).charAt(0)));
				end = matcher.end();
			}
			return end == text.length() ? Durations.parse(plain.toString()).map(_ -> plain.toString()) : Optional.empty();
		});
	}

	/// `2026-12-01 20:00 +0900` → `2026-12-01T20:00+09:00`. A time without an offset could be anywhere.
	Optional<Mending> moment(int place) {
		return text(place, text -> {
			String plain = text.strip().replaceFirst("^(\\d{4})[/.](\\d{2})[/.](\\d{2})", "$1-$2-$3").replaceFirst("(?<=\\d)[ _]+(?=\\d)", "T")
					.replace(" ", "").replaceFirst("([+-]\\d{2})(\\d{2})?$", "$1:$2").replaceFirst(":$", ":00").replaceFirst("(?i)(utc|gmt)$", "Z");
			try {
				OffsetDateTime.parse(plain);
				return Optional.of(plain);
			} catch (DateTimeException e) {
				return Optional.empty();
			}
		});
	}

	/// `9.9.9.9:53` → `9.9.9.9#53`
	Optional<Mending> nameServer(int place) {
		return text(place, text -> {
			Matcher matcher = ADDRESS_PORT.matcher(text.strip());
			return matcher.matches() ? Optional.of(matcher.group(1).replaceAll("[\\[\\]]", "") + "#" + matcher.group(2)) : Optional.empty();
		});
	}

	/// `@example.org`, `https://example.org/` → `example.org`
	Optional<Mending> domain(int place) {
		return text(place, text -> {
			String bare = text.strip().replaceFirst("^(?i)(https?://|mailto:)", "").replaceFirst("^[^@/]*@", "").replaceFirst("[/?].*$", "");
			return Hosts.name(bare).filter(name -> !Hosts.isNumeric(name) && bare.indexOf('.') > 0).map(_ -> bare);
		});
	}

	/// A word by the known one that is nearest to it.
	Optional<Mending> word(int place, Stream<String> known) {
		List<String> words = known.toList();
		return text(place, text -> NearWords.nearest(text, words));
	}

	Optional<Mending> set(YamlPath path, String value, String id, Object... args) {
		List<TextEdit> edits = YamlEdit.set(yaml, path, value);
		return edits.isEmpty() ? Optional.empty() : Optional.of(Mending.plain(file, edits, id, args));
	}

	/// A text by another, which [#set] tries out.
	Optional<Mending> text(int place, Function<String, Optional<String>> better) {
		return scalar(place).filter(scalar -> !scalar.isNull()).flatMap(scalar -> better.apply(scalar.value()).filter(text -> !text.equals(scalar.value()))
				.flatMap(text -> YamlPlaces.value(yaml, place).flatMap(path -> set(path, text, "replace", scalar.value(), text))));
	}

	private Optional<Scalar> scalar(int place) {
		return YamlPlaces.value(yaml, place).flatMap(yaml::at).map(node -> node instanceof Scalar scalar ? scalar : null);
	}

	/// A gate that wants one protocol less.
	///
	/// @param place of the protocol, or of the gate that names none and so wants all
	Optional<Mending> gateWithout(int place, String protocol) {
		Optional<YamlPath> found = YamlPlaces.value(yaml, place);
		Optional<YamlNode> node = found.flatMap(yaml::at);
		if (node.isEmpty()) {
			return Optional.empty();
		}
		YamlPath list = node.get() instanceof Mapping ? found.get().then("protocols") : found.get().parent();
		List<String> wanted = yaml.at(list).map(at -> at instanceof Sequence items
				? items.items().stream().map(item -> item instanceof Scalar scalar ? scalar.value() : "").toList() : List.<String>of())
				.orElse(Arrays.stream(Protocol.values()).filter(Protocol::hasLogin).map(Protocol::token).toList());
		List<String> rest = wanted.stream().filter(one -> !one.equals(protocol)).toList();
		return rest.isEmpty() || rest.equals(wanted) ? Optional.empty()
				: Optional.of(Mending.plain(file, YamlEdit.set(yaml, list, YamlValue.texts(rest)), "gate-without", protocol)).filter(Mending::isSome);
	}

	/// Where only spaces may stand, a tab is two of them.
	static List<TextEdit> tabs(String text) {
		List<TextEdit> edits = new ArrayList<>();
		boolean leading = true;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '\t' && leading) {
				edits.add(new TextEdit(i, 1, "  "));
			}
			leading = c == '\n' || c == '\r' || leading && (c == ' ' || c == '\t');
		}
		return edits;
	}

	private static TextEdit replace(Scalar scalar, String text) {
		return new TextEdit(scalar.start(), scalar.end() - scalar.start(), text);
	}

	private boolean isYaml(Mending mending) {
		return YamlDocument.parse(TextEdit.apply(yaml.text(), mending.edits().getOrDefault(file, List.of())), file).value().isPresent();
	}

	private String lineBreak() {
		return yaml.text().contains("\r\n") ? "\r\n" : "\n";
	}

	private String indent(int offset) {
		int line = offset;
		while (line > 0 && yaml.text().charAt(line - 1) != '\n' && yaml.text().charAt(line - 1) != '\r') {
			line--;
		}
		return " ".repeat(offset - line);
	}

	/// The nearest of the known keys, or the only one there is.
	static Optional<String> nearestOrOnly(String word, List<String> known) {
		return NearWords.nearest(word.toLowerCase(Locale.ROOT), known).or(() -> known.size() == 1 ? Optional.of(known.getFirst()) : Optional.empty());
	}
}
