package hikkoshi.core.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A plan in the language of those who carry it out. Everything a zone says is data here: it is quoted for the language, never pasted.
public enum ZoneScript {
	/// Lines of a master file (RFC 1035, 5): the zone as it will be, without SOA.
	ZONE,
	/// Input of `nsupdate` (RFC 2136): the changes, each guarded by what must be there before.
	NSUPDATE,
	/// A `D()` of DNSControl with the sets that change.
	DNSCONTROL,
	/// A zone file of octoDNS (YAML), the zone as it will be.
	OCTODNS;

	/// The word on the command line.
	public String token() {
		return name().toLowerCase(Locale.ROOT);
	}

	public static Optional<ZoneScript> of(String token) {
		for (ZoneScript script : values()) {
			if (script.token().equals(token)) {
				return Optional.of(script);
			}
		}
		return Optional.empty();
	}

	public String write(ZonePlan plan) {
		return switch (this) {
			case ZONE -> zone(plan);
			case NSUPDATE -> nsupdate(plan);
			case DNSCONTROL -> dnscontrol(plan);
			case OCTODNS -> octodns(plan);
		};
	}

	private static List<RecordSet> after(ZonePlan plan) {
		List<RecordSet> sets = new ArrayList<>(plan.unchanged());
		for (ZoneChange change : plan.changes()) {
			RecordSet after = change.after();
			if (after != null) {
				sets.add(after);
			}
		}
		return sets.stream().sorted().toList();
	}

	private static String zone(ZonePlan plan) {
		return lines(after(plan));
	}

	/// A line of a master file for each record.
	static String lines(List<RecordSet> sets) {
		return sets.stream().flatMap(set -> set.data().stream().map(data -> line(set, data))).collect(Collectors.joining("\n", "", "\n"));
	}

	private static String line(RecordSet set, String data) {
		return set.name() + "\t" + set.ttl() + "\tIN\t" + set.type() + "\t" + data;
	}

	private static String nsupdate(ZonePlan plan) {
		StringBuilder script = new StringBuilder("zone " + plan.zone().ascii() + ".\n");
		for (ZoneChange change : plan.changes()) {
			RecordSet before = change.before();
			if (before == null) {
				script.append("prereq nxrrset ").append(change.key().name()).append(' ').append(change.key().type()).append('\n');
			} else {
				before.data().forEach(data -> script.append("prereq yxrrset ").append(before.name()).append(' ').append(before.type()).append(' ').append(data).append('\n'));
			}
		}
		for (ZoneChange change : plan.changes()) {
			RecordSet after = change.after();
			if (change.before() != null) {
				script.append("update delete ").append(change.key().name()).append(' ').append(change.key().type()).append('\n');
			}
			if (after != null) {
				after.data().forEach(data -> script.append("update add ").append(after.name()).append(' ').append(after.ttl()).append(' ').append(after.type()).append(' ')
						.append(data).append('\n'));
			}
		}
		return script.append("send\n").toString();
	}

	private static String dnscontrol(ZonePlan plan) {
		StringBuilder script = new StringBuilder("D_EXTEND(" + quoted(plan.zone().ascii()));
		for (RecordSet set : after(plan)) {
			for (String data : set.data()) {
				script.append(",\n\t").append(modifier(plan, set, data));
			}
		}
		return script.append("\n);\n").toString();
	}

	private static String modifier(ZonePlan plan, RecordSet set, String data) {
		String name = quoted(relative(set.name(), plan));
		String ttl = ", TTL(" + set.ttl() + "))";
		String[] words = data.split(" ");
		return switch (set.type()) {
			case "A", "AAAA", "CNAME", "NS", "PTR" -> set.type() + "(" + name + ", " + quoted(data) + ttl;
			case "MX" -> "MX(" + name + ", " + words[0] + ", " + quoted(words[1]) + ttl;
			case "SRV" -> "SRV(" + name + ", " + words[0] + ", " + words[1] + ", " + words[2] + ", " + quoted(words[3]) + ttl;
			case "TXT" -> "TXT(" + name + ", " + quoted(String.join("", strings(data))) + ttl;
			case "CAA" -> "CAA(" + name + ", " + quoted(words[1]) + ", " + quoted(strings(data).getLast()) + (words[0].equals("0") ? "" : ", CAA_CRITICAL") + ttl;
			case "TLSA" -> "TLSA(" + name + ", " + words[0] + ", " + words[1] + ", " + words[2] + ", " + quoted(words[3]) + ttl;
			default -> "// " + line(set, data).replace('\t', ' ');
		};
	}

