package hikkoshi.dns.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.xbill.DNS.Name;
import org.xbill.DNS.Section;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.NameServer;
import hikkoshi.dns.transport.Reply;

/// One zone on the way.
///
/// @param parents what the servers of the zone above say about this one: server and answer; empty for the root
/// @param glue the addresses that came with the delegation, by server
/// @param servers every server named by any parent, with its addresses
/// @param said what each address said
/// @param problems in the order in which they were found
record Step(Name zone, Map<String, Reply> parents, Map<Name, Set<NameServer>> glue, Map<Name, List<NameServer>> servers, List<Said> said, List<Problem> problems) {
	/// Evidence shows what there is, and need not keep a trap's hundreds.
	private static final int MAX_PROBLEMS = 100;

	/// @param arguments the zone first
	record Problem(TraceReason reason, List<String> arguments) {
		Problem {
			arguments = List.copyOf(arguments);
		}

		Facts.Tree tree() {
			return new Facts.Tree("trace.problem", reason.id(), arguments.stream().map(each -> Facts.Tree.of("trace.argument", each)).toList());
		}
	}

	static Step of(Name zone) {
		return new Step(zone, new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
	}

	void problem(TraceReason reason, String... more) {
		List<String> arguments = new ArrayList<>(List.of(text(zone)));
		arguments.addAll(List.of(more));
		if (problems.size() < MAX_PROBLEMS) {
			problems.add(new Problem(reason, arguments));
		}
	}

	/// Who says what, e.g. `a.example (192.0.2.1), b.example (192.0.2.2): ns1.example, ns2.example`.
	static Map<String, String> groups(Map<String, String> saying) {
		Map<String, List<String>> groups = new TreeMap<>();
		saying.forEach((who, what) -> groups.computeIfAbsent(what, _ -> new ArrayList<>()).add(who));
		Map<String, String> texts = new LinkedHashMap<>();
		groups.forEach((what, who) -> texts.put(what, String.join(", ", who) + ": " + what));
		return texts;
	}

	/// The servers as each of the parent's servers names them.
	Map<String, String> delegated() {
		Map<String, String> sets = new LinkedHashMap<>();
		parents.forEach((who, reply) -> {
			String named = Said.servers(reply.records(Section.AUTHORITY), zone);
			String set = named.isEmpty() ? Said.servers(reply.records(Section.ANSWER), zone) : named;
			if (!set.isEmpty()) {
				sets.put(who, set);
			}
		});
		return sets;
	}

	/// The servers as each of them names them.
	Map<String, String> own() {
		Map<String, String> sets = new LinkedHashMap<>();
		said.stream().filter(each -> !each.servers().isEmpty()).forEach(each -> sets.put(each.who(), each.servers()));
		return sets;
	}

	Map<String, String> serials() {
		Map<String, String> serials = new LinkedHashMap<>();
		said.stream().filter(each -> !each.serial().isEmpty()).forEach(each -> serials.put(each.who(), each.serial()));
		return serials;
	}

	static String text(Name name) {
		return name.equals(Name.root) ? "." : name.canonicalize().toString(true);
	}

	Facts.Tree tree() {
		List<Facts.Tree> children = new ArrayList<>();
		delegated().values().stream().distinct().forEach(set -> children.add(Facts.Tree.of("trace.delegated", set)));
		own().values().stream().distinct().forEach(set -> children.add(Facts.Tree.of("trace.own", set)));
		servers.forEach((host, addresses) -> children.add(server(host, addresses)));
		problems.forEach(problem -> children.add(problem.tree()));
		return new Facts.Tree("trace.zone", text(zone), children);
	}

	private Facts.Tree server(Name host, List<NameServer> addresses) {
		List<Facts.Tree> children = new ArrayList<>();
		Set<NameServer> given = glue.getOrDefault(host, Set.of());
		if (!given.isEmpty() && !zone.equals(Name.root)) {
			children.add(Facts.Tree.of("trace.glue", given.stream().map(each -> IpText.of(each.address())).collect(Collectors.joining(", "))));
		}
		for (Said each : said) {
			if (each.host().equals(host) && addresses.contains(each.at())) {
				List<Facts.Tree> details = new ArrayList<>();
				details.add(Facts.Tree.of("trace.status", each.isLame() ? each.fault() : each.soa().status()));
				details.add(Facts.Tree.of("trace.ms", each.soa().took().toMillis()));
				if (each.soa().answered()) {
					details.add(Facts.Tree.of("trace.flags", String.join(" ", each.soa().flags())));
				}
				if (!each.serial().isEmpty()) {
					details.add(Facts.Tree.of("trace.serial", each.serial()));
				}
				if (!each.soa().detail().isEmpty()) {
					details.add(Facts.Tree.of("trace.detail", each.soa().detail()));
				}
				children.add(new Facts.Tree("trace.address", each.at().place(), details));
			}
		}
		String name = text(host);
		return new Facts.Tree("trace.server", name.equals(".") && !addresses.isEmpty() ? addresses.getFirst().label() : name, children);
	}
}
