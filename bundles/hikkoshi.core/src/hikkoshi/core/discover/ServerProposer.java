package hikkoshi.core.discover;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.discover.Sightings.Announcement;
import hikkoshi.core.discover.Sightings.Port;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.preset.Provider;
import hikkoshi.core.preset.Providers;
import hikkoshi.core.probe.Reasons;

/// Makes one server of hosts that share addresses. Used once.
final class ServerProposer {
	private final Sightings seen;
	private final List<DomainName> group;
	private final List<Port> ports;
	private final List<Remark> remarks = new ArrayList<>();

	/// @param group hosts, the most telling first
	ServerProposer(Sightings seen, List<DomainName> group) {
		this.seen = seen;
		Set<InetAddress> addresses = group.stream().flatMap(host -> seen.hosts().getOrDefault(host, List.of()).stream()).collect(Collectors.toSet());
		this.group = group;
		ports = seen.ports().stream().filter(port -> addresses.contains(port.address())).toList();
	}

	/// Empty when nothing at these hosts carries mail.
	Optional<ProposedServer> propose() {
		List<Port> speaking = ports.stream().filter(Port::speaks).toList();
		if (speaking.stream().allMatch(port -> Proposer.endpoint(port).isEmpty())) {
			return Optional.empty();
		}
		Line<DomainName> name = name(speaking);
		List<Line<InetAddress>> addresses = addresses(speaking);
		List<Line<Endpoint>> endpoints = endpoints(name.value(), addresses.stream().map(Line::value).toList());
		ports.stream().filter(port -> port.fact().state() == PortFact.State.OTHER).filter(port -> at(port.address(), port.fact().port()).noneMatch(Port::speaks))
				.forEach(port -> remarks.add(Remark.warn(DiscoveryReasons.STRANGER, IpText.of(port.address()), port.fact().port(), port.fact().greeting())));
		seen.announcements().stream().filter(each -> group.contains(each.host())).forEach(this::check);
		checkDenials(endpoints);
		checkNames(name.value());
		checkUse(name.value(), endpoints);
		Providers.known().of(group).ifPresent(this::describe);
		return Optional.of(new ProposedServer(name, addresses, endpoints, remarks.stream().distinct().toList()));
	}

	private Stream<Port> at(InetAddress address, int port) {
		return ports.stream().filter(each -> each.address().equals(address) && each.fact().port() == port);
	}

	/// The name that most connections prove; where none is proven, one that a good certificate has; else the most telling one.
	private Line<DomainName> name(List<Port> speaking) {
		Map<DomainName, Long> proofs = speaking.stream().filter(port -> port.fact().proven()).collect(Collectors.groupingBy(Port::name, Collectors.counting()));
		Optional<DomainName> best = group.stream().filter(proofs::containsKey).max(Comparator.comparing((DomainName host) -> proofs.getOrDefault(host, 0L))
				.thenComparing(host -> -group.indexOf(host)));
		if (best.isPresent()) {
			return new Line<>(best.get(), sources(best.get()), List.of());
		}
		for (Port port : speaking) {
			// everything but the name is right
			if (port.fact().verdict().equals(Reasons.TLS_NAME_MISMATCH)) {
				Optional<DomainName> certified = Arrays.stream(port.fact().names().split(" ")).filter(name -> !name.startsWith("*")).findFirst().flatMap(Hosts::name);
				if (certified.isPresent()) {
					return new Line<>(certified.get(), List.of(Reason.of(DiscoveryReasons.FROM_CERTIFICATE, certified.get(), port.name())),
							List.of(Remark.warn(DiscoveryReasons.NAME_OF_CERTIFICATE, certified.get(), port.name())));
				}
			}
		}
		DomainName first = speaking.stream().map(Port::name).min(Comparator.comparingInt(group::indexOf)).orElse(group.getFirst());
		return new Line<>(first, sources(first), List.of(Remark.warn(DiscoveryReasons.NAME_UNPROVEN, first)));
	}

	private List<Reason> sources(DomainName host) {
		Set<Reason> sources = new LinkedHashSet<>();
		seen.announcements().stream().filter(each -> each.host().equals(host)).map(Announcement::source).forEach(sources::add);
		seen.dns().stream().filter(fact -> fact.kind() == DnsFact.Kind.MX && fact.host().equals(host.ascii()))
				.map(fact -> Reason.of(DiscoveryReasons.FROM_MX, fact.name(), fact.priority())).forEach(sources::add);
		if (host.equals(seen.name())) {
			sources.add(Reason.of(DiscoveryReasons.FROM_NAME, host));
		}
		return sources.isEmpty() ? List.of(Reason.of(DiscoveryReasons.FROM_GUESS, host)) : List.copyOf(sources);
	}

