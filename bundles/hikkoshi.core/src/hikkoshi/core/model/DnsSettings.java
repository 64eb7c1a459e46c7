package hikkoshi.core.model;

import java.util.List;

/// Where DNS is asked.
///
/// @param resolvers caching resolvers to watch besides the authoritative servers
/// @param roots root hints in force; empty means the public root servers
/// @param authoritativePort port of servers found by delegation: 53 but in a lab or rehearsal
/// @param blocklists zones of DNS block lists (RFC 5782) that the servers' addresses are looked up in
/// @param anchors DS records of the root's keys in presentation form, e.g. `20326 8 2 E06D44…`; empty means IANA's, but only for the public roots
/// @param watch which records are watched while a domain moves
public record DnsSettings(List<NameServer> resolvers, List<NameServer> roots, int authoritativePort, List<DomainName> blocklists, List<String> anchors,
		WatchSettings watch) {
	public static final DnsSettings DEFAULT = new DnsSettings(List.of(), List.of(), NameServer.DNS_PORT);

	public DnsSettings {
		resolvers = List.copyOf(resolvers);
		roots = List.copyOf(roots);
		blocklists = List.copyOf(blocklists);
		anchors = List.copyOf(anchors);
	}

	/// Watching the usual records.
	public DnsSettings(List<NameServer> resolvers, List<NameServer> roots, int authoritativePort, List<DomainName> blocklists, List<String> anchors) {
		this(resolvers, roots, authoritativePort, blocklists, anchors, WatchSettings.DEFAULT);
	}

	/// Without block lists and anchors of its own.
	public DnsSettings(List<NameServer> resolvers, List<NameServer> roots, int authoritativePort) {
		this(resolvers, roots, authoritativePort, List.of(), List.of());
	}
}
