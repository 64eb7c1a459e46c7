package hikkoshi.dns.delegation;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

import hikkoshi.core.model.NameServer;
import hikkoshi.core.probe.DnsStatus;
import hikkoshi.dns.transport.Reply;

/// One way down. Everything a server says can be a trap, so all is bounded: questions, servers of a zone, aliases, time, and the names that
/// need one another.
final class Walk {
	private static final int MAX_STEPS = 300;
	private static final int MAX_HOSTS = 20;
	private static final int MAX_ADDRESSES = 16;
	/// Servers whose names must be looked up to look up a server's name …
	private static final int MAX_NESTING = 6;
	private static final int MAX_ALIASES = 8;
	private static final int MAX_REFERRALS = 16;

	private final Delegation known;
	private final long deadline;
	private final Set<Name> underWay = new HashSet<>();
	/// Questions and look-ups of hosts: the latter cost time even when everything they need is known.
	private int steps;
	/// Whether something was left out because of a bound or a loop: then "not found" holds for this way only and is not remembered.
	private boolean cutShort;

	Walk(Delegation known) {
		this.known = known;
		this.deadline = System.nanoTime() + known.patienceOfAll.toNanos();
	}

	Cut zoneOf(Name name) throws IOException, InterruptedException {
		Cut remembered = known.cuts.get(name);
		if (remembered != null) {
			return remembered;
		}
		Cut above = zoneOf(new Name(name, 1));
		return switch (above) {
			case Cut.DeadEnd end -> end;
			case Cut.Zone zone -> remember(name, below(zone, name));
		};
	}

	private Cut remember(Name name, Cut cut) {
		if (cut instanceof Cut.Zone || !cutShort) {
			known.cuts.put(name, cut);
		}
		return cut;
	}

	/// Asks a zone's servers whether a name below its apex is a zone of its own. Asking for NS tells them no more than they need (RFC 9156).
	private Cut below(Cut.Zone zone, Name name) throws IOException, InterruptedException {
		Trail trail = new Trail();
		for (Candidates each = new Candidates(zone); each.next();) {
			Reply reply = ask(name, Type.NS, each.server(), trail);
			if (reply == null) {
				break;
			}
			Optional<Cut.Zone> child = child(zone, name, reply);
			if (child.isPresent()) {
				return child.get();
			}
			if (reply.has(Flags.AA) && (reply.status() == DnsStatus.NO_DATA || reply.status() == DnsStatus.NXDOMAIN || reply.status() == DnsStatus.ANSWER)) {
				return zone;
			}
			trail.add(each.server(), reply);
		}
		return new Cut.DeadEnd(zone.apex(), trail.said(zone));
	}

	/// The zone that an answer from its parent's servers speaks of: as a referral, or as answer when the same servers serve both.
	private Optional<Cut.Zone> child(Cut.Zone zone, Name name, Reply reply) {
		if (reply.status() == DnsStatus.ANSWER && reply.has(Flags.AA)) {
			return zone(zone, name, reply, reply.records(Section.ANSWER));
		}
		boolean none = reply.status() == DnsStatus.LAME || reply.status() == DnsStatus.NO_DATA;
		if (!none || reply.records(Section.AUTHORITY).stream().anyMatch(each -> each.getType() == Type.SOA)) {
			return Optional.empty();
		}
		// only downwards, and only towards the name: everything else is a lame server's upward or sideways referral
		return reply.records(Section.AUTHORITY).stream().filter(each -> each.getType() == Type.NS).map(Record::getName)
				.filter(owner -> owner.subdomain(zone.apex()) && !owner.equals(zone.apex()) && name.subdomain(owner)).findFirst()
				.flatMap(owner -> zone(zone, owner, reply, reply.records(Section.AUTHORITY)));
	}

	private Optional<Cut.Zone> zone(Cut.Zone parent, Name apex, Reply reply, List<Record> records) {
		Map<Name, List<NameServer>> hosts = new LinkedHashMap<>();
		for (Record record : records) {
			if (record instanceof NSRecord ns && ns.getName().equals(apex)) {
				if (hosts.size() == MAX_HOSTS) {
					break;
				}
				hosts.put(lower(ns.getTarget()), new ArrayList<>());
			}
		}
		for (Record record : reply.records(Section.ADDITIONAL)) {
			// addresses of names outside the parent are not the parent's to give
			List<NameServer> glue = record.getName().subdomain(parent.apex()) ? hosts.get(lower(record.getName())) : null;
			InetAddress address = address(record);
			if (glue != null && address != null && glue.size() < MAX_ADDRESSES) {
				NameServer server = server(record.getName(), address);
				if (!glue.contains(server)) {
					glue.add(server);
				}
			}
		}
		List<Host> list = hosts.entrySet().stream().map(each -> new Host(each.getKey(), each.getValue())).sorted(Comparator.comparing(Host::name)).toList();
		return list.isEmpty() ? Optional.empty() : Optional.of(new Cut.Zone(lower(apex), list));
	}