	private List<Line<InetAddress>> addresses(List<Port> speaking) {
		Set<InetAddress> alive = speaking.stream().map(Port::address).collect(Collectors.toSet());
		Map<InetAddress, List<Reason>> sources = new LinkedHashMap<>();
		for (DomainName host : group) {
			for (InetAddress address : seen.hosts().getOrDefault(host, List.of())) {
				if (alive.contains(address)) {
					sources.computeIfAbsent(address, _ -> new ArrayList<>()).add(Reason.of(DiscoveryReasons.FROM_ADDRESS, host));
				} else {
					boolean silent = ports.stream().filter(port -> port.address().equals(address)).noneMatch(port -> port.fact().state() == PortFact.State.CLOSED);
					remarks.add(silent ? Remark.unknown(DiscoveryReasons.ADDRESS_SILENT, IpText.of(address), host)
							: Remark.warn(DiscoveryReasons.ADDRESS_DEAD, IpText.of(address), host));
				}
			}
		}
		return sources.entrySet().stream().map(entry -> new Line<>(entry.getKey(), entry.getValue(), List.of())).toList();
	}

	private List<Line<Endpoint>> endpoints(DomainName name, List<InetAddress> addresses) {
		List<Line<Endpoint>> lines = new ArrayList<>();
		for (int number : ports.stream().filter(Port::speaks).map(port -> port.fact().port()).distinct().sorted().toList()) {
			endpoint(number, name, addresses).ifPresent(lines::add);
		}
		Set<Protocol> safe = lines.stream().filter(line -> line.value().security() != Security.NONE).map(line -> line.value().protocol()).collect(Collectors.toSet());
		lines.removeIf(line -> {
			Endpoint endpoint = line.value();
			boolean out = endpoint.security() == Security.NONE && endpoint.protocol().hasLogin() && safe.contains(endpoint.protocol());
			if (out) {
				remarks.add(Remark.note(DiscoveryReasons.CLEARTEXT_LEFT_OUT, endpoint));
			}
			return out;
		});
		lines.sort(Comparator.comparing((Line<Endpoint> line) -> line.value().protocol()).thenComparing(line -> line.value().security())
				.thenComparing(line -> line.value().port()));
		return List.copyOf(lines);
	}

	/// A port as the addresses have it, or the first of the ways in which they do.
	private Optional<Line<Endpoint>> endpoint(int number, DomainName name, List<InetAddress> addresses) {
		Map<InetAddress, Port> ways = new LinkedHashMap<>();
		addresses.forEach(address -> best(at(address, number).filter(Port::speaks).toList(), name).ifPresent(port -> ways.put(address, port)));
		List<Endpoint> found = ways.values().stream().flatMap(port -> Proposer.endpoint(port).stream()).distinct().toList();
		if (found.isEmpty()) {
			if (!ways.isEmpty()) {
				remarks.add(Remark.note(DiscoveryReasons.SIEVE, name, number));
			}
			return Optional.empty();
		}
		Endpoint endpoint = as(found.getFirst());
		List<Reason> sources = new ArrayList<>(seen.announcements().stream().filter(each -> each.port() == number && group.contains(each.host()))
				.map(Announcement::source).distinct().toList());
		sources.add(Reason.of(DiscoveryReasons.FROM_PORT, texts(ways.keySet())));
		Set<Remark> doubts = new LinkedHashSet<>();
		if (found.size() > 1) {
			doubts.add(Remark.warn(DiscoveryReasons.SECURITY_DIFFERS, endpoint, found.stream().map(Endpoint::toString).collect(Collectors.joining(", "))));
		}
		List<InetAddress> without = addresses.stream().filter(address -> !ways.containsKey(address)).toList();
		if (!without.isEmpty()) {
			doubts.add(Remark.warn(DiscoveryReasons.NOT_EVERYWHERE, endpoint, texts(without)));
		}
		ways.values().stream().filter(port -> port.evidence().outcome() != Outcome.PASS).filter(port -> isAbout(port, name))
				.forEach(port -> doubts.add(new Remark(port.evidence().outcome(), port.evidence().reason())));
		return Optional.of(new Line<>(endpoint, sources, List.copyOf(doubts)));
	}

	/// Whether what was wrong there is wrong with the name that is proposed: a certificate that does not have another name is none of its faults.
	private static boolean isAbout(Port port, DomainName name) {
		return !port.fact().verdict().equals(Reasons.TLS_NAME_MISMATCH) || port.name().equals(name) || !List.of(port.fact().names().split(" ")).contains(name.ascii());
	}

	private static Optional<Port> best(List<Port> ways, DomainName name) {
		return ways.stream().filter(port -> port.name().equals(name)).findFirst().or(() -> ways.stream().filter(port -> port.fact().proven()).findFirst())
				.or(() -> ways.stream().findFirst());
	}

	/// A port that does not tell relaying from submission by its number: then the announcement does.
	private Endpoint as(Endpoint found) {
		boolean submission = found.protocol() == Protocol.SMTP && seen.announcements().stream()
				.anyMatch(each -> each.speech() == Speech.SUBMISSION && each.port() == found.port() && group.contains(each.host()));
		return submission ? new Endpoint(Protocol.SUBMISSION, found.port(), found.security()) : found;
	}

