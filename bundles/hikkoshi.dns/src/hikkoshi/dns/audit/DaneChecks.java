package hikkoshi.dns.audit;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.xbill.DNS.Name;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.Type;

import hikkoshi.core.compare.ShownCertificate;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Door;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.dns.Names;

/// Whether TLSA (RFC 6698, RFC 7672) fits the certificates that the servers show. Those are joined from the evidence of their doors: DNS alone cannot know.
final class DaneChecks {
	private static final String DOOR = "smtp.ehlo";

	private DaneChecks() {}

	/// What was found, worst first.
	private static final class Found {
		private final List<String> fitting = new ArrayList<>();
		private final List<String> broken = new ArrayList<>();
		private final List<String> coming = new ArrayList<>();
		private final Set<String> unseen = new LinkedHashSet<>();
	}

	static Verdict match(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		Found found = new Found();
		boolean any = false;
		for (Name host : dns.exchanges()) {
			List<TLSARecord> records = dns.records(Questions.below("_25._tcp", host), Type.TLSA, TLSARecord.class);
			if (!records.isEmpty()) {
				any = true;
				exchange(host, records, subject, dns, found);
			}
		}
		any |= submission(subject, dns, found);
		if (!any) {
			return Verdict.moot(subject, "TLSA");
		}
		if (!found.broken.isEmpty()) {
			return Verdict.fail("audit.tlsa.match.broken", subject.domain().name(), String.join("; ", found.broken));
		}
		if (!found.unseen.isEmpty()) {
			return new Verdict(Outcome.UNKNOWN, Reason.of("audit.tlsa.match.unseen", subject.domain().name(), String.join(", ", found.unseen)));
		}
		return found.coming.isEmpty() ? Verdict.pass("audit.tlsa.match.ok", subject.domain().name(), String.join(", ", found.fitting))
				: Verdict.warn("audit.tlsa.match.coming", subject.domain().name(), String.join("; ", found.coming));
	}

	private static void exchange(Name host, List<TLSARecord> records, Subject subject, Questions dns, Found found) throws Unanswered, IOException, InterruptedException {
		boolean old = false;
		for (InetAddress address : dns.addresses(host)) {
			Optional<Side> side = subject.side(address);
			old |= side.filter(Side.OLD::equals).isPresent();
			if (side.isPresent() && server(subject, side.get()).isPresent()) {
				judge(host, records, server(subject, side.get()).get(), address, subject, found.broken, found);
			}
		}
		// the domain's own host will be the new server: its TLSA must know both certificates before
		if (old && host.subdomain(subject.name()) && subject.newServer().isPresent()) {
			Server fresh = subject.newServer().get();
			fresh.addresses().forEach(address -> judge(host, records, fresh, address, subject, found.coming, found));
		}
	}

	/// TLSA of the new server's own name at its submission ports.
	private static boolean submission(Subject subject, Questions dns, Found found) throws Unanswered, IOException, InterruptedException {
		boolean any = false;
		if (subject.newServer().isEmpty()) {
			return false;
		}
		Server server = subject.newServer().get();
		for (Endpoint endpoint : server.endpoints()) {
			if (endpoint.protocol() == Protocol.SUBMISSION && endpoint.security() != Security.NONE) {
				Name host = Names.of(server.name());
				List<TLSARecord> records = dns.records(Questions.below("_" + endpoint.port() + "._tcp", host), Type.TLSA, TLSARecord.class);
				any |= !records.isEmpty();
				for (InetAddress address : records.isEmpty() ? List.<InetAddress>of() : server.addresses()) {
					judge(host, records, new Door(server, endpoint, address), subject, found.broken, found);
				}
			}
		}
		return any;
	}

	private static Optional<Server> server(Subject subject, Side side) {
		return side == Side.OLD ? subject.oldServer() : subject.newServer();
	}

	/// At each SMTP door of a server at an address; a server whose file names none was never seen.
	private static void judge(Name host, List<TLSARecord> records, Server server, InetAddress address, Subject subject, List<String> misfits, Found found) {
		List<Door> doors = server.endpoints().stream().filter(endpoint -> endpoint.protocol() == Protocol.SMTP && endpoint.security() != Security.NONE)
				.map(endpoint -> new Door(server, endpoint, address)).toList();
		if (doors.isEmpty()) {
			found.unseen.add(host.toString(true) + " (" + server.key() + " " + IpText.of(address) + ")");
		}
		doors.forEach(door -> judge(host, records, door, subject, misfits, found));
	}

	private static void judge(Name host, List<TLSARecord> records, Door door, Subject subject, List<String> misfits, Found found) {
		String place = host.toString(true) + " (" + door.server().key() + " " + IpText.of(door.address()) + ":" + door.endpoint().port() + ")";
		List<ShownCertificate> chain = subject.evidence().latest(DOOR, door.id()).map(sighting -> ShownCertificate.in(sighting.evidence().facts())).orElse(List.of());
		if (chain.isEmpty()) {
			found.unseen.add(place);
		} else if (records.stream().anyMatch(record -> ShownCertificate.fits(record.getCertificateUsage(), record.getSelector(), record.getMatchingType(),
				record.getCertificateAssociationData(), chain))) {
			found.fitting.add(place);
		} else {
			misfits.add(place + " → " + chain.getFirst().record());
		}
	}
}