	private static String octodns(ZonePlan plan) {
		Map<String, List<RecordSet>> names = new TreeMap<>();
		after(plan).forEach(set -> names.computeIfAbsent(relative(set.name(), plan), _ -> new ArrayList<>()).add(set));
		StringBuilder yaml = new StringBuilder("---\n");
		names.forEach((name, sets) -> {
			yaml.append(quoted(name.equals("@") ? "" : name)).append(":\n");
			for (RecordSet set : sets) {
				yaml.append("  - type: ").append(set.type()).append("\n    ttl: ").append(set.ttl()).append("\n    values:\n");
				set.data().forEach(data -> yaml.append(value(set.type(), data)));
			}
		});
		return yaml.toString();
	}

	private static String value(String type, String data) {
		String[] words = data.split(" ");
		return switch (type) {
			case "MX" -> "      - preference: " + words[0] + "\n        exchange: " + quoted(words[1]) + "\n";
			case "SRV" -> "      - priority: " + words[0] + "\n        weight: " + words[1] + "\n        port: " + words[2] + "\n        target: " + quoted(words[3]) + "\n";
			case "CAA" -> "      - flags: " + words[0] + "\n        tag: " + quoted(words[1]) + "\n        value: " + quoted(strings(data).getLast()) + "\n";
			case "TLSA" -> "      - certificate_usage: " + words[0] + "\n        selector: " + words[1] + "\n        matching_type: " + words[2]
					+ "\n        certificate_association_data: " + quoted(words[3]) + "\n";
			// octoDNS divides at semicolons unless they are escaped
			case "TXT" -> "      - " + quoted(String.join("", strings(data)).replace(";", "\\;")) + "\n";
			default -> "      - " + quoted(data) + "\n";
		};
	}

	/// `@` for the zone itself.
	private static String relative(String name, ZonePlan plan) {
		String apex = plan.zone().ascii() + ".";
		return name.equals(apex) ? "@" : name.endsWith("." + apex) ? name.substring(0, name.length() - apex.length() - 1) : name;
	}

	/// A string of JavaScript or YAML.
	private static String quoted(String text) {
		StringBuilder quoted = new StringBuilder("\"");
		for (char c : text.toCharArray()) {
			switch (c) {
				case '"', '\\' -> quoted.append('\\').append(c);
				default -> {
					if (c < ' ' || c >= 0x7f) {
						quoted.append(String.format("\\u%04x", (int) c));
					} else {
						quoted.append(c);
					}
				}
			}
		}
		return quoted.append('"').toString();
	}

	/// The character strings of a presentation form, without quotes and escapes (RFC 1035, 5.1).
	static List<String> strings(String data) {
		List<String> strings = new ArrayList<>();
		StringBuilder string = new StringBuilder();
		boolean quoted = false;
		boolean begun = false;
		for (int i = 0; i < data.length(); i++) {
			char c = data.charAt(i);
			if (c == '\\' && data.length() > i + 3 && data.substring(i + 1, i + 4).matches("[0-9]{3}")) {
				string.append((char) Integer.parseInt(data.substring(i + 1, i + 4)));
				i += 3;
				begun = true;
			} else if (c == '\\' && i + 1 < data.length()) {
				string.append(data.charAt(++i));
				begun = true;
			} else if (c == '"') {
				quoted = !quoted;
				begun = true;
			} else if (c == ' ' && !quoted) {
				flush(string, begun, strings);
				begun = false;
			} else {
				string.append(c);
				begun = true;
			}
		}
		flush(string, begun, strings);
		return strings;
	}

	private static void flush(StringBuilder string, boolean begun, List<String> strings) {
		if (begun) {
			strings.add(string.toString());
			string.setLength(0);
		}
	}
}
