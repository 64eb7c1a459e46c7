package hikkoshi.dns.audit;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.Type;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.dns.delegation.Resolved;
import hikkoshi.dns.dnssec.Security;

/// Whether DNSSEC proves what the domain says of its mail (RFC 4033, 5): broken, it makes the domain vanish for half of the world.
final class DnssecChecks {
	private static final Duration LEAST = Duration.ofHours(1);
	/// RFC 8624, 3.1: not to be used for signing any more.
	private static final Set<Integer> OLD_ALGORITHMS = Set.of(1, 3, 5, 6, 7, 12);
	/// RFC 8624, 3.3.
	private static final Set<Integer> OLD_DIGESTS = Set.of(1, 3);

	private DnssecChecks() {}

	/// Zonemaster DNSSEC02, DNSSEC08, DNSSEC10.
	static Verdict chain(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		Resolved mx = dns.known(subject.name(), Type.MX);
		Security security = dns.security(subject.name(), Type.MX);
		Object until = security.until() == null ? "" : security.until();
		return switch (security.state()) {
			case UNJUDGED -> Verdict.moot(subject, "DNSSEC");
			case SECURE -> {
				long ttl = mx.records().stream().mapToLong(record -> record.getTTL()).max().orElse(0);
				Duration least = LEAST.getSeconds() > ttl ? LEAST : Duration.ofSeconds(ttl);
				Instant end = security.until();
				boolean soon = end != null && end.isBefore(subject.now().plus(least));
				yield soon ? Verdict.warn("audit.dnssec.chain.soon", subject.domain().name(), until) : Verdict.pass("audit.dnssec.chain.secure", subject.domain().name(), until);
			}
			case INSECURE -> Verdict.pass("audit.dnssec.chain.insecure", subject.domain().name(), Printable.of(security.detail()));
			case INDETERMINATE -> new Verdict(Outcome.UNKNOWN, Reason.of("audit.dnssec.chain.unknown", subject.domain().name(), Printable.of(security.detail())));
			case BOGUS -> switch (security.why()) {
				case EXPIRED -> Verdict.fail("audit.dnssec.chain.expired", subject.domain().name(), security.zone(), until);
				case NOT_YET -> Verdict.fail("audit.dnssec.chain.not-yet", subject.domain().name(), security.zone(), until);
				case NO_DNSKEY -> Verdict.fail("audit.dnssec.chain.no-dnskey", subject.domain().name(), security.zone());
				case DS_MISMATCH -> Verdict.fail("audit.dnssec.chain.ds-mismatch", subject.domain().name(), security.zone());
				case UNSIGNED -> Verdict.fail("audit.dnssec.chain.unsigned", subject.domain().name(), security.zone());
				case NONE, OTHER -> Verdict.fail("audit.dnssec.chain.bogus", subject.domain().name(), Printable.of(security.detail()));
			};
		};
	}

	static Verdict algorithms(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<DSRecord> all = dns.records(subject.name(), Type.DS, DSRecord.class);
		if (all.isEmpty()) {
			return Verdict.moot(subject, "DS");
		}
		List<String> good = new ArrayList<>();
		List<String> old = new ArrayList<>();
		for (DSRecord ds : all) {
			(OLD_ALGORITHMS.contains(ds.getAlgorithm()) || OLD_DIGESTS.contains(ds.getDigestID()) ? old : good)
					.add(ds.getFootprint() + " " + ds.getAlgorithm() + " " + ds.getDigestID());
		}
		// an old digest beside a good one of the same key is a remnant, no weakness
		boolean weak = good.isEmpty() || all.stream().anyMatch(ds -> OLD_ALGORITHMS.contains(ds.getAlgorithm()));
		return weak ? Verdict.warn("audit.dnssec.algorithms.old", subject.domain().name(), String.join(", ", old))
				: Verdict.pass("audit.dnssec.algorithms.ok", subject.domain().name(), String.join(", ", good));
	}

	/// RFC 7672, 2.2: TLSA counts only when MX, the host's address and the TLSA itself are proven.
	static Verdict tlsa(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<String> all = new ArrayList<>();
		List<String> loose = new ArrayList<>();
		List<String> bogus = new ArrayList<>();
		for (Name host : dns.exchanges()) {
			Name name = Questions.below("_25._tcp", host);
			if (dns.records(name, Type.TLSA, TLSARecord.class).isEmpty()) {
				continue;
			}
			all.add(host.toString(true));
			for (Security security : List.of(dns.security(subject.name(), Type.MX), dns.security(host, Type.A), dns.security(name, Type.TLSA))) {
				switch (security.state()) {
					case UNJUDGED -> {
						return Verdict.moot(subject, "DNSSEC");
					}
					case INDETERMINATE -> throw new Unanswered(subject, name.toString(true) + " TLSA", Printable.of(security.detail()));
					case INSECURE -> loose.add(host.toString(true));
					case BOGUS -> bogus.add(host.toString(true));
					case SECURE -> {
						// as it should be
					}
				}
			}
		}
		return all.isEmpty() ? Verdict.moot(subject, "TLSA")
				: !bogus.isEmpty() ? Verdict.fail("audit.tlsa.secure.bogus", subject.domain().name(), String.join(", ", bogus.stream().distinct().toList()))
						: !loose.isEmpty() ? Verdict.warn("audit.tlsa.secure.useless", subject.domain().name(), String.join(", ", loose.stream().distinct().toList()))
								: Verdict.pass("audit.tlsa.secure.ok", subject.domain().name(), String.join(", ", all));
	}
}
