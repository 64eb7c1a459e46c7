package hikkoshi.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

import hikkoshi.core.ledger.Source;
import hikkoshi.core.ledger.WatchRow;
import hikkoshi.core.ledger.WatchTable;
import hikkoshi.core.ledger.WatchedNames;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.model.Side;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.probe.DnsStatus;
import hikkoshi.core.probe.Fan;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.dns.delegation.Cut;
import hikkoshi.dns.delegation.Delegation;
import hikkoshi.dns.delegation.Resolved;
import hikkoshi.dns.transport.Reply;

/// One look: the servers of the zone above for the delegation, then every address of every server that the delegation *or the zone itself* names, for everything watched;
/// last the caches. Used once; blocks.
final class WatchRound {
	private static final int MAX_VOICES = 64;
	private static final int MAX_PARENTS = 16;
	private static final int MAX_HOSTS = 20;
	/// Rows of the last look that are read for it.
	private static final int MAX_ONCE = 5_000;

	private final Domain domain;
	private final ProbeContext context;
	private final long begun;
	private final Name apex;
	private final List<WatchRow> rows = new ArrayList<>();
	/// What each server says of each name and type, for whoever needs it further on.
	private final Map<RecordSet.Key, List<Voice>> heard = new LinkedHashMap<>();
	private String end = "";

	WatchRound(Domain domain, ProbeContext context, long begun) {
		this.domain = domain;
		this.context = context;
		this.begun = begun;
		apex = Names.of(domain.name());
	}

	/// Where the way to the authoritative servers broke off; empty when they were found.
	String end() {
		return end;
	}

	/// @return nothing when no authoritative server was found
	List<WatchRow> call() throws IOException, InterruptedException {
		DnsRun run = DnsRun.of(context);
		if (!(run.delegation().zoneOf(apex) instanceof Cut.Zone zone)) {
			end = run.delegation().zoneOf(apex) instanceof Cut.DeadEnd dead ? String.join("; ", dead.why()) : "";
			return List.of();
		}
		rows.addAll(new WatchParents(run, this).rows(zone));
		Servers own = servers(run, zone);
		RecordSet.Key ns = new RecordSet.Key(zone.apex().toString(), "NS");
		RecordSet.Key mx = new RecordSet.Key(apex.toString(), "MX");
		ask(run, own, List.of(ns, mx));
		Servers all = withNamed(run, own, ns);
		if (all.addresses().size() > own.addresses().size()) {
			ask(run, new Servers(all.addresses().subList(own.addresses().size(), all.addresses().size()), List.of()), List.of(ns, mx));
		}
		Set<RecordSet.Key> keys = new LinkedHashSet<>(List.of(mx, ns));
		Set<RecordSet.Key> rest = new LinkedHashSet<>(WatchedNames.of(domain, context.servers(), context.dns().watch()));
		mailHosts(mx).forEach(host -> rest.addAll(WatchedNames.addresses(host)));
		rest.addAll(once());
		rest.removeAll(keys);
		List<RecordSet.Key> inside = rest.stream().filter(key -> name(key).subdomain(zone.apex())).toList();
		ask(run, all, inside);
		for (RecordSet.Key key : rest) {
			// another zone, or one of its own below ours
			if (!inside.contains(key) || heard.getOrDefault(key, List.of()).stream().anyMatch(voice -> voice.status() == DnsStatus.LAME)) {
				elsewhere(run, zone, key);
			}
		}
		keys.addAll(rest);
		heard.forEach((key, voices) -> voices.forEach(voice -> add(voice, key, run)));
		rows.addAll(new WatchCaches(run, context, this).rows(keys, mx));
		return List.copyOf(rows);
	}

	/// @param nowhere names that lead to no address
	private record Servers(List<NameServer> addresses, List<Voice> nowhere) {}

	private Servers servers(DnsRun run, Cut.Zone zone) throws IOException, InterruptedException {
		Set<NameServer> addresses = new LinkedHashSet<>();
		List<Voice> nowhere = new ArrayList<>();
		for (Delegation.ServerOf server : run.delegation().servers(zone)) {
			String host = server.host().toString(true);
			if (server.addresses().isEmpty()) {
				nowhere.add(Voice.nowhere(host, server.lookup().status(), Type.MX));
			}
			server.addresses().forEach(at -> addresses.add(new NameServer(host.isEmpty() ? at.label() : host, at.address(), at.port())));
		}
		return new Servers(addresses.stream().limit(MAX_VOICES).toList(), nowhere);
	}

	/// Caches also ask the servers that the zone itself names, whatever its parent says.
	private Servers withNamed(DnsRun run, Servers own, RecordSet.Key ns) throws IOException, InterruptedException {
		Set<Name> known = new HashSet<>();
		own.addresses().forEach(at -> known.add(Names.parse(at.label() + ".", Type.A)));
		Set<Name> named = new LinkedHashSet<>();
		heard.getOrDefault(ns, List.of()).forEach(voice -> voice.records().stream().filter(NSRecord.class::isInstance).map(each -> ((NSRecord) each).getTarget().canonicalize())
				.filter(name -> !known.contains(name)).limit(MAX_HOSTS).forEach(named::add));
		Set<NameServer> all = new LinkedHashSet<>(own.addresses());
		for (Name name : named) {
			for (int type : new int[] {Type.A, Type.AAAA}) {
				Resolved found = run.delegation().resolve(name, type);
				found.records().stream().map(WatchRound::address).forEach(address -> all.add(new NameServer(name.toString(true), address, context.dns().authoritativePort())));
			}
		}
		return new Servers(all.stream().limit(MAX_VOICES).toList(), own.nowhere());
	}

