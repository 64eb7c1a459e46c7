package hikkoshi.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import hikkoshi.core.discover.DnsFact;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Server;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;

/// Whether the name that set-up sheets hand out leads to this server, and to nothing else: a mail program resolves it by itself, and must end at
/// the same side each time. Not routine: asked before sheets are made.
final class SetupNameProbe implements Probe<Server> {
	/// (name, addresses)
	static final String HERE = "dns.setup.here";
	/// (name, addresses that are not this server's)
	static final String ELSEWHERE = "dns.setup.elsewhere";
	/// (name)
	static final String NOWHERE = "dns.setup.nowhere";
	/// (name, status)
	static final String UNKNOWN = "dns.setup.unknown";

	@Override
	public String id() {
		return "dns.setup-name";
	}

	@Override
	public Class<Server> target() {
		return Server.class;
	}

	@Override
	public boolean isRoutine() {
		return false;
	}

	@Override
	public Finding examine(Server server, ProbeContext context) throws IOException, InterruptedException {
		DomainName name = server.setupName();
		List<DnsFact> facts = new HostFinder(new Finder.Authorities(DnsRun.of(context))).addresses(List.of(Names.of(name)), false);
		List<InetAddress> addresses = new ArrayList<>();
		facts.forEach(fact -> fact.inetAddress().ifPresent(addresses::add));
		Optional<String> unknown = facts.stream().filter(fact -> fact.kind() == DnsFact.Kind.UNKNOWN).map(DnsFact::status).findFirst();
		String strangers = addresses.stream().filter(address -> !server.addresses().contains(address)).map(IpText::of).collect(Collectors.joining(", "));
		if (!strangers.isEmpty()) {
			return new Finding(Outcome.FAIL, Reason.of(ELSEWHERE, name, strangers), DnsFact.table(facts));
		}
		if (unknown.isPresent()) {
			return new Finding(Outcome.UNKNOWN, Reason.of(UNKNOWN, name, unknown.get()), DnsFact.table(facts));
		}
		return addresses.isEmpty() ? new Finding(Outcome.FAIL, Reason.of(NOWHERE, name), DnsFact.table(facts))
				: new Finding(Outcome.PASS, Reason.of(HERE, name, addresses.stream().map(IpText::of).collect(Collectors.joining(", "))), DnsFact.table(facts));
	}
}
