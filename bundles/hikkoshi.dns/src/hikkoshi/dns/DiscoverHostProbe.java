package hikkoshi.dns;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

import hikkoshi.core.discover.DiscoveryProbes;
import hikkoshi.core.discover.DnsFact;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.HostName;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;

/// Addresses and aliases of one host.
final class DiscoverHostProbe implements Probe<HostName> {
	/// (host, addresses)
	static final String FOUND = "discover.host.found";
	/// (host)
	static final String NOWHERE = "discover.host.nowhere";
	/// (host, status)
	static final String UNKNOWN = "discover.host.unknown";

	@Override
	public String id() {
		return DiscoveryProbes.HOST;
	}

	@Override
	public Class<HostName> target() {
		return HostName.class;
	}

	@Override
	public Finding examine(HostName host, ProbeContext context) throws IOException, InterruptedException {
		List<DnsFact> facts = HostFinder.of(context).addresses(List.of(Names.of(host.name())), false);
		String addresses = facts.stream().filter(fact -> fact.kind() == DnsFact.Kind.ADDRESS).map(DnsFact::address).collect(Collectors.joining(", "));
		String unknown = facts.stream().filter(fact -> fact.kind() == DnsFact.Kind.UNKNOWN).map(DnsFact::status).findFirst().orElse("");
		if (!unknown.isEmpty()) {
			return new Finding(Outcome.UNKNOWN, Reason.of(UNKNOWN, host.name(), unknown), DnsFact.table(facts));
		}
		return addresses.isEmpty() ? new Finding(Outcome.FAIL, Reason.of(NOWHERE, host.name()), DnsFact.table(facts))
				: new Finding(Outcome.PASS, Reason.of(FOUND, host.name(), addresses), DnsFact.table(facts));
	}
}
