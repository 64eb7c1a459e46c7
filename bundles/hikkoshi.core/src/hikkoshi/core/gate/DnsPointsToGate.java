package hikkoshi.core.gate;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.ledger.WatchTable;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.DnsStatus;

/// Every authoritative server of every domain of the wave gives the same MX, and every MX host leads to that side's server and nowhere
/// else: one back-up MX on the other side would be enough to take mail there. What caches say does not matter here.
record DnsPointsToGate(GateSpec.DnsPointsTo spec, Migration migration, String wave) implements Gate {
	@Override
	public Opening judge(EvidenceView evidence, Instant now) {
		Judgement judgement = new Judgement(now);
		for (Domain domain : domains(migration, wave, judgement)) {
			latest(domain, evidence, judgement).ifPresent(sighting -> {
				if (judgement.fresh(sighting, spec.maxAge(),
						() -> Reason.of(GateReasons.DNS_STALE, domain.name(), sighting.lastSeen(), spec.maxAge()))) {
					judge(domain, sighting, judgement);
				}
			});
		}
		return judgement.opening();
	}

	static List<Domain> domains(Migration migration, String wave, Judgement judgement) {
		List<Domain> domains = migration.domains().stream().filter(domain -> domain.wave().equals(wave)).toList();
		if (domains.isEmpty()) {
			judgement.block(new Target.Id("wave:" + wave), MxAnswers.PROBE, Outcome.UNKNOWN, Reason.of(GateReasons.NO_DOMAINS, wave), null);
		}
		return domains;
	}

	static Optional<Sighting> latest(Domain domain, EvidenceView evidence, Judgement judgement) {
		Optional<Sighting> latest = Stream.of(MxAnswers.PROBE, WatchTable.PROBE).flatMap(probe -> evidence.latest(probe, domain.id()).stream())
				.max(Comparator.comparing(Sighting::lastSeen));
		if (latest.isEmpty()) {
			judgement.block(domain.id(), MxAnswers.PROBE, Outcome.UNKNOWN, Reason.of(GateReasons.DNS_NEVER, domain.name()), null);
		}
		return latest;
	}

	/// Blocks for every authoritative server that gave no MX.
	///
	/// @return whether all did
	static boolean complete(Domain domain, Sighting sighting, MxAnswers answers, Judgement judgement) {
		if (answers.servers().isEmpty()) {
			List<Object> args = new ArrayList<>(List.of(domain.name(), sighting.evidence().reason().id()));
			args.addAll(sighting.evidence().reason().args());
			judgement.block(domain.id(), MxAnswers.PROBE, Outcome.UNKNOWN, Reason.of(GateReasons.DNS_NOTHING, args.toArray()),
					sighting.firstSeen());
		}
		for (MxAnswers.Server server : answers.missing()) {
			DnsStatus status = server.status().orElse(DnsStatus.MALFORMED);
			boolean saidNo = !server.address().isEmpty() && (status == DnsStatus.NXDOMAIN || status == DnsStatus.NO_DATA);
			judgement.block(domain.id(), MxAnswers.PROBE, saidNo ? Outcome.FAIL : Outcome.UNKNOWN,
					Reason.of(GateReasons.DNS_SERVER, domain.name(), server.place(), status, sighting.firstSeen()), sighting.firstSeen());
		}
		return answers.complete();
	}

	private void judge(Domain domain, Sighting sighting, Judgement judgement) {
		MxAnswers answers = MxAnswers.of(domain, sighting);
		if (!complete(domain, sighting, answers, judgement)) {
			return;
		}
		boolean proven = true;
		MxAnswers.Server first = answers.answering().getFirst();
		for (MxAnswers.Server server : answers.answering()) {
			if (!server.mx().equals(first.mx())) {
				proven = false;
				judgement.block(domain.id(), MxAnswers.PROBE, Outcome.FAIL, Reason.of(GateReasons.DNS_DISAGREE, domain.name(), server.place(),
						String.join(", ", server.mx()), String.join(", ", first.mx())), sighting.firstSeen());
			}
		}
		for (String mx : first.mx()) {
			proven &= leads(domain, MxAnswers.host(mx), answers, sighting, judgement);
		}
		if (proven) {
			judgement.proven(sighting);
		}
	}

	private boolean leads(Domain domain, String host, MxAnswers answers, Sighting sighting, Judgement judgement) {
		List<String> addresses = answers.hosts().getOrDefault(host, List.of());
		if (addresses.isEmpty() || addresses.contains("")) {
			judgement.block(domain.id(), MxAnswers.PROBE, Outcome.UNKNOWN, Reason.of(GateReasons.DNS_NO_HOST, domain.name(), host),
					sighting.firstSeen());
			return false;
		}
		boolean all = true;
		for (String address : addresses) {
			if (!isOn(spec.side(), domain, host, address)) {
				all = false;
				judgement.block(domain.id(), MxAnswers.PROBE, Outcome.FAIL, Reason.of(GateReasons.DNS_ELSEWHERE, domain.name(), host, address,
						spec.side().token(), domain.server(spec.side())), sighting.firstSeen());
			}
		}
		return all;
	}

	/// An address that both servers have (a load balancer, a laboratory) says nothing by itself: then the name decides.
	private boolean isOn(Side side, Domain domain, String host, String address) {
		Optional<Server> server = migration.server(domain.server(side));
		Optional<Server> other = migration.server(domain.server(side.other()));
		return server.isPresent() && has(server.get(), address)
				&& (other.isEmpty() || !has(other.get(), address) || host.equals(server.get().name().ascii()));
	}

	private static boolean has(Server server, String literal) {
		try {
			return server.addresses().contains(InetAddress.ofLiteral(literal));
		} catch (IllegalArgumentException e) {
			return false;
		}
	}
}