	private static String texts(Collection<InetAddress> addresses) {
		return addresses.stream().map(IpText::of).collect(Collectors.joining(", "));
	}

	private void check(Announcement announced) {
		unanswered(seen, announced).ifPresent(remarks::add);
		seen.hosts().getOrDefault(announced.host(), List.of()).stream().flatMap(address -> at(address, announced.port())).filter(Port::speaks).findFirst()
				.filter(port -> differs(announced, port.fact()))
				.ifPresent(port -> remarks.add(Remark.warn(DiscoveryReasons.ANNOUNCED_OTHERWISE, announced.host(), announced.port(),
						announced.speech().token() + "/" + announced.security().token(), token(port.fact().speech()) + "/" + port.fact().security().token())));
	}

	private static boolean differs(Announcement announced, PortFact fact) {
		boolean relay = announced.speech() == Speech.SUBMISSION && fact.speech() == Speech.SMTP;
		return announced.security() != fact.security() || announced.speech() != fact.speech() && !relay;
	}

	private static String token(@Nullable Speech speech) {
		return speech == null ? "" : speech.token();
	}

	/// An endpoint that somebody names and that nobody answers at.
	static Optional<Remark> unanswered(Sightings seen, Announcement announced) {
		List<InetAddress> addresses = seen.hosts().getOrDefault(announced.host(), List.of());
		List<PortFact> knocks = seen.ports().stream().filter(port -> addresses.contains(port.address()) && port.fact().port() == announced.port()).map(Port::fact).toList();
		if (knocks.isEmpty() || knocks.stream().anyMatch(fact -> fact.state() == PortFact.State.OPEN)) {
			return Optional.empty();
		}
		boolean closed = knocks.stream().anyMatch(fact -> fact.state() == PortFact.State.CLOSED);
		String id = closed ? DiscoveryReasons.ANNOUNCED_CLOSED : DiscoveryReasons.ANNOUNCED_SILENT;
		Reason reason = Proposer.wrap(id, announced.source(), announced.host(), announced.speech().token(), announced.port());
		return Optional.of(new Remark(closed ? Outcome.FAIL : Outcome.UNKNOWN, reason));
	}

	private void checkDenials(List<Line<Endpoint>> endpoints) {
		for (DnsFact fact : seen.dns()) {
			if (fact.kind() == DnsFact.Kind.NOT_OFFERED) {
				SrvService.of(fact.service()).ifPresent(service -> endpoints.stream().map(Line::value)
						.filter(endpoint -> service.speech().protocol().filter(endpoint.protocol()::equals).isPresent() && endpoint.security() == service.security())
						.forEach(endpoint -> remarks.add(Remark.warn(DiscoveryReasons.DENIED_BUT_OPEN, fact.name(), endpoint))));
			}
		}
	}

	/// Names that people's programs will prove, and cannot.
	private void checkNames(DomainName chosen) {
		for (DomainName host : seen.announcements().stream().map(Announcement::host).distinct().filter(group::contains).toList()) {
			List<Port> asked = ports.stream().filter(port -> port.name().equals(host) && port.speaks() && port.fact().security() != Security.NONE).toList();
			if (!host.equals(chosen) && !asked.isEmpty() && asked.stream().noneMatch(port -> port.fact().proven())) {
				remarks.add(new Remark(Outcome.WARN, Proposer.wrap(DiscoveryReasons.ANNOUNCED_UNPROVEN, asked.getFirst().evidence().reason(), host)));
			}
		}
	}

	private void checkUse(DomainName name, List<Line<Endpoint>> endpoints) {
		Set<Protocol> offered = endpoints.stream().map(line -> line.value().protocol()).collect(Collectors.toSet());
		if (!offered.contains(Protocol.IMAP) && !offered.contains(Protocol.POP3)) {
			remarks.add(Remark.warn(DiscoveryReasons.NO_MAILBOXES, name));
		} else if (!offered.contains(Protocol.SUBMISSION)) {
			remarks.add(Remark.warn(DiscoveryReasons.NO_SUBMISSION, name));
		}
	}

	/// What a big provider says of itself, which no look at its machines tells.
	private void describe(Provider provider) {
		remarks.add(Remark.note(DiscoveryReasons.PROVIDER, provider.title(), String.join(", ", provider.logins().fact()), provider.logins().source(), provider.logins().read()));
		remarks.add(Remark.note(DiscoveryReasons.PROVIDER_SHARED, provider.title()));
		for (Provider.Limit limit : Provider.Limit.values()) {
			provider.limit(limit).ifPresent(
					said -> remarks.add(Remark.note(DiscoveryReasons.PROVIDER_LIMIT + limit.token(), provider.title(), said.fact(), said.source(), said.read())));
		}
	}
}