	Resolved resolve(Name asked, int type) throws IOException, InterruptedException {
		Name name = lower(asked);
		Set<Name> passed = new HashSet<>();
		for (int alias = 0; alias <= MAX_ALIASES && passed.add(name); alias++) {
			Resolved step = follow(name, type, alias > 0);
			if (step.status() != DnsStatus.ANSWER || !step.records().isEmpty()) {
				return step;
			}
			name = step.owner();
		}
		cutShort = true;
		return new Resolved(DnsStatus.ALIAS_LOOP, true, name, List.of(), name.toString(true), List.of(), 0, 0, "aliases without end");
	}

	/// One link of a chain of aliases: with records, or with the alias's target as owner and no records.
	private Resolved follow(Name name, int type, boolean alias) throws IOException, InterruptedException {
		Cut cut = name.equals(Name.root) ? known.cuts.get(Name.root) : zoneOf(new Name(name, 1));
		for (int i = 0; i < MAX_REFERRALS; i++) {
			if (cut instanceof Cut.DeadEnd(Name zone, List<String> why)) {
				return new Resolved(DnsStatus.SERVFAIL, alias, name, List.of(), zone.toString(), List.of(), 0, 0, String.join("; ", why));
			}
			Cut.Zone zone = (Cut.Zone) cut;
			Trail trail = new Trail();
			Cut.Zone deeper = null;
			for (Candidates each = new Candidates(zone); deeper == null && each.next();) {
				Reply reply = ask(name, type, each.server(), trail);
				if (reply == null) {
					break;
				}
				if (reply.has(Flags.AA) && (reply.status() == DnsStatus.ANSWER || reply.status() == DnsStatus.NO_DATA || reply.status() == DnsStatus.NXDOMAIN)) {
					return said(name, type, alias, each.server(), reply);
				}
				deeper = child(zone, name, reply).orElse(null);
				if (deeper == null) {
					trail.add(each.server(), reply);
				}
			}
			if (deeper == null) {
				return new Resolved(trail.last, alias, name, List.of(), zone.apex().toString(), List.of(), 0, 0, String.join("; ", trail.said(zone)));
			}
			remember(deeper.apex(), deeper);
			cut = deeper;
		}
		cutShort = true;
		return new Resolved(DnsStatus.LAME, alias, name, List.of(), name.toString(true), List.of(), 0, 0, "referrals without end");
	}

	private static Resolved said(Name name, int type, boolean alias, NameServer server, Reply reply) {
		Name owner = name;
		boolean renamed = alias;
		List<Record> answer = reply.records(Section.ANSWER);
		for (int i = 0; i <= MAX_ALIASES; i++) {
			Name at = owner;
			List<Record> found = answer.stream().filter(each -> each.getName().equals(at) && each.getType() == type).toList();
			Optional<Name> target = answer.stream().filter(each -> each.getName().equals(at) && each instanceof CNAMERecord)
					.map(each -> lower(((CNAMERecord) each).getTarget())).findFirst();
			if (!found.isEmpty() || target.isEmpty() || type == Type.CNAME) {
				// NXDOMAIN behind an alias is said of the alias's target (RFC 6604, 3): that is for the target's own servers to say
				boolean behind = found.isEmpty() && !owner.equals(name);
				return new Resolved(behind ? DnsStatus.ANSWER : reply.status(), renamed, owner, found, server.place(), reply.flags(),
						reply.took().toMillis(), reply.bytes(), "");
			}
			owner = target.get();
			renamed = true;
		}
		return new Resolved(DnsStatus.ANSWER, true, owner, List.of(), server.place(), reply.flags(), reply.took().toMillis(), reply.bytes(), "");
	}

	Addresses addresses(Name host) throws IOException, InterruptedException {
		Addresses remembered = known.hosts.get(host);
		if (remembered != null) {
			return remembered;
		}
		steps++;
		if (spent() || underWay.size() == MAX_NESTING) {
			cutShort = true;
			return new Addresses(DnsStatus.SERVFAIL, List.of(), host.toString(true) + " is too far away");
		}
		if (!underWay.add(host)) {
			cutShort = true;
			return new Addresses(DnsStatus.SERVFAIL, List.of(), host.toString(true) + " is needed to find itself");
		}
		try {
			Resolved a = resolve(host, Type.A);
			Resolved aaaa = a.status() == DnsStatus.NXDOMAIN ? a : resolve(host, Type.AAAA);
			Set<InetAddress> found = new LinkedHashSet<>();
			a.records().forEach(record -> add(found, record));
			aaaa.records().forEach(record -> add(found, record));
			Resolved telling = a.known() && !aaaa.known() ? aaaa : a;
			Addresses addresses = found.isEmpty() ? new Addresses(telling.status() == DnsStatus.ANSWER ? DnsStatus.NO_DATA : telling.status(), List.of(), telling.detail())
					: new Addresses(DnsStatus.ANSWER, List.copyOf(found), "");
			if (!found.isEmpty() || !cutShort) {
				known.hosts.put(host, addresses);
			}
			return addresses;
		} finally {
			underWay.remove(host);
		}
	}

