package hikkoshi.core.discover;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.HostName;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.core.secret.Secrets;

/// What all names of a discovery share: each question is asked once, whoever needs it, and its evidence handed on once. Safe for several
/// threads.
final class Questions implements Reach {
	private final DiscoveryProbes probes;
	private final DiscoveryOptions options;
	private final ProbeContext context;
	private final Consumer<Evidence> found;
	private final Bounds bounds;
	private final Map<DomainName, List<DnsFact>> dns = new ConcurrentHashMap<>();

	private record Asked(String probe, Target.Id target) {}

	/// @param found takes what is seen, from several threads
	Questions(List<ProbeSet> leaves, Clock clock, DiscoveryOptions options, RunMemo memo, Consumer<Evidence> found) throws IOException, InterruptedException {
		probes = new DiscoveryProbes(leaves);
		this.options = options;
		this.found = found;
		bounds = new Bounds(options.connections(), options.policy().connectionsPerServer());
		context = new ProbeContext(clock, Secrets.none(), options.policy(), options.dns(), options.anchors(), memo);
		Reach.open(memo, this);
	}

	DiscoveryProbes probes() {
		return probes;
	}

	/// Asks, or takes what was seen already. An asker that is interrupted leaves the question to whoever waits for its answer.
	<T extends Target> Evidence ask(Probe<T> probe, T target) throws InterruptedException {
		try {
			return context.memo().once(new Asked(probe.id(), target.id()), Evidence.class, () -> observe(probe, target));
		} catch (IOException e) {
			throw new IllegalStateException("observing makes evidence of every failure", e);
		}
	}

	private <T extends Target> Evidence observe(Probe<T> probe, T target) throws InterruptedException {
		Evidence evidence = new ProbeTask<>(probe, target).observe(context);
		found.accept(evidence);
		return evidence;
	}

	/// Lets the probes know what DNS has said of a name.
	void learn(DomainName name, List<DnsFact> facts) {
		dns.put(name, List.copyOf(facts));
	}

	@Override
	public DiscoveryOptions options() {
		return options;
	}

	@Override
	public List<DnsFact> dns(DomainName name) {
		return dns.getOrDefault(name, List.of());
	}

	@Override
	public List<InetAddress> addresses(DomainName host) throws InterruptedException {
		List<InetAddress> known = dns.values().stream().map(facts -> HostFacts.addresses(facts, host)).filter(list -> !list.isEmpty()).findFirst().orElse(List.of());
		if (!known.isEmpty()) {
			return known;
		}
		Optional<Probe<HostName>> probe = probes.ofHost(DiscoveryProbes.HOST);
		return probe.isEmpty() ? List.of() : HostFacts.addresses(DnsFact.read(ask(probe.get(), new HostName(host)).facts()), host);
	}

	@Override
	public Place enter(InetAddress address) throws InterruptedException {
		return bounds.enter(address);
	}
}
