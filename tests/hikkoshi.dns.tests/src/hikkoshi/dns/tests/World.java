package hikkoshi.dns.tests;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.core.secret.Secrets;
import hikkoshi.dns.DnsProbes;
import hikkoshi.rehearsal.dns.AuthoritativeServer;
import hikkoshi.rehearsal.dns.DnsData;
import hikkoshi.rehearsal.dns.DnsHost;
import hikkoshi.rehearsal.dns.DnsMessage;
import hikkoshi.rehearsal.dns.DnsName;
import hikkoshi.rehearsal.dns.DnsService;
import hikkoshi.rehearsal.dns.Zone;

/// A root, a top-level domain `test`, and `example.test` at two servers, all real (the rehearsal's), each question counted. What a server does
/// can be changed while it runs.
final class World implements AutoCloseable {
	static final InetAddress ROOT = InetAddress.ofLiteral("127.0.0.61");
	static final InetAddress TLD = InetAddress.ofLiteral("127.0.0.62");
	static final InetAddress ONE = InetAddress.ofLiteral("127.0.0.63");
	static final InetAddress TWO = InetAddress.ofLiteral("127.0.0.64");
	static final InetAddress RESOLVER = InetAddress.ofLiteral("127.0.0.65");

	final AuthoritativeServer root = new AuthoritativeServer();
	final AuthoritativeServer tld = new AuthoritativeServer();
	final AuthoritativeServer one = new AuthoritativeServer();
	final AuthoritativeServer two = new AuthoritativeServer();
	/// What a server does instead of what it should.
	final Map<InetAddress, DnsService> instead = new ConcurrentHashMap<>();
	final Map<InetAddress, AtomicInteger> counts = new LinkedHashMap<>();
	private final DnsHost host;

	World() throws IOException {
		root.put(Zone.of(".", "a.root.test", 3600, 60)
				.plus("@", 3600, ns("a.root.test"))
				.plus("test", 3600, ns("ns.test"))
				.plusAddress("ns.test", 3600, TLD));
		tld.put(Zone.of("test", "ns.test", 3600, 60)
				.plus("@", 3600, ns("ns.test"))
				.plusAddress("ns", 3600, TLD)
				.plus("example", 3600, ns("ns1.example.test"))
				.plus("example", 3600, ns("ns2.example.test"))
				.plusAddress("ns1.example", 3600, ONE)
				.plusAddress("ns2.example", 3600, TWO));
		put(example());
		Map<InetAddress, DnsService> services = new LinkedHashMap<>();
		Map.of(ROOT, root, TLD, tld, ONE, one, TWO, two, RESOLVER, one).forEach((at, service) -> {
			AtomicInteger count = new AtomicInteger();
			counts.put(at, count);
			services.put(at, query -> {
				count.incrementAndGet();
				return instead.getOrDefault(at, service).answer(query);
			});
		});
		host = DnsHost.start(services);
	}

	static DnsData ns(String name) {
		return new DnsData.NameServer(DnsName.of(name));
	}

	static DnsData mx(int preference, String name) {
		return new DnsData.MailExchanger(preference, DnsName.of(name));
	}

	static Zone example() {
		return Zone.of("example.test", "ns1.example.test", 3600, 30)
				.plus("@", 3600, ns("ns1.example.test"))
				.plus("@", 3600, ns("ns2.example.test"))
				.plusAddress("ns1", 3600, ONE)
				.plusAddress("ns2", 3600, TWO)
				.plus("@", 300, mx(10, "old.example.test"))
				.plusAddress("old", 300, InetAddress.ofLiteral("127.0.0.41"))
				.plusAddress("old", 300, InetAddress.ofLiteral("::1"));
	}

	/// The same zone at both servers.
	void put(Zone zone) {
		one.put(zone);
		two.put(zone);
	}

	int port() {
		return host.port();
	}

	DnsSettings settings(boolean resolver) {
		return new DnsSettings(resolver ? List.of(new NameServer("cache", RESOLVER, port())) : List.of(), List.of(new NameServer("root", ROOT, port())), port());
	}

	static Policy policy(Duration readTimeout) {
		Policy d = Policy.DEFAULT;
		return new Policy(d.evidenceMaxAge(), d.connectionsPerServer(), d.loginsPerSecond(), d.lockoutAfter(), Duration.ofSeconds(5), readTimeout,
				d.probeTimeout(), d.ttlTarget(), d.quiet(), d.canaries());
	}

	static Domain domain(String name) {
		return new Domain(DomainName.parse(name), "w", "old", "new");
	}

	static ProbeContext context(DnsSettings settings, Duration readTimeout) {
		return new ProbeContext(Clock.systemUTC(), Secrets.none(), policy(readTimeout), settings, List.of(), new RunMemo());
	}

	static ProbeTask<?> task(String probe, String domain) {
		Probe<?> found = new DnsProbes().probes().stream().filter(each -> each.id().equals(probe)).findFirst().orElseThrow();
		return task(found, domain(domain));
	}

	private static <T extends Target> ProbeTask<T> task(Probe<T> probe, Target target) {
		return new ProbeTask<>(probe, probe.target().cast(target));
	}

	private static <T extends Target> Finding examine(ProbeTask<T> task, ProbeContext context) throws IOException, InterruptedException {
		return task.probe().examine(task.target(), context);
	}

	/// One probe in a run of its own.
	Finding find(String probe, String domain) throws IOException, InterruptedException {
		return find(probe, domain, false, Duration.ofSeconds(3));
	}

	Finding find(String probe, String domain, boolean resolver, Duration readTimeout) throws IOException, InterruptedException {
		ProbeContext context = context(settings(resolver), readTimeout);
		try (RunMemo _ = context.memo()) {
			return examine(task(probe, domain), context);
		}
	}

	/// The cells of some columns, row by row.
	static List<List<String>> cells(Finding finding, String... columns) {
		Facts.Table table = (Facts.Table) finding.facts();
		List<List<String>> rows = new ArrayList<>();
		for (List<String> row : table.rows()) {
			rows.add(List.of(columns).stream().map(column -> row.get(table.columns().indexOf(column))).toList());
		}
		return rows;
	}

	static DnsService saying(int rcode) {
		return query -> new DnsMessage(query.id(), true, 0, false, false, query.recursionDesired(), false, rcode, query.question(), List.of(), List.of(),
				List.of(), 0, 0);
	}

	@Override
	public void close() {
		host.close();
	}
}
