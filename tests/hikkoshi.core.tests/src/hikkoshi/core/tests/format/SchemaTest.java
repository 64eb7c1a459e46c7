package hikkoshi.core.tests.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.format.FileKeys;
import hikkoshi.core.format.MigrationFiles;
import hikkoshi.core.format.YamlDocument;
import hikkoshi.core.format.YamlNode;
import hikkoshi.core.format.YamlNode.Mapping;
import hikkoshi.core.format.YamlNode.Scalar;
import hikkoshi.core.format.YamlNode.Sequence;

/// The schemas of `docs/schema` and `docs/files.md` know the keys that the readers know, and no others. JSON is read as the YAML it is.
class SchemaTest {
	private static Path docs() {
		for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
			if (Files.isDirectory(at.resolve("docs/schema"))) {
				return at.resolve("docs");
			}
		}
		throw new AssertionError("no docs/schema above " + Path.of("").toAbsolutePath());
	}

	private static Mapping schema(String name) throws IOException {
		return (Mapping) YamlDocument.parse(Files.readString(docs().resolve("schema/" + name)), name).value().orElseThrow().root().orElseThrow();
	}

	@Test
	void migration() throws IOException {
		assertThat(keys(schema("migration.schema.json"))).isEqualTo(FileKeys.migration());
	}

	@Test
	void checklist() throws IOException {
		assertThat(keys(schema("checklist.schema.json"))).isEqualTo(FileKeys.checklist());
	}

	@Test
	void everyKeyAndColumnIsDocumented() throws IOException {
		String page = Files.readString(docs().resolve("files.md"));
		FileKeys.migration().values().forEach(keys -> assertThat(keys).allSatisfy(key -> assertThat(page).contains("`" + key + "`")));
		FileKeys.checklist().values().forEach(keys -> assertThat(keys).allSatisfy(key -> assertThat(page).contains("`" + key + "`")));
		assertThat(FileKeys.COLUMNS).allSatisfy(column -> assertThat(page).contains("`" + column + "`"));
	}

	@Test
	void theExamplesOfThePageAreSound(@TempDir Path folder) throws IOException {
		List<String> examples = Pattern.compile("(?s)```(?:yaml|csv)\\R(.*?)```").matcher(Files.readString(docs().resolve("files.md"))).results()
				.map(match -> match.group(1)).filter(example -> !example.startsWith("#")).toList();
		assertThat(examples).hasSize(3);
		Projects.write(folder, examples.get(0).replace("trust: [ca.pem]", "trust: []"), examples.get(1), examples.get(2));
		assertThat(MigrationFiles.load(folder).faults()).isEmpty();
	}

	private static Map<String, List<String>> keys(Mapping schema) {
		Map<String, List<String>> keys = new LinkedHashMap<>();
		collect(schema, schema, "", keys);
		return keys;
	}

	private static void collect(Mapping root, Mapping schema, String place, Map<String, List<String>> keys) {
		Mapping here = resolved(root, schema);
		here.entry("oneOf").ifPresent(choice -> ((Sequence) choice.value()).items().forEach(one -> collect(root, (Mapping) one, place, keys)));
		here.entry("items").ifPresent(items -> collect(root, (Mapping) items.value(), place + "[]", keys));
		here.entry("properties").ifPresent(properties -> {
			assertThat(here.entry("additionalProperties").map(e -> ((Scalar) e.value()).value())).as(place).hasValue("false");
			Mapping of = (Mapping) properties.value();
			keys.put(place, of.entries().stream().map(entry -> entry.key().value()).toList());
			of.entries().forEach(entry -> collect(root, (Mapping) entry.value(), (place.isEmpty() ? "" : place + ".") + entry.key().value(), keys));
		});
	}

	private static Mapping resolved(Mapping root, Mapping schema) {
		Optional<YamlNode.Entry> reference = schema.entry("$ref");
		if (reference.isEmpty()) {
			return schema;
		}
		String name = ((Scalar) reference.get().value()).value().substring("#/$defs/".length());
		Mapping definitions = (Mapping) root.entry("$defs").orElseThrow().value();
		return (Mapping) definitions.entry(name).orElseThrow().value();
	}
}
