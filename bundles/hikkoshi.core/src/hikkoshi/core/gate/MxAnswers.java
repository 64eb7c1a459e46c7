package hikkoshi.core.gate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.ledger.Source;
import hikkoshi.core.ledger.WatchRow;
import hikkoshi.core.ledger.WatchTable;
import hikkoshi.core.model.Domain;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.probe.DnsStatus;

/// The facts of one sighting of `dns.mx` or `dns.watch`, as gates need them. Rows that cannot be understood are as bad as no answer.
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

	static MxAnswers of(Domain domain, Sighting sighting) {
		if (sighting.evidence().probe().equals(WatchTable.PROBE)) {
			return watched(domain.name().ascii() + ".", WatchTable.read(sighting.evidence().facts()));
		}
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

	/// The same from a look at everything that is watched.
	private static MxAnswers watched(String apex, List<WatchRow> rows) {
		Map<Source, Server> servers = new LinkedHashMap<>();
		Map<String, List<String>> hosts = new LinkedHashMap<>();
		Set<RecordSet.Key> heard = new HashSet<>();
		for (WatchRow row : rows) {
			if (row.source().kind() != Source.Kind.AUTHORITATIVE) {
				continue;
			}
			if (row.key().equals(new RecordSet.Key(apex, "MX")) && !row.excused()) {
				Server known = servers.computeIfAbsent(row.source(),
						source -> new Server(source.server(), source.address(), Optional.of(row.status()), new TreeSet<>(), -1));
				if (!row.data().isEmpty()) {
					known.mx().add(row.data().toLowerCase(Locale.ROOT));
				}
				servers.put(row.source(), new Server(known.name(), known.address(), known.status(), known.mx(), row.spoke() ? Math.max(known.ttl(), row.ttl()) : known.ttl()));
			} else if ((row.key().type().equals("A") || row.key().type().equals("AAAA")) && row.spoke()) {
				heard.add(row.key());
				List<String> addresses = hosts.computeIfAbsent(bare(row.key().name()), _ -> new ArrayList<>());
				if (!row.data().isEmpty() && !row.data().startsWith("CNAME ") && !addresses.contains(row.data())) {
					addresses.add(row.data());
				}
			}
		}
		for (WatchRow row : rows) {
			boolean address = row.key().type().equals("A") || row.key().type().equals("AAAA");
			if (address && !heard.contains(row.key()) && row.source().kind() == Source.Kind.AUTHORITATIVE) {
				hosts.computeIfAbsent(bare(row.key().name()), _ -> new ArrayList<>()).add("");
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
