package hikkoshi.ui.properties;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.format.YamlDocument;
import hikkoshi.core.format.YamlNode;
import hikkoshi.core.format.YamlPath;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Recipient;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Target;
import hikkoshi.core.text.Phrases;

/// Where a target stands in the files of its migration.
public final class TargetPlace {
	private TargetPlace() {}

	/// @param folder of the project; the file is read from the disk
	/// @return a row, or none for what stands in no file
	static List<PropertyRow> of(Target target, Path folder, Phrases words) throws IOException {
		return switch (target) {
			case Mailbox mailbox -> List.of(row(MigrationProject.MAILBOXES_FILE, mailbox.line(), words));
			case Recipient recipient -> List.of(row(MigrationProject.MAILBOXES_FILE, recipient.line(), words));
			case Server _, Domain _ -> {
				String text = Files.readString(folder.resolve(MigrationProject.MIGRATION_FILE), StandardCharsets.UTF_8);
				yield in(text, target).map(node -> row(MigrationProject.MIGRATION_FILE,
						1 + (int) text.substring(0, Math.min(node.start(), text.length())).chars().filter(c -> c == '\n').count(), words)).stream().toList();
			}
			default -> List.of();
		};
	}

	private static PropertyRow row(String file, int line, Phrases words) {
		return new PropertyRow("place", words.say("properties.place"), words.say("properties.place-of", file, String.valueOf(line)));
	}

	/// The entry of a server or domain in the text of a `migration.yaml`; empty for other targets, and when it is not there.
	public static Optional<YamlNode> in(String text, Target target) {
		return YamlDocument.parse(text, MigrationProject.MIGRATION_FILE).value().flatMap(yaml -> target instanceof Server server
				? item(yaml, YamlPath.of("servers", server.side().token()), "key", server.key())
				: target instanceof Domain domain ? item(yaml, YamlPath.of("domains"), "name", domain.name().unicode())
						.or(() -> item(yaml, YamlPath.of("domains"), "name", domain.name().ascii())) : Optional.empty());
	}

	private static Optional<YamlNode> item(YamlDocument yaml, YamlPath list, String key, String value) {
		if (yaml.at(list).orElse(null) instanceof YamlNode.Sequence items) {
			for (int i = 0; i < items.items().size(); i++) {
				YamlNode item = items.items().get(i);
				YamlNode name = item instanceof YamlNode.Mapping ? yaml.at(list.then(i, key)).orElse(item) : item;
				if (name instanceof YamlNode.Scalar scalar && scalar.value().strip().equalsIgnoreCase(value)) {
					return Optional.of(item);
				}
			}
		}
		return Optional.empty();
	}
}
