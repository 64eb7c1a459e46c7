package hikkoshi.core.discover;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import hikkoshi.core.discover.Sightings.Announcement;
import hikkoshi.core.discover.Sightings.Port;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Endpoint;

/// Makes a proposal of what was seen: hosts that share addresses are one server, and each contradiction becomes a remark. Used once.
final class Proposer {
	private final Sightings seen;
	private final boolean cutShort;
	private final List<Remark> remarks = new ArrayList<>();

	Proposer(Sightings seen, boolean cutShort) {
		this.seen = seen;
		this.cutShort = cutShort;
	}

	Proposal propose() {
		Map<ProposedServer, List<DomainName>> servers = new LinkedHashMap<>();
		for (List<DomainName> group : HostFacts.together(seen.hosts())) {
			new ServerProposer(seen, group).propose().ifPresent(server -> servers.put(server, group));
		}
		remarkOnDns();
		remarkOnDocuments();
		seen.announcements().stream().map(Announcement::host).distinct().filter(host -> !seen.hosts().containsKey(host)).forEach(this::remarkOnLostHost);
		seen.announcements().stream().filter(each -> servers.values().stream().noneMatch(group -> group.contains(each.host()))).distinct()
				.flatMap(each -> ServerProposer.unanswered(seen, each).stream()).forEach(remarks::add);
		remarkOnPlaces(servers);
		List<ProposedServer> sorted = servers.keySet().stream().sorted(Comparator.comparing((ProposedServer server) -> !server.hasMailboxes())).toList();
		if (sorted.isEmpty()) {
			boolean open = cutShort || seen.dns().isEmpty() || seen.dns().stream().anyMatch(fact -> fact.kind() == DnsFact.Kind.UNKNOWN)
					|| seen.ports().stream().anyMatch(port -> port.fact().state() != PortFact.State.CLOSED);
			if (!seen.exists()) {
				remarks.addFirst(Remark.fail(DiscoveryReasons.NO_SUCH_NAME, seen.name()));
			} else {
				remarks.addFirst(open ? Remark.unknown(DiscoveryReasons.NOTHING_KNOWN, seen.name()) : Remark.fail(DiscoveryReasons.NOTHING, seen.name()));
			}
		}
		if (cutShort) {
			remarks.addFirst(Remark.unknown(DiscoveryReasons.CUT_SHORT, seen.name()));
		}
		return new Proposal(seen.name(), sorted, remarks.stream().distinct().toList());
	}

	private void remarkOnDns() {
		for (DnsFact fact : seen.dns()) {
			switch (fact.kind()) {
				case NULL_MX -> remarks.add(Remark.warn(DiscoveryReasons.NULL_MX, seen.name()));
				case UNKNOWN -> remarks.add(Remark.unknown(DiscoveryReasons.DNS_UNKNOWN, fact.name(), fact.status()));
				case MX -> seen.dns().stream().filter(alias -> alias.kind() == DnsFact.Kind.ALIAS && alias.name().equals(fact.host())).findFirst()
						.ifPresent(alias -> remarks.add(Remark.warn(DiscoveryReasons.MX_ALIAS, seen.name(), fact.host(), alias.host())));
				case ADDRESS, ALIAS, SRV, NOT_OFFERED -> {
					// said of hosts and their endpoints
				}
			}
		}
	}

	private void remarkOnDocuments() {
		for (ConfigFact fact : seen.documents()) {
			if (fact.kind() == ConfigFact.Kind.ASKED && fact.status().equals("401")) {
				remarks.add(Remark.note(DiscoveryReasons.DOCUMENT_LOGIN, fact.url(), fact.words()));
			}
			if (fact.kind() == ConfigFact.Kind.SERVER && !fact.proven()) {
				remarks.add(Remark.warn(DiscoveryReasons.DOCUMENT_UNPROVEN, fact.url()));
			}
		}
	}

	private void remarkOnLostHost(DomainName host) {
		boolean asked = seen.dns().stream().anyMatch(fact -> fact.kind() == DnsFact.Kind.UNKNOWN && fact.name().equals(host.ascii()));
		Reason source = seen.announcements().stream().filter(each -> each.host().equals(host)).map(Announcement::source).findFirst().orElseThrow();
		Reason reason = wrap(DiscoveryReasons.ANNOUNCED_WITHOUT_ADDRESS, source, host.ascii());
		remarks.add(new Remark(asked ? Outcome.UNKNOWN : Outcome.FAIL, reason));
	}

	/// Where mail is received and where it is read, and who says where it is read.
	private void remarkOnPlaces(Map<ProposedServer, List<DomainName>> servers) {
		Optional<DomainName> mailboxes = servers.keySet().stream().filter(ProposedServer::hasMailboxes).map(server -> server.name().value()).findFirst();
		Set<DomainName> reading = new HashSet<>();
		servers.forEach((server, group) -> {
			if (server.hasMailboxes()) {
				reading.addAll(group);
			}
		});
		seen.dns().stream().filter(fact -> fact.kind() == DnsFact.Kind.MX).min(Comparator.comparingInt(DnsFact::priority)).flatMap(DnsFact::target)
				.filter(mx -> mailboxes.isPresent() && !reading.contains(mx))
				.ifPresent(mx -> remarks.add(Remark.warn(DiscoveryReasons.MX_ELSEWHERE, mx, mailboxes.get())));
		for (Speech speech : List.of(Speech.IMAP, Speech.POP3, Speech.SUBMISSION)) {
			List<Announcement> said = seen.announcements().stream().filter(each -> each.speech() == speech).toList();
			for (Announcement other : said) {
				Announcement first = said.getFirst();
				if (!first.source().id().equals(other.source().id()) && !together(first.host(), other.host(), servers)) {
					remarks.add(Remark.warn(DiscoveryReasons.SOURCES_DIFFER, speech.token(), first.host(), word(first.source()), other.host(), word(other.source())));
					break;
				}
			}
		}
	}

	private static String word(Reason source) {
		return source.args().getFirst();
	}

	private static boolean together(DomainName one, DomainName other, Map<ProposedServer, List<DomainName>> servers) {
		return one.equals(other) || servers.values().stream().anyMatch(group -> group.contains(one) && group.contains(other));
	}

	/// A reason whose last arguments are another one: `<id>.args` ends in `reason`.
	static Reason wrap(String id, Reason inner, Object... args) {
		return Reason.of(id, Stream.of(Stream.of(args), Stream.of(inner.id()), inner.args().stream()).flatMap(each -> each).toArray());
	}

	static Optional<Endpoint> endpoint(Port port) {
		Speech speech = port.fact().speech();
		return speech == null ? Optional.empty() : speech.protocol().map(protocol -> new Endpoint(protocol, port.fact().port(), port.fact().security()));
	}
}