	private static InetAddress address(Record record) {
		return record instanceof ARecord a ? a.getAddress() : ((AAAARecord) record).getAddress();
	}

	private void ask(DnsRun run, Servers servers, Collection<RecordSet.Key> keys) throws IOException, InterruptedException {
		List<Callable<Map.Entry<RecordSet.Key, Voice>>> questions = new ArrayList<>();
		for (RecordSet.Key key : keys) {
			int type = Type.value(key.type());
			servers.nowhere().forEach(voice -> questions.add(() -> Map.entry(key, voice)));
			for (NameServer at : servers.addresses()) {
				questions.add(() -> Map.entry(key, Voice.authoritative(at.label(), at, once(run, key, at, false), type)));
			}
		}
		if (!questions.isEmpty()) {
			Fan.out(questions).forEach(each -> heard.computeIfAbsent(each.getKey(), _ -> new ArrayList<>()).add(each.getValue()));
		}
	}

	private void elsewhere(DnsRun run, Cut.Zone zone, RecordSet.Key key) throws IOException, InterruptedException {
		if (run.delegation().zoneOf(name(key)) instanceof Cut.Zone other && !other.apex().equals(zone.apex())) {
			heard.remove(key);
			ask(run, servers(run, other), List.of(key));
		}
	}

	private record Asked(RecordSet.Key key, NameServer at, boolean recursion) {}

	/// Each question once in a run: domains share hosts and policies.
	Reply once(DnsRun run, RecordSet.Key key, NameServer at, boolean recursion) throws IOException, InterruptedException {
		return context.memo().once(new Asked(key, new NameServer("", at.address(), at.port(), at.transport(), at.tlsName(), at.path()), recursion), Reply.class,
				() -> run.ask(name(key), Type.value(key.type()), at, recursion));
	}

	static Name name(RecordSet.Key key) {
		try {
			return Name.fromString(key.name(), Name.root);
		} catch (TextParseException e) {
			throw new IllegalArgumentException(key.name() + " is no domain name", e);
		}
	}

	private Set<String> mailHosts(RecordSet.Key mx) {
		Set<String> hosts = new LinkedHashSet<>();
		heard.getOrDefault(mx, List.of()).forEach(voice -> voice.records().stream().filter(MXRecord.class::isInstance)
				.map(each -> ((MXRecord) each).getTarget().canonicalize()).filter(name -> !name.equals(Name.root)).limit(MAX_HOSTS).forEach(name -> hosts.add(name.toString())));
		return hosts;
	}

	/// The addresses that the last look asked for. A host that is no MX any more is asked for further on: caches may still hold it, and what nobody asks for again
	/// would stay as it was last heard for ever.
	private Set<RecordSet.Key> once() {
		return context.evidence().latest(WatchTable.PROBE, domain.id()).map(last -> WatchTable.read(last.evidence().facts())).orElse(List.of()).stream().map(WatchRow::key)
				.filter(key -> key.type().equals("A") || key.type().equals("AAAA")).limit(MAX_ONCE).collect(Collectors.toCollection(LinkedHashSet::new));
	}

	List<NameServer> few(List<Delegation.ServerOf> servers) {
		return servers.stream().flatMap(server -> server.addresses().stream().limit(1)).limit(MAX_PARENTS).toList();
	}

	long millis() {
		return (System.nanoTime() - begun) / 1_000_000;
	}

	private void add(Voice voice, RecordSet.Key key, DnsRun run) {
		Source source = new Source(Source.Kind.AUTHORITATIVE, voice.server(), voice.place());
		boolean excused = !run.ipv6() && voice.unreachableIpv6()
				&& heard.getOrDefault(key, List.of()).stream().anyMatch(each -> each.spoke() && each.server().equals(voice.server()));
		String flags = voice.reply() == null ? "" : String.join(" ", voice.reply().flags());
		rows.addAll(WatchTable.rows(source, excused, key, voice.status(), flags, voice.spoke() ? voice.ttl() : -1, voice.spoke() ? voice.data() : List.of(),
				WatchRow.How.DIRECT, null, millis()));
	}

	/// Whether all servers say the same about a name and type, and each was heard.
	boolean agreed(RecordSet.Key key) {
		List<Voice> voices = heard.getOrDefault(key, List.of());
		return !voices.isEmpty() && voices.stream().allMatch(Voice::spoke) && voices.stream().map(voice -> Set.copyOf(voice.data())).distinct().count() == 1;
	}

	/// Whether mail goes to the new server only, by the word of every authoritative server: then a cache that is asked can only fetch what is wanted.
	boolean hasArrived(RecordSet.Key mx) {
		Set<String> addresses = new HashSet<>();
		context.servers().stream().filter(server -> server.key().equals(domain.server(Side.NEW)))
				.forEach(server -> server.addresses().forEach(address -> addresses.add(IpText.of(address))));
		Set<String> hosts = mailHosts(mx);
		Set<String> found = new HashSet<>();
		for (String host : hosts) {
			for (RecordSet.Key key : WatchedNames.addresses(host)) {
				if (!agreed(key)) {
					return false;
				}
				heard.getOrDefault(key, List.of()).forEach(voice -> found.addAll(voice.data()));
			}
		}
		return agreed(mx) && !found.isEmpty() && addresses.containsAll(found);
	}
}
