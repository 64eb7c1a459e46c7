package hikkoshi.core.tests.discover;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import hikkoshi.core.discover.ConfigFact;
import hikkoshi.core.discover.DiscoveryProbes;
import hikkoshi.core.discover.DnsFact;
import hikkoshi.core.discover.PortFact;
import hikkoshi.core.discover.Reach;
import hikkoshi.core.discover.Speech;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.HostName;
import hikkoshi.core.model.HostPort;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.Reasons;

/// A leaf that knows an imagined world, and what was asked of it.
final class Imagined implements ProbeSet {
	/// What happens before an answer is given.
	interface Hook {
		void before(String probe, Target target, ProbeContext context) throws IOException, InterruptedException;
	}

	final Map<String, List<DnsFact>> dns = new ConcurrentHashMap<>();
	final Map<String, List<ConfigFact>> autoconfig = new ConcurrentHashMap<>();
	final Map<String, PortFact> ports = new ConcurrentHashMap<>();
	final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
	final List<String> order = java.util.Collections.synchronizedList(new ArrayList<>());
	volatile Hook hook = (_, _, _) -> {};

	Imagined dns(String name, DnsFact... facts) {
		dns.put(name, List.of(facts));
		return this;
	}

	/// An open port with TLS that proves the name it was asked for.
	Imagined open(String host, String address, int port, Speech speech, Security security) {
		ports.put(host + "@" + address + ":" + port, port(host, address, port, speech, security, PortFact.OK));
		return this;
	}

	Imagined put(PortFact fact) {
		ports.put(fact.name() + "@" + fact.address() + ":" + fact.port(), fact);
		return this;
	}

	static PortFact port(String host, String address, int port, Speech speech, Security security, String verdict) {
		return new PortFact(address, port, host, PortFact.State.OPEN, speech, security, security == Security.NONE ? "" : "TLSv1.3", host, "CN=CA", "", "", "", verdict, "hello",
				"");
	}

	@Override
	public List<Probe<?>> probes() {
		return List.of(probe(DiscoveryProbes.DNS, HostName.class, (host, _) -> dns(host)), probe(DiscoveryProbes.HOST, HostName.class, (host, _) -> dns(host)),
				probe(DiscoveryProbes.AUTOCONFIG, HostName.class, (host, _) -> new Finding(Outcome.PASS, Reason.of("test.document"),
						ConfigFact.table(autoconfig.getOrDefault(host.name().ascii(), List.of())))),
				probe(DiscoveryProbes.PORT, HostPort.class, this::port));
	}

	private Finding dns(HostName host) {
		return new Finding(Outcome.PASS, Reason.of("test.dns"), DnsFact.table(dns.getOrDefault(host.name().ascii(), List.of())));
	}

	private Finding port(HostPort at, ProbeContext context) throws IOException, InterruptedException {
		try (Reach.Place _ = Reach.of(context).enter(at.address())) {
			PortFact fact = ports.get(at.name() + "@" + IpText.of(at.address()) + ":" + at.port());
			if (fact == null) {
				return new Finding(Outcome.PASS, Reason.of(Reasons.REFUSED, at.address(), at.port()),
						PortFact.table(PortFact.nothing(IpText.of(at.address()), at.port(), at.name().ascii(), PortFact.State.CLOSED, Reasons.REFUSED)));
			}
			return finding(fact);
		}
	}

	static Finding finding(PortFact fact) {
		boolean fine = fact.proven() || fact.state() == PortFact.State.CLOSED;
		Outcome outcome = fine ? Outcome.PASS : fact.state() == PortFact.State.SILENT ? Outcome.UNKNOWN : Outcome.WARN;
		return new Finding(outcome, Reason.of(fact.verdict(), fact.name(), fact.names()), PortFact.table(fact));
	}

	private interface Answer<T> {
		Finding to(T target, ProbeContext context) throws IOException, InterruptedException;
	}

	private <T extends Target> Probe<T> probe(String id, Class<T> type, Answer<T> answer) {
		return new Probe<>() {
			@Override
			public String id() {
				return id;
			}

			@Override
			public Class<T> target() {
				return type;
			}

			@Override
			public Finding examine(T target, ProbeContext context) throws IOException, InterruptedException {
				asked.computeIfAbsent(id + " " + target.id(), _ -> new AtomicInteger()).incrementAndGet();
				order.add(id + " " + target.id());
				hook.before(id, target, context);
				return answer.to(target, context);
			}
		};
	}

	int times(String probe, Target target) {
		AtomicInteger count = asked.get(probe + " " + target.id());
		return count == null ? 0 : count.get();
	}

	@Override
	public ResourceBundle texts(Locale locale) {
		throw new UnsupportedOperationException("nobody reads them here");
	}


	static InetAddress ip(String text) {
		return InetAddress.ofLiteral(text);
	}
}
