package hikkoshi.core.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.probe.DnsStatus;

/// The facts of one `dns.mx` sighting, as gates need them. Rows that cannot be understood are as bad as no answer.
///
/// @param servers what each address of each authoritative server said, in the order of the facts
/// @param hosts addresses of each MX host, by its name in lower case without the last dot; a blank one stands for addresses that could not be
/// found out
record MxAnswers(List<Server> servers, Map<String, List<String>> hosts) {
	static final String PROBE = "dns.mx";

	/// @param status the status it answered with, empty when the facts hold none that we know
	/// @param mx canonical, e.g. `10 mail.example.org.`, sorted
	/// @param ttl the highest TTL of its MX records in seconds, -1 when there is none
	record Server(String name, String address, Optional<DnsStatus> status, TreeSet<String> mx, long ttl) {
		boolean answered() {
			return status.isPresent() && status.get() == DnsStatus.ANSWER && !mx.isEmpty() && ttl >= 0;
		}

		/// Nothing came from there, as from an IPv6 address that this machine cannot reach.
		boolean silent() {
			return status.isPresent() && (status.get() == DnsStatus.TIMEOUT || status.get() == DnsStatus.UNREACHABLE);
		}

		String place() {
			return name.isEmpty() || name.equals(address) ? address : address.isEmpty() ? name : name + " (" + address + ")";
		}
	}

	static MxAnswers of(Sighting sighting) {
		if (!(sighting.evidence().facts() instanceof Facts.Table table)) {
			return new MxAnswers(List.of(), Map.of());
		}
		Map<String, Server> servers = new LinkedHashMap<>();
		Map<String, List<String>> hosts = new LinkedHashMap<>();
		for (List<String> row : table.rows()) {
			String server = cell(table, row, "server");
			String address = cell(table, row, "address");
			String data = cell(table, row, "data").toLowerCase(Locale.ROOT).strip();
			switch (cell(table, row, "kind")) {
				case "authoritative" -> {
					Server known = servers.computeIfAbsent(server + " " + address,
							_ -> new Server(server, address, status(cell(table, row, "status")), new TreeSet<>(), -1));
					if (!data.isEmpty()) {
						known.mx().add(data);
					}
					servers.put(server + " " + address,
							new Server(server, address, known.status(), known.mx(), Math.max(known.ttl(), seconds(cell(table, row, "ttl")))));
				}
				case "mx-host" -> {
					hosts.computeIfAbsent(bare(server), _ -> new ArrayList<>()).add(data);
				}
				default -> {
					// what resolvers say is for the watch, not for a gate
				}
			}
		}
		return new MxAnswers(List.copyOf(servers.values()), hosts);
	}

	/// The addresses that keep the picture from being whole: every authoritative server must give MX records. A silent address is
	/// forgiven when the same server has spoken at another one.
	List<Server> missing() {
		return servers.stream().filter(server -> !server.answered() && !(server.silent() && speaksElsewhere(server))).toList();
	}

	List<Server> answering() {
		return servers.stream().filter(Server::answered).toList();
	}

	/// Whether every authoritative server gave MX records.
	boolean complete() {
		return !servers.isEmpty() && missing().isEmpty();
	}

	private boolean speaksElsewhere(Server server) {
		return servers.stream().anyMatch(other -> other.name().equals(server.name()) && other.answered());
	}

	/// The highest TTL that any authoritative server gave, -1 when none gave any.
	long maxTtl() {
		return servers.stream().mapToLong(Server::ttl).max().orElse(-1);
	}

	/// The host of an MX record, e.g. `mail.example.org` of `10 mail.example.org.`; empty for the null MX (RFC 7505) and for what is no MX.
	static String host(String mx) {
		return bare(mx.substring(mx.indexOf(' ') + 1).strip());
	}

	private static String bare(String name) {
		String lower = name.toLowerCase(Locale.ROOT);
		return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
	}

	private static String cell(Facts.Table table, List<String> row, String column) {
		int index = table.columns().indexOf(column);
		return index < 0 ? "" : row.get(index);
	}

	private static Optional<DnsStatus> status(String name) {
		for (DnsStatus status : DnsStatus.values()) {
			if (status.name().equals(name)) {
				return Optional.of(status);
			}
		}
		return Optional.empty();
	}

	private static long seconds(String ttl) {
		try {
			return Long.parseLong(ttl);
		} catch (NumberFormatException e) {
			return -1;
		}
	}
}
