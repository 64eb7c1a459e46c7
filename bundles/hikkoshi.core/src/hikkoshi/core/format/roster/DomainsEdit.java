package hikkoshi.core.format.roster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.format.MigrationYaml;
import hikkoshi.core.format.TextEdit;
import hikkoshi.core.format.YamlDocument;
import hikkoshi.core.format.YamlEdit;
import hikkoshi.core.format.YamlNode.Sequence;
import hikkoshi.core.format.YamlPath;
import hikkoshi.core.format.YamlValue;
import hikkoshi.core.format.YamlValue.Items;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Wave;

/// Adds domains, and the waves that they need, to the text of `migration.yaml`.
final class DomainsEdit {
	private static final YamlPath DOMAINS = YamlPath.of("domains");
	private static final YamlPath WAVES = YamlPath.of("waves");

	private DomainsEdit() {}

	/// @param added an empty server key is not written
	/// @return the new text; empty when it could not be changed safely
	static Optional<String> add(MigrationYaml yaml, List<Domain> added) {
		Optional<YamlDocument> now = Optional.of(yaml.document());
		for (String wave : missingWaves(yaml, added)) {
			now = now.flatMap(document -> append(document, WAVES, List.of(YamlValue.entries().with("key", wave))));
		}
		// those that are written alike together
		Map<List<String>, List<YamlValue>> groups = new LinkedHashMap<>();
		added.forEach(domain -> groups.computeIfAbsent(List.of(domain.wave(), domain.oldServer(), domain.newServer()), key -> new ArrayList<>())
				.add(item(domain)));
		for (List<YamlValue> group : groups.values()) {
			now = now.flatMap(document -> append(document, DOMAINS, group));
		}
		return now.map(YamlDocument::text);
	}

	private static YamlValue item(Domain domain) {
		YamlValue.Entries item = YamlValue.entries().with("name", domain.name().ascii());
		item = domain.wave().equals(Wave.DEFAULT) ? item : item.with("wave", domain.wave());
		item = domain.oldServer().isEmpty() ? item : item.with("old", domain.oldServer());
		return domain.newServer().isEmpty() ? item : item.with("new", domain.newServer());
	}

	/// Once one wave is listed, all that domains name must be.
	private static Set<String> missingWaves(MigrationYaml yaml, List<Domain> added) {
		Set<String> wanted = new LinkedHashSet<>();
		added.forEach(domain -> wanted.add(domain.wave()));
		boolean listed = yaml.document().at(WAVES).filter(node -> node instanceof Sequence list && !list.items().isEmpty()).isPresent();
		Set<String> missing = new LinkedHashSet<>();
		if (!listed && wanted.stream().allMatch(Wave.DEFAULT::equals)) {
			return missing;
		}
		if (!listed && yaml.migration().domains().stream().anyMatch(domain -> domain.wave().equals(Wave.DEFAULT))) {
			missing.add(Wave.DEFAULT);
		}
		missing.addAll(wanted);
		if (listed) {
			yaml.migration().waves().forEach(wave -> missing.remove(wave.key()));
		}
		return missing;
	}

	/// One try for all: how one item more is written tells how all further ones are. What comes out is read again and compared.
	private static Optional<YamlDocument> append(YamlDocument yaml, YamlPath list, List<YamlValue> items) {
		Optional<YamlDocument> first = applied(yaml, YamlEdit.append(yaml, list, items.getFirst()));
		List<YamlValue> rest = items.subList(1, items.size());
		if (first.isEmpty() || rest.isEmpty()) {
			return first;
		}
		List<YamlValue> all = new ArrayList<>(items(first.get(), list));
		all.addAll(rest);
		List<TextEdit> sample = YamlEdit.append(first.get(), list, rest.getFirst());
		if (rest.size() > 2 && sample.size() == 1 && sample.getFirst().length() == 0) {
			Optional<String> pattern = pattern(first.get(), list, rest.getFirst(), sample.getFirst());
			if (pattern.isPresent()) {
				StringBuilder more = new StringBuilder(sample.getFirst().replacement());
				for (YamlValue item : rest.subList(1, rest.size())) {
					more.append(written(pattern.get(), item));
				}
				Optional<YamlDocument> whole = applied(first.get(), List.of(TextEdit.insert(sample.getFirst().offset(), more.toString())));
				if (whole.filter(document -> items(document, list).equals(all)).isPresent()) {
					return whole;
				}
			}
		}
		Optional<YamlDocument> slowly = first;
		for (YamlValue item : rest) {
			slowly = slowly.flatMap(document -> applied(document, YamlEdit.append(document, list, item)));
		}
		return slowly;
	}

	/// The text of an item with a hole where its name is; only for items that differ in nothing else.
	private static Optional<String> pattern(YamlDocument yaml, YamlPath list, YamlValue item, TextEdit sample) {
		String name = name(item);
		int at = sample.replacement().indexOf(name);
		return name.isEmpty() || at < 0 || sample.replacement().indexOf(name, at + 1) >= 0 || yaml.at(list).isEmpty() ? Optional.empty()
				: Optional.of(sample.replacement().substring(0, at) + '\0' + sample.replacement().substring(at + name.length()));
	}

	private static String written(String pattern, YamlValue item) {
		return pattern.replace("\0", name(item));
	}

	private static String name(YamlValue item) {
		return item instanceof YamlValue.Entries entries && entries.fields().getFirst().value() instanceof YamlValue.Text text ? text.value() : "";
	}

	private static List<YamlValue> items(YamlDocument yaml, YamlPath list) {
		return yaml.at(list).map(YamlValue::of).map(value -> value instanceof Items items ? items.items() : List.<YamlValue>of()).orElse(List.of());
	}

	private static Optional<YamlDocument> applied(YamlDocument yaml, List<TextEdit> edits) {
		return edits.isEmpty() ? Optional.empty()
				: YamlDocument.parse(TextEdit.apply(yaml.text(), edits), MigrationProject.MIGRATION_FILE).value();
	}
}
