package hikkoshi.core.discover;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.HostName;
import hikkoshi.core.model.HostPort;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.Probe;

/// The way of one name: DNS, then documents on the web and the ports of all hosts side by side, then the hosts that only a document names.
/// Its own time and its own share of the work: what is slow here is slow here only. Used once.
final class NamePipeline {
	private final DomainName name;
	private final Questions questions;
	private final DiscoveryOptions options;
	private final Semaphore share;
	private final Map<Target.Id, Evidence> seen = new LinkedHashMap<>();
	private final List<DnsFact> dns = new ArrayList<>();
	private final List<ConfigFact> documents = new ArrayList<>();
	/// At each address one host knocks at every port; the others then ask only where somebody opened.
	private final Map<InetAddress, CompletableFuture<List<Integer>>> open = new HashMap<>();
	private final Map<InetAddress, Semaphore> places = new HashMap<>();
	private int running;
	private boolean cutShort;

	NamePipeline(DomainName name, Questions questions) {
		this.name = name;
		this.questions = questions;
		options = questions.options();
		share = new Semaphore(options.tasksPerName());
	}

	private interface Work {
		void run() throws InterruptedException;
	}

	/// Blocks until all is known or the name's time is over.
	Discovered call() throws InterruptedException {
		long deadline = System.nanoTime() + options.patience().toNanos();
		try (var executor = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("discover-" + name + "-", 0).factory())) {
			try {
				start(executor, () -> askDns(executor));
				cutShort = !await(deadline);
			} finally {
				// before leaving the try: close() of the executor would wait for ever otherwise (design.md, 5)
				executor.shutdownNow();
			}
		}
		List<Evidence> evidence;
		synchronized (this) {
			evidence = List.copyOf(seen.values());
		}
		return new Discovered(name, evidence, cutShort, Proposal.of(name, evidence, cutShort));
	}

	private synchronized boolean await(long deadline) throws InterruptedException {
		while (running > 0) {
			long left = deadline - System.nanoTime();
			if (left <= 0) {
				return false;
			}
			TimeUnit.NANOSECONDS.timedWait(this, left);
		}
		return true;
	}

	private void start(ExecutorService executor, Work work) {
		synchronized (this) {
			running++;
		}
		executor.submit(() -> {
			try {
				work.run();
			} finally {
				synchronized (this) {
					running--;
					notifyAll();
				}
			}
			return null;
		});
	}

	private <T extends Target> Evidence ask(Probe<T> probe, T target) throws InterruptedException {
		share.acquire();
		try {
			Evidence evidence = questions.ask(probe, target);
			synchronized (this) {
				seen.put(new Target.Id(probe.id() + " " + target.id()), evidence);
			}
			return evidence;
		} finally {
			share.release();
		}
	}

	private void askDns(ExecutorService executor) throws InterruptedException {
		var probe = questions.probes().ofHost(DiscoveryProbes.DNS);
		if (probe.isPresent()) {
			List<DnsFact> facts = DnsFact.read(ask(probe.get(), new HostName(name)).facts());
			questions.learn(name, facts);
			synchronized (this) {
				dns.addAll(facts);
			}
		}
		for (String id : List.of(DiscoveryProbes.AUTOCONFIG, DiscoveryProbes.AUTODISCOVER)) {
			questions.probes().ofHost(id).ifPresent(document -> start(executor, () -> askWeb(executor, document)));
		}
		List<DnsFact> known = dns();
		Set<DomainName> announced = HostFacts.announced(known, List.of());
		announced.forEach(host -> knock(executor, host, HostFacts.addresses(known, host), HostFacts.ports(host, known, List.of())));
		for (DomainName guess : HostFacts.guessed(name, known, options.guesses())) {
			// an address at which an announced host is being asked is not asked again for a guess
			knock(executor, guess, unclaimed(HostFacts.addresses(known, guess)), Set.of());
		}
	}

	private void askWeb(ExecutorService executor, Probe<HostName> probe) throws InterruptedException {
		List<ConfigFact> facts = ConfigFact.read(ask(probe, new HostName(name)).facts());
		Set<DomainName> before = HostFacts.announced(dns(), List.of());
		synchronized (this) {
			documents.addAll(facts);
		}
		for (DomainName host : HostFacts.announced(List.of(), facts)) {
			Set<Integer> ports = HostFacts.ports(host, List.of(), facts);
			List<InetAddress> addresses = resolve(host);
			if (before.contains(host)) {
				ports.removeIf(port -> options.expected(port).isPresent());
				addresses.forEach(address -> ports.forEach(port -> askPort(executor, host, address, port)));
			} else {
				knock(executor, host, addresses, ports);
			}
		}
	}

	private synchronized List<DnsFact> dns() {
		return List.copyOf(dns);
	}

	/// A host that DNS has not led to: its addresses are evidence of their own.
	private List<InetAddress> resolve(DomainName host) throws InterruptedException {
		List<InetAddress> known = HostFacts.addresses(dns(), host);
		var probe = questions.probes().ofHost(DiscoveryProbes.HOST);
		return !known.isEmpty() || probe.isEmpty() ? known : HostFacts.addresses(DnsFact.read(ask(probe.get(), new HostName(host)).facts()), host);
	}

	private synchronized List<InetAddress> unclaimed(List<InetAddress> addresses) {
		return addresses.stream().filter(address -> !open.containsKey(address)).toList();
	}

	/// Asks for a host at its addresses: at every port where it comes first, at the open ones where another did.
	private void knock(ExecutorService executor, DomainName host, Collection<InetAddress> addresses, Set<Integer> named) {
		for (InetAddress address : addresses) {
			CompletableFuture<List<Integer>> mine = new CompletableFuture<>();
			CompletableFuture<List<Integer>> first;
			synchronized (this) {
				first = open.putIfAbsent(address, mine);
			}
			if (first == null) {
				Set<Integer> all = new TreeSet<>(named);
				options.ports().forEach(port -> all.add(port.port()));
				lead(executor, host, address, all, mine);
			} else {
				start(executor, () -> follow(executor, host, address, named, first));
			}
		}
	}

	private void lead(ExecutorService executor, DomainName host, InetAddress address, Set<Integer> ports, CompletableFuture<List<Integer>> result) {
		List<Integer> answered = new ArrayList<>();
		int[] missing = { ports.size() };
		for (int port : ports) {
			start(executor, () -> {
				boolean somebody = isOpen(host, address, port);
				synchronized (answered) {
					if (somebody) {
						answered.add(port);
					}
					if (--missing[0] == 0) {
						result.complete(List.copyOf(answered));
					}
				}
			});
		}
		if (ports.isEmpty()) {
			result.complete(List.of());
		}
	}

	private void follow(ExecutorService executor, DomainName host, InetAddress address, Set<Integer> named, CompletableFuture<List<Integer>> first)
			throws InterruptedException {
		try {
			Set<Integer> ports = new TreeSet<>(named);
			ports.removeIf(port -> options.expected(port).isPresent());
			ports.addAll(first.get());
			ports.forEach(port -> askPort(executor, host, address, port));
		} catch (ExecutionException e) {
			throw new IllegalStateException("nobody completes it so", e);
		}
	}

	private void askPort(ExecutorService executor, DomainName host, InetAddress address, int port) {
		start(executor, () -> isOpen(host, address, port));
	}

	private boolean isOpen(DomainName host, InetAddress address, int port) throws InterruptedException {
		var probe = questions.probes().ofPort();
		if (probe.isEmpty()) {
			return false;
		}
		// who waits for the address must not hold a share meanwhile: one silent host would stop the name
		Semaphore here;
		synchronized (this) {
			here = places.computeIfAbsent(address, _ -> new Semaphore(options.policy().connectionsPerServer(), true));
		}
		here.acquire();
		Evidence evidence;
		try {
			evidence = ask(probe.get(), new HostPort(host, address, port));
		} finally {
			here.release();
		}
		return PortFact.read(evidence.facts()).stream().anyMatch(fact -> fact.state() == PortFact.State.OPEN || fact.state() == PortFact.State.OTHER);
	}
}
