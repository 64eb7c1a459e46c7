package hikkoshi.dns.audit;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.xbill.DNS.Name;

import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.dns.Names;

/// What is audited: a domain that moves, and the servers between which it does.
///
/// @param now for what depends on time
/// @param evidence what was seen of the servers' doors
/// @param blocklists zones of the block lists that the servers' addresses are looked up in
public record Subject(Domain domain, Optional<Server> oldServer, Optional<Server> newServer, Duration ttlTarget, Instant now, List<DomainName> blocklists,
		EvidenceView evidence) {
	public Subject {
		blocklists = List.copyOf(blocklists);
	}

	/// The domain with its servers, as the run knows them.
	public static Subject of(Domain domain, ProbeContext context) {
		return new Subject(domain, server(domain, Side.OLD, context), server(domain, Side.NEW, context), context.policy().ttlTarget(), context.clock().instant(),
				context.dns().blocklists(), context.evidence());
	}

	private static Optional<Server> server(Domain domain, Side side, ProbeContext context) {
		return context.servers().stream().filter(server -> server.side() == side && server.key().equals(domain.server(side))).findFirst();
	}

	Name name() {
		return Names.of(domain.name());
	}

	Name below(String labels) {
		return Name.fromConstantString(labels + "." + domain.name().ascii() + ".");
	}

	List<InetAddress> addresses(Side side) {
		return (side == Side.OLD ? oldServer : newServer).map(Server::addresses).orElse(List.of());
	}

	/// The side that an address belongs to; empty for a stranger's.
	Optional<Side> side(InetAddress address) {
		return addresses(Side.NEW).contains(address) ? Optional.of(Side.NEW) : addresses(Side.OLD).contains(address) ? Optional.of(Side.OLD) : Optional.empty();
	}
}
