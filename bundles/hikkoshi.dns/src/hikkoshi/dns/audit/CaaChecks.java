package hikkoshi.dns.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.xbill.DNS.CAARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

import hikkoshi.core.compare.ShownCertificate;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Door;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.dns.Names;

/// Whether the authority that signed the new server's certificates may do so again (RFC 8659). Nothing fails at the cutover when it may not, but the
/// next renewal does, weeks later and for all mailboxes at once. The certificates are joined from the evidence of the server's doors.
final class CaaChecks {
	private static final int CRITICAL = 0x80;
	/// RFC 8659, RFC 9495, and those of the CA/Browser Forum: an authority that knows none of them is none.
	private static final Set<String> TAGS = Set.of("issue", "issuewild", "iodef", "issuemail", "issuevmc", "contactemail", "contactphone");

	private CaaChecks() {}

	/// What CAA says of a host.
	///
	/// @param at where the records stand: the host, or a name above it
	private record Relevant(Name host, Name at, List<CAARecord> records) {
		/// The domains of authorities that may issue; empty when nobody may, absent when everybody may.
		Optional<Set<String>> allowed(boolean wildcard) {
			List<CAARecord> issue = tagged("issue");
			List<CAARecord> wild = wildcard ? tagged("issuewild") : List.of();
			List<CAARecord> used = wild.isEmpty() ? issue : wild;
			if (used.isEmpty()) {
				return Optional.empty();
			}
			Set<String> domains = new TreeSet<>();
			for (CAARecord record : used) {
				String domain = record.getValue().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
				if (!domain.isEmpty()) {
					domains.add(domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain);
				}
			}
			return Optional.of(domains);
		}

		private List<CAARecord> tagged(String tag) {
			return records.stream().filter(record -> record.getTag().equalsIgnoreCase(tag)).toList();
		}

		Optional<String> stumbling() {
			return records.stream().filter(record -> (record.getFlags() & CRITICAL) != 0 && !TAGS.contains(record.getTag().toLowerCase(Locale.ROOT)))
					.map(CAARecord::getTag).findFirst();
		}

		String place() {
			return host.equals(at) ? host.toString(true) : host.toString(true) + " (" + at.toString(true) + ")";
		}
	}

	static Verdict caa(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<ShownCertificate> shown = subject.newServer().map(server -> certificates(server, subject)).orElse(List.of());
		Set<String> allowed = new TreeSet<>();
		List<String> unseen = new ArrayList<>();
		List<String> strange = new ArrayList<>();
		for (Name host : hosts(subject, dns)) {
			Optional<Relevant> found = relevant(host, dns);
			if (found.isEmpty()) {
				continue;
			}
			Relevant relevant = found.get();
			if (relevant.stumbling().isPresent()) {
				return Verdict.warn("audit.caa.critical", subject.domain().name(), relevant.place(), relevant.stumbling().get());
			}
			Optional<ShownCertificate> certificate = shown.stream().filter(each -> each.covers(host.toString(true))).findFirst();
			Optional<Set<String>> domains = relevant.allowed(certificate.filter(each -> !each.names().contains(host.toString(true).toLowerCase(Locale.ROOT))).isPresent());
			if (domains.isEmpty()) {
				continue;
			}
			allowed.addAll(domains.get());
			if (domains.get().isEmpty()) {
				return Verdict.warn("audit.caa.nobody", subject.domain().name(), relevant.place());
			}
			if (certificate.isEmpty()) {
				unseen.add(relevant.place());
				continue;
			}
			Set<String> own = Authorities.domains(certificate.get().issuer());
			if (own.isEmpty()) {
				strange.add(relevant.place() + " ← " + certificate.get().issuer());
			} else if (Collections.disjoint(own, domains.get())) {
				return Verdict.warn("audit.caa.other", subject.domain().name(), relevant.place(), certificate.get().issuer(), String.join(", ", domains.get()),
						String.join(", ", own));
			}
		}
		String all = String.join(", ", allowed);
		if (!strange.isEmpty()) {
			return new Verdict(Outcome.UNKNOWN, Reason.of("audit.caa.strange", subject.domain().name(), String.join("; ", strange), all));
		}
		if (!unseen.isEmpty()) {
			return new Verdict(Outcome.UNKNOWN, Reason.of("audit.caa.unseen", subject.domain().name(), String.join(", ", unseen), all));
		}
		return allowed.isEmpty() ? Verdict.moot(subject, "CAA") : Verdict.pass("audit.caa.ok", subject.domain().name(), all);
	}

	/// What the new server's certificates are for: its own name, what programs will call it, and the domain's exchanges.
	private static Set<Name> hosts(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		Set<Name> hosts = new LinkedHashSet<>();
		if (subject.newServer().isPresent()) {
			Server server = subject.newServer().get();
			hosts.add(Names.of(server.name()));
			DomainName last = server.clientNames().last();
			if (last != null) {
				hosts.add(Names.of(last));
			}
		}
		dns.exchanges().stream().filter(host -> host.subdomain(subject.name())).forEach(hosts::add);
		return hosts;
	}

	/// The records nearest to a name, upwards (RFC 8659, 3).
	private static Optional<Relevant> relevant(Name host, Questions dns) throws Unanswered, IOException, InterruptedException {
		for (Name name = host; name.labels() > 1; name = new Name(name, 1)) {
			List<CAARecord> records = dns.records(name, Type.CAA, CAARecord.class);
			if (!records.isEmpty()) {
				return Optional.of(new Relevant(host, name, records));
			}
		}
		return Optional.empty();
	}

	private static List<ShownCertificate> certificates(Server server, Subject subject) {
		List<ShownCertificate> shown = new ArrayList<>();
		for (Endpoint endpoint : server.endpoints()) {
			for (var address : endpoint.security() == Security.NONE ? List.<java.net.InetAddress>of() : server.addresses()) {
				subject.evidence().latest(probe(endpoint.protocol()), new Door(server, endpoint, address).id())
						.flatMap(sighting -> ShownCertificate.in(sighting.evidence().facts()).stream().findFirst()).ifPresent(shown::add);
			}
		}
		return shown;
	}

	private static String probe(Protocol protocol) {
		return switch (protocol) {
			case IMAP -> "imap.capability";
			case POP3 -> "pop3.capa";
			case SMTP, SUBMISSION -> "smtp.ehlo";
		};
	}
}
