package hikkoshi.core.discover;

import java.util.List;
import java.util.Optional;

import hikkoshi.core.model.HostName;
import hikkoshi.core.model.HostPort;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeSet;

/// The questions of a discovery, as the leaves answer them. One that no leaf offers is not asked.
public final class DiscoveryProbes {
	/// All that DNS says of a name and of the hosts it leads to. (HostName, [DnsFact])
	public static final String DNS = "discover.dns";
	/// Addresses and aliases of one host. (HostName, [DnsFact])
	public static final String HOST = "discover.host";
	/// Thunderbird's document. (HostName, [ConfigFact])
	public static final String AUTOCONFIG = "discover.autoconfig";
	/// Exchange's document (POX). (HostName, [ConfigFact])
	public static final String AUTODISCOVER = "discover.autodiscover";
	/// What speaks at a port. (HostPort, [PortFact])
	public static final String PORT = "discover.port";

	private final List<ProbeSet> leaves;

	DiscoveryProbes(List<ProbeSet> leaves) {
		this.leaves = List.copyOf(leaves);
	}

	Optional<Probe<HostName>> ofHost(String id) {
		return named(id, HostName.class);
	}

	Optional<Probe<HostPort>> ofPort() {
		return named(PORT, HostPort.class);
	}

	@SuppressWarnings("unchecked") // target() is what T is
	private <T extends Target> Optional<Probe<T>> named(String id, Class<T> type) {
		return ProbeSet.named(id, leaves).filter(probe -> probe.target() == type).map(probe -> (Probe<T>) probe);
	}
}
