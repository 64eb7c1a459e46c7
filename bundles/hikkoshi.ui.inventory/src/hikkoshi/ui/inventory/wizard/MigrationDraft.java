package hikkoshi.ui.inventory.wizard;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.text.Phrases;

/// What the New Migration wizard has asked for, and the files it becomes. Pure.
public record MigrationDraft(String name, List<DomainName> domains, Host oldServer, Host newServer) {
	/// The keys of the two servers that a new migration begins with.
	static final String OLD = "old";
	static final String NEW = "new";

	public MigrationDraft {
		domains = List.copyOf(domains);
	}

	/// One server as asked for.
	///
	/// @param name what TLS must prove
	public record Host(DomainName name, List<InetAddress> addresses, List<Endpoint> endpoints) {
		public Host {
			addresses = List.copyOf(addresses);
			endpoints = List.copyOf(endpoints);
		}
	}

	/// The text of `migration.yaml`, with comments in the language of `words`.
	String yaml(Phrases words) {
		List<String> lines = new ArrayList<>();
		lines.add("# " + words.say("draft.head"));
		lines.add("name: " + quoted(name));
		lines.add("");
		lines.add("servers:");
		lines.add("  # " + words.say("draft.servers"));
		lines.add("  old:");
		lines.addAll(host(OLD, oldServer));
		lines.add("  new:");
		lines.addAll(host(NEW, newServer));
		lines.add("");
		lines.add("domains:");
		for (DomainName domain : domains) {
			lines.add("  - {name: " + domain.unicode() + ", wave: main, old: " + OLD + ", new: " + NEW + "}");
		}
		lines.add("");
		return String.join("\n", lines);
	}

	/// The text of `mailboxes.csv`: its heading only.
	String mailboxes() {
		return "address,old_user,new_user,wave,note\n";
	}

	private static List<String> host(String key, Host host) {
		List<String> lines = new ArrayList<>();
		lines.add("    - key: " + key);
		lines.add("      name: " + host.name.unicode());
		lines.add("      addresses: [" + host.addresses.stream().map(address -> '"' + address.getHostAddress() + '"')
				.collect(Collectors.joining(", ")) + "]");
		lines.add("      endpoints:");
		host.endpoints.forEach(endpoint -> lines.add("        - " + endpoint));
		return lines;
	}

	/// A double-quoted YAML scalar (YAML 1.2, 7.3.1).
	private static String quoted(String text) {
		StringBuilder out = new StringBuilder("\"");
		text.codePoints().forEach(c -> {
			if (c == '"' || c == '\\') {
				out.append('\\').appendCodePoint(c);
			} else if (Character.isISOControl(c)) {
				out.append(String.format("\\u%04x", c));
			} else {
				out.appendCodePoint(c);
			}
		});
		return out.append('"').toString();
	}
}
