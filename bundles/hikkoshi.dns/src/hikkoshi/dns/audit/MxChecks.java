package hikkoshi.dns.audit;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Side;
import hikkoshi.dns.delegation.Resolved;

/// Where mail for the domain is sent (RFC 5321, 5.1).
final class MxChecks {
	private MxChecks() {}

	/// Zonemaster ZONE09.
	static Verdict present(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<MXRecord> mx = dns.mx();
		if (!mx.isEmpty()) {
			return Verdict.pass("audit.mx.present.ok", subject.domain().name(), texts(mx));
		}
		List<InetAddress> own = dns.addresses(subject.name());
		return own.isEmpty() ? Verdict.fail("audit.mx.present.none", subject.domain().name())
				: Verdict.warn("audit.mx.present.implicit", subject.domain().name(), addresses(own));
	}

	/// RFC 7505.
	static Verdict nullMx(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<MXRecord> mx = dns.mx();
		boolean refuses = mx.stream().anyMatch(record -> record.getTarget().equals(Name.root));
		if (!refuses) {
			return Verdict.pass("audit.mx.null.ok", subject.domain().name());
		}
		return Verdict.fail(mx.size() == 1 ? "audit.mx.null.refuses" : "audit.mx.null.mixed", subject.domain().name(), texts(mx));
	}

	static Verdict resolves(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		Map<Name, List<InetAddress>> hosts = dns.exchangeAddresses();
		if (hosts.isEmpty()) {
			return Verdict.moot(subject, "MX");
		}
		List<Name> without = hosts.keySet().stream().filter(host -> hosts.get(host).isEmpty()).toList();
		return without.isEmpty() ? Verdict.pass("audit.mx.resolves.ok", subject.domain().name(), names(List.copyOf(hosts.keySet())))
				: Verdict.fail("audit.mx.resolves.none", subject.domain().name(), names(without));
	}

	/// Zonemaster ZONE08; RFC 2181, 10.3.
	static Verdict alias(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<Name> hosts = dns.exchanges();
		if (hosts.isEmpty()) {
			return Verdict.moot(subject, "MX");
		}
		List<Name> aliases = new ArrayList<>();
		for (Name host : hosts) {
			if (dns.known(host, Type.A).alias()) {
				aliases.add(host);
			}
		}
		return aliases.isEmpty() ? Verdict.pass("audit.mx.alias.ok", subject.domain().name())
				: Verdict.fail("audit.mx.alias.alias", subject.domain().name(), names(aliases));
	}

	/// An address where a name belongs (`MX 10 192.0.2.1`) reads as a name below the top-level domain `1`. Zonemaster SYNTAX08.
	static Verdict literal(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<Name> hosts = dns.exchanges();
		List<Name> literals = hosts.stream().filter(host -> host.getLabelString(Math.max(0, host.labels() - 2)).matches("[0-9]+")).toList();
		// the address with the zone behind it: the final dot was forgotten
		List<Name> within = hosts.stream().filter(host -> host.subdomain(subject.name()) && host.toString(true).matches("(?:[0-9]{1,3}\\.){4}.*")).toList();
		if (hosts.isEmpty()) {
			return Verdict.moot(subject, "MX");
		}
		Set<Name> wrong = new TreeSet<>(literals);
		wrong.addAll(within);
		return wrong.isEmpty() ? Verdict.pass("audit.mx.literal.ok", subject.domain().name())
				: Verdict.fail("audit.mx.literal.literal", subject.domain().name(), names(List.copyOf(wrong)));
	}

	static Verdict publicAddresses(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<String> odd = new ArrayList<>();
		Map<Name, List<InetAddress>> hosts = dns.exchangeAddresses();
		hosts.forEach((host, addresses) -> addresses.stream().filter(MxChecks::isNotPublic)
				.forEach(address -> odd.add(host.toString(true) + " " + IpText.of(address))));
		if (hosts.isEmpty()) {
			return Verdict.moot(subject, "MX");
		}
		return odd.isEmpty() ? Verdict.pass("audit.mx.public.ok", subject.domain().name())
				: Verdict.fail("audit.mx.public.private", subject.domain().name(), String.join(", ", odd));
	}

	/// Special-purpose addresses (RFC 6890) that nobody outside can reach.
	static boolean isNotPublic(InetAddress address) {
		byte[] bytes = address.getAddress();
		int first = bytes[0] & 0xff;
		int second = bytes[1] & 0xff;
		boolean special = address instanceof Inet6Address ? (first & 0xfe) == 0xfc
				: first == 0 || first >= 240 || first == 100 && (second & 0xc0) == 64 || first == 198 && (second & 0xfe) == 18;
		return special || address.isLoopbackAddress() || address.isAnyLocalAddress() || address.isLinkLocalAddress() || address.isSiteLocalAddress()
				|| address.isMulticastAddress();
	}

