package hikkoshi.core.model;

import java.util.List;

/// Where DNS is asked.
///
/// @param resolvers caching resolvers to watch besides the authoritative servers
/// @param roots root hints in force; empty means the public root servers
/// @param authoritativePort port of servers found by delegation: 53 but in a lab or rehearsal
public record DnsSettings(List<NameServer> resolvers, List<NameServer> roots, int authoritativePort) {
	public static final DnsSettings DEFAULT = new DnsSettings(List.of(), List.of(), NameServer.DNS_PORT);

	public DnsSettings {
		resolvers = List.copyOf(resolvers);
		roots = List.copyOf(roots);
	}
}