	private static void add(Set<InetAddress> found, Record record) {
		InetAddress address = address(record);
		if (address != null && found.size() < MAX_ADDRESSES) {
			found.add(address);
		}
	}

	List<Delegation.ServerOf> servers(Cut.Zone zone) throws IOException, InterruptedException {
		List<Delegation.ServerOf> servers = new ArrayList<>();
		for (Host host : zone.hosts()) {
			boolean v4 = host.glue().stream().anyMatch(each -> each.address() instanceof Inet4Address);
			boolean v6 = host.glue().stream().anyMatch(each -> each.address() instanceof Inet6Address);
			if (v4 && v6 || zone.apex().equals(Name.root)) {
				servers.add(new Delegation.ServerOf(host.name(), host.glue(), Addresses.NOT_ASKED));
				continue;
			}
			Addresses lookup = addresses(host.name());
			List<NameServer> all = new ArrayList<>(host.glue());
			lookup.addresses().stream().filter(each -> each instanceof Inet4Address ? !v4 : !v6).forEach(each -> all.add(server(host.name(), each)));
			servers.add(new Delegation.ServerOf(host.name(), all, lookup));
		}
		return servers;
	}

	/// A zone's servers, one address at a time: those that were not silent first, names without glue last, since they cost a way of their own.
	private final class Candidates {
		private final List<NameServer> ready = new ArrayList<>();
		private final List<Host> rest = new ArrayList<>();
		private final Set<NameServer> given = new HashSet<>();
		private @Nullable NameServer current;

		Candidates(Cut.Zone zone) {
			for (Host host : zone.hosts()) {
				ready.addAll(host.glue());
				if (host.glue().isEmpty()) {
					rest.add(host);
				}
			}
			sort();
		}

		private void sort() {
			ready.sort(Comparator.comparingInt(known::silences));
		}

		boolean next() throws IOException, InterruptedException {
			while (given.size() < MAX_ADDRESSES) {
				if (ready.isEmpty()) {
					if (rest.isEmpty()) {
						return false;
					}
					Host host = rest.removeFirst();
					addresses(host.name()).addresses().forEach(each -> ready.add(Walk.this.server(host.name(), each)));
					sort();
					continue;
				}
				NameServer first = ready.removeFirst();
				if (given.add(first)) {
					current = first;
					return true;
				}
			}
			return false;
		}

		NameServer server() {
			if (current == null) {
				throw new IllegalStateException("next() first");
			}
			return current;
		}
	}

	/// What the servers of one zone did instead of helping.
	private static final class Trail {
		private final List<String> steps = new ArrayList<>();
		private DnsStatus last = DnsStatus.SERVFAIL;

		void add(NameServer server, Reply reply) {
			last = reply.status() == DnsStatus.ANSWER || reply.status() == DnsStatus.NO_DATA || reply.status() == DnsStatus.NXDOMAIN ? DnsStatus.LAME
					: reply.status();
			steps.add(server.label() + " " + server.place() + " " + last + (reply.detail().isEmpty() ? "" : " (" + reply.detail() + ")"));
		}

		List<String> said(Cut.Zone zone) {
			return steps.isEmpty() ? zone.hosts().stream().map(host -> host.name().toString(true) + " has no address that can be found").toList() : steps;
		}
	}

	private @Nullable Reply ask(Name name, int type, NameServer server, Trail trail) throws IOException, InterruptedException {
		steps++;
		if (spent()) {
			cutShort = true;
			trail.steps.add(steps > MAX_STEPS ? "given up after " + MAX_STEPS + " steps" : "given up: out of time");
			return null;
		}
		return known.ask(name, type, server);
	}

	private boolean spent() {
		return steps > MAX_STEPS || System.nanoTime() - deadline > 0;
	}

	private NameServer server(Name host, InetAddress address) {
		return new NameServer(lower(host).toString(true), address, known.settings.authoritativePort());
	}

	private static @Nullable InetAddress address(Record record) {
		return switch (record) {
			case ARecord a -> a.getAddress();
			case AAAARecord aaaa -> aaaa.getAddress();
			default -> null;
		};
	}

	static Name lower(Name name) {
		return name.canonicalize();
	}
}