	static Verdict duplicates(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		Map<InetAddress, Set<Name>> hosts = new LinkedHashMap<>();
		dns.exchangeAddresses().forEach((host, addresses) -> addresses.forEach(address -> hosts.computeIfAbsent(address, _ -> new TreeSet<>()).add(host)));
		String same = hosts.entrySet().stream().filter(entry -> entry.getValue().size() > 1)
				.map(entry -> IpText.of(entry.getKey()) + ": " + names(List.copyOf(entry.getValue()))).collect(joining("; "));
		return same.isEmpty() ? Verdict.pass("audit.mx.duplicates.ok", subject.domain().name())
				: Verdict.warn("audit.mx.duplicates.same", subject.domain().name(), same);
	}

	/// Which server gets the mail: old, new, or — the trap of a forgotten backup MX — both.
	static Verdict sides(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		Map<String, List<String>> bySide = new LinkedHashMap<>();
		for (MXRecord record : dns.mx()) {
			for (InetAddress address : dns.addresses(record.getTarget())) {
				String side = subject.side(address).map(Side::token).orElse("other");
				bySide.computeIfAbsent(side, _ -> new ArrayList<>())
						.add(record.getPriority() + " " + record.getTarget().toString(true) + " " + IpText.of(address));
			}
		}
		if (bySide.isEmpty()) {
			return Verdict.moot(subject, "MX");
		}
		String old = String.join(", ", bySide.getOrDefault("old", List.of()));
		String fresh = String.join(", ", bySide.getOrDefault("new", List.of()));
		String other = String.join(", ", bySide.getOrDefault("other", List.of()));
		if (bySide.size() == 1) {
			return other.isEmpty() ? Verdict.pass(old.isEmpty() ? "audit.mx.sides.new" : "audit.mx.sides.old", subject.domain().name(), old + fresh)
					: Verdict.warn("audit.mx.sides.other", subject.domain().name(), other);
		}
		if (!old.isEmpty() && !fresh.isEmpty()) {
			return Verdict.fail("audit.mx.sides.both", subject.domain().name(), old, fresh);
		}
		return Verdict.warn("audit.mx.sides.mixed", subject.domain().name(), old + fresh, other);
	}

	/// The AAAA that somebody forgot while changing the A, or the other way round.
	static Verdict families(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<String> torn = new ArrayList<>();
		Map<Name, List<InetAddress>> hosts = dns.exchangeAddresses();
		hosts.forEach((host, addresses) -> {
			Set<Side> sides = addresses.stream().map(subject::side).flatMap(Optional::stream).collect(Collectors.toSet());
			if (sides.size() > 1) {
				torn.add(host.toString(true) + ": " + addresses.stream()
						.map(address -> IpText.of(address) + subject.side(address).map(side -> " (" + side.token() + ")").orElse("")).collect(joining(", ")));
			}
		});
		if (hosts.isEmpty()) {
			return Verdict.moot(subject, "MX");
		}
		return torn.isEmpty() ? Verdict.pass("audit.mx.families.ok", subject.domain().name())
				: Verdict.fail("audit.mx.families.torn", subject.domain().name(), String.join("; ", torn));
	}

	/// How long caches may keep what leads to the server.
	static Verdict ttl(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<Resolved> answers = new ArrayList<>(List.of(dns.known(subject.name(), Type.MX)));
		for (Name host : dns.exchanges()) {
			answers.add(dns.known(host, Type.A));
			answers.add(dns.known(host, Type.AAAA));
		}
		Optional<Record> longest = answers.stream().flatMap(answer -> answer.records().stream()).max(Comparator.comparingLong(Record::getTTL));
		if (longest.isEmpty()) {
			return Verdict.moot(subject, "MX");
		}
		Record record = longest.get();
		String what = record.getName().toString(true) + " " + Type.string(record.getType());
		long target = subject.ttlTarget().toSeconds();
		return record.getTTL() <= target ? Verdict.pass("audit.mx.ttl.ok", subject.domain().name(), record.getTTL(), target, what)
				: Verdict.warn("audit.mx.ttl.high", subject.domain().name(), record.getTTL(), target, what);
	}

	private static String texts(List<MXRecord> mx) {
		return mx.stream().map(record -> record.getPriority() + " " + record.getTarget()).collect(joining(", "));
	}

	static String names(List<Name> names) {
		return names.stream().map(name -> name.toString(true)).collect(joining(", "));
	}

	static String addresses(List<InetAddress> addresses) {
		return addresses.stream().map(IpText::of).collect(joining(", "));
	}
}
