package hikkoshi.core.format;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The files that a new migration starts with, with comments that explain them.
public final class MigrationTemplate {
	private static final Pattern SLOT = Pattern.compile("\\$\\{([a-z-]+)}");

	private MigrationTemplate() {}

	/// What is known of a server before anything is written.
	///
	/// @param name what its certificate says
	/// @param addresses IP addresses; where there are none yet the file says so, as a fault
	public record Host(String name, List<String> addresses) {
		public Host {
			addresses = List.copyOf(addresses);
		}
	}

	/// The text of `migration.yaml`: valid when name, domains, names and addresses are.
	public static String text(Locale locale, String name, List<String> domains, Host oldServer, Host newServer) {
		Map<String, String> values = Map.of(
				"name", YamlWords.text(name),
				"old-name", YamlWords.text(oldServer.name()),
				"old-addresses", list(oldServer.addresses()),
				"new-name", YamlWords.text(newServer.name()),
				"new-addresses", list(newServer.addresses()),
				"domains", domains.isEmpty() ? " []" : String.join("", domains.stream().map(d -> "\n  - name: " + YamlWords.text(d)).toList()));
		return SLOT.matcher(ChecklistTemplate.resource("migration", locale))
				.replaceAll(slot -> Matcher.quoteReplacement(values.getOrDefault(slot.group(1), slot.group())));
	}

	/// The text of an empty `mailboxes.csv`.
	public static String mailboxes() {
		return String.join(",", FileKeys.MAILBOX_COLUMNS) + "\n";
	}

	private static String list(List<String> texts) {
		return "[" + String.join(", ", texts.stream().map(YamlWords::text).toList()) + "]";
	}
}
