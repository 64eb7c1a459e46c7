package hikkoshi.core.discover;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import hikkoshi.core.model.DomainName;

/// Which hosts DNS and set-up documents lead to, and where they are. Pure functions of facts.
final class HostFacts {
	/// RFC 5321 sets no bound for MX; a name with more hosts than this is a trap.
	static final int MOST_HOSTS = 40;
	static final int MOST_ADDRESSES = 16;
	private static final int MOST_ALIASES = 8;

	private HostFacts() {}

	/// A host's addresses, aliases followed.
	static List<InetAddress> addresses(List<DnsFact> facts, DomainName host) {
		String name = host.ascii();
		for (int i = 0; i <= MOST_ALIASES; i++) {
			String at = name;
			List<InetAddress> found = facts.stream().filter(f -> f.kind() == DnsFact.Kind.ADDRESS && f.name().equals(at)).flatMap(f -> f.inetAddress().stream())
					.distinct().limit(MOST_ADDRESSES).toList();
			String target = facts.stream().filter(f -> f.kind() == DnsFact.Kind.ALIAS && f.name().equals(at)).map(DnsFact::host).findFirst().orElse(at);
			if (!found.isEmpty() || target.equals(at)) {
				return found;
			}
			name = target;
		}
		return List.of();
	}

	/// Hosts that a name expressly leads to, the most telling first: SRV, then documents, then MX.
	static Set<DomainName> announced(List<DnsFact> dns, List<ConfigFact> documents) {
		Set<DomainName> hosts = new LinkedHashSet<>();
		srv(dns).filter(f -> !f.service().equals("autodiscover")).flatMap(f -> f.target().stream()).forEach(hosts::add);
		documents.stream().flatMap(f -> f.target().stream()).forEach(hosts::add);
		dns.stream().filter(f -> f.kind() == DnsFact.Kind.MX).sorted(Comparator.comparingInt(DnsFact::priority)).flatMap(f -> f.target().stream())
				.forEach(hosts::add);
		return limited(hosts);
	}

	private static Stream<DnsFact> srv(List<DnsFact> dns) {
		return dns.stream().filter(f -> f.kind() == DnsFact.Kind.SRV).sorted(Comparator.comparingInt(DnsFact::priority));
	}

	/// The names that are usual below a name, where they exist, and the name itself: where it is among the guesses (as `@`), or nothing else leads
	/// anywhere.
	static Set<DomainName> guessed(DomainName name, List<DnsFact> dns, List<String> guesses) {
		Set<DomainName> hosts = new LinkedHashSet<>();
		guesses.stream().filter(guess -> !guess.equals(DiscoveryOptions.ITSELF)).forEach(guess -> Hosts.name(guess + "." + name).ifPresent(hosts::add));
		if (guesses.contains(DiscoveryOptions.ITSELF) || announced(dns, List.of()).isEmpty()) {
			hosts.add(name);
		}
		hosts.removeIf(host -> addresses(dns, host).isEmpty());
		return limited(hosts);
	}

	/// Ports that servers or documents name for a host, besides the registered ones.
	static Set<Integer> ports(DomainName host, List<DnsFact> dns, List<ConfigFact> documents) {
		Set<Integer> ports = new LinkedHashSet<>();
		srv(dns).filter(f -> !f.service().equals("autodiscover") && f.port() > 0 && f.target().filter(host::equals).isPresent()).forEach(f -> ports.add(f.port()));
		documents.stream().filter(f -> f.port() > 0 && f.speech() != null && f.target().filter(host::equals).isPresent()).forEach(f -> ports.add(f.port()));
		return ports;
	}

	/// Hosts that share an address belong together, and so do those that share one with either.
	static List<List<DomainName>> together(Map<DomainName, List<InetAddress>> hosts) {
		Map<InetAddress, Integer> groupOf = new LinkedHashMap<>();
		List<List<DomainName>> groups = new ArrayList<>();
		hosts.forEach((host, addresses) -> {
			List<Integer> joined = addresses.stream().map(groupOf::get).filter(Objects::nonNull).distinct().sorted().toList();
			int group = joined.isEmpty() ? groups.size() : joined.getFirst();
			if (joined.isEmpty()) {
				groups.add(new ArrayList<>());
			}
			for (int other : joined.subList(Math.min(1, joined.size()), joined.size())) {
				groups.get(group).addAll(groups.get(other));
				groups.get(other).clear();
				groupOf.replaceAll((_, number) -> number == other ? group : number);
			}
			groups.get(group).add(host);
			addresses.forEach(address -> groupOf.put(address, group));
		});
		return groups.stream().filter(group -> !group.isEmpty()).<List<DomainName>>map(List::copyOf).toList();
	}

	private static Set<DomainName> limited(Set<DomainName> hosts) {
		return hosts.size() <= MOST_HOSTS ? hosts : new LinkedHashSet<>(List.copyOf(hosts).subList(0, MOST_HOSTS));
	}
}
