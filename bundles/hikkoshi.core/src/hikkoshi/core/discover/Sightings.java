package hikkoshi.core.discover;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.HostName;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;

/// The evidence about a name, read and put in order.
///
/// @param hosts with an address, the most telling first
/// @param announcements endpoints that SRV records and documents name
record Sightings(
		DomainName name, List<DnsFact> dns, List<ConfigFact> documents, List<Port> ports, Map<DomainName, List<InetAddress>> hosts,
		List<Announcement> announcements, boolean exists) {
	/// What one knock gave, with its judgement.
	record Port(PortFact fact, InetAddress address, DomainName name, Evidence evidence) {
		boolean speaks() {
			return fact.state() == PortFact.State.OPEN && fact.speech() != null;
		}
	}

	/// An endpoint by somebody's word.
	///
	/// @param document whether a document says so, else a record
	record Announcement(DomainName host, Speech speech, int port, Security security, Reason source, boolean document) {
		Optional<Protocol> protocol() {
			return speech.protocol();
		}
	}

	static Sightings of(DomainName name, List<Evidence> evidence) {
		List<DnsFact> dns = new ArrayList<>();
		List<ConfigFact> documents = new ArrayList<>();
		List<Announcement> announced = new ArrayList<>();
		List<Port> ports = new ArrayList<>();
		boolean exists = true;
		String mine = new HostName(name).id().value();
		for (Evidence each : evidence) {
			boolean ofName = each.target().value().equals(mine);
			switch (each.probe()) {
				case DiscoveryProbes.DNS -> {
					if (ofName) {
						dns.addAll(0, DnsFact.read(each.facts()));
						exists = !each.reason().id().equals(DiscoveryReasons.NO_SUCH_NAME);
					}
				}
				case DiscoveryProbes.HOST -> dns.addAll(DnsFact.read(each.facts()));
				case DiscoveryProbes.AUTOCONFIG, DiscoveryProbes.AUTODISCOVER -> {
					if (ofName) {
						List<ConfigFact> facts = ConfigFact.read(each.facts());
						documents.addAll(facts);
						String source = each.probe().equals(DiscoveryProbes.AUTOCONFIG) ? DiscoveryReasons.FROM_AUTOCONFIG : DiscoveryReasons.FROM_AUTODISCOVER;
						facts.forEach(fact -> document(fact, source).ifPresent(announced::add));
					}
				}
				case DiscoveryProbes.PORT -> PortFact.read(each.facts()).forEach(fact -> port(fact, each).ifPresent(ports::add));
				default -> {
					// another probe's
				}
			}
		}
		List<Announcement> all = new ArrayList<>(dns.stream().flatMap(fact -> record(fact).stream()).toList());
		all.addAll(announced);
		return new Sightings(name, List.copyOf(dns), List.copyOf(documents), List.copyOf(ports), hosts(name, dns, documents, ports), List.copyOf(all), exists);
	}

	private static Optional<Port> port(PortFact fact, Evidence evidence) {
		return Hosts.address(fact.address()).flatMap(address -> Hosts.name(fact.name()).map(name -> new Port(fact, address, name, evidence)));
	}

	private static Optional<Announcement> document(ConfigFact fact, String source) {
		Speech speech = fact.speech();
		return speech == null || fact.port() == 0 ? Optional.empty()
				: fact.target().map(host -> new Announcement(host, speech, fact.port(), fact.security(), Reason.of(source, fact.url()), true));
	}

	private static Optional<Announcement> record(DnsFact fact) {
		if (fact.kind() != DnsFact.Kind.SRV || fact.port() == 0) {
			return Optional.empty();
		}
		return SrvService.of(fact.service()).flatMap(
				service -> fact.target().map(host -> new Announcement(host, service.speech(), fact.port(), service.security(), Reason.of(DiscoveryReasons.FROM_SRV, fact.name()), false)));
	}

	private static Map<DomainName, List<InetAddress>> hosts(DomainName name, List<DnsFact> dns, List<ConfigFact> documents, List<Port> ports) {
		Set<DomainName> names = new LinkedHashSet<>(HostFacts.announced(dns, documents));
		names.add(name);
		ports.forEach(port -> names.add(port.name()));
		Map<DomainName, List<InetAddress>> hosts = new LinkedHashMap<>();
		for (DomainName host : names) {
			// what was knocked at belongs to it even where the record is not at hand
			List<InetAddress> addresses = Stream.concat(HostFacts.addresses(dns, host).stream(),
					ports.stream().filter(port -> port.name().equals(host)).map(Port::address)).distinct().toList();
			if (!addresses.isEmpty()) {
				hosts.put(host, addresses);
			}
		}
		return hosts;
	}
}
