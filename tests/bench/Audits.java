import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.xbill.DNS.Name;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.DkimSelectors;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Wave;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.ProbeRun;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.core.probe.Targets;
import hikkoshi.core.secret.Secrets;
import hikkoshi.dns.audit.Audit;
import hikkoshi.dns.transport.DnsQuery;
import hikkoshi.dns.transport.DnsTransport;
import hikkoshi.dns.transport.Patience;
import hikkoshi.rehearsal.dns.AuthoritativeServer;
import hikkoshi.rehearsal.dns.DnsData;
import hikkoshi.rehearsal.dns.DnsHost;
import hikkoshi.rehearsal.dns.DnsMessage;
import hikkoshi.rehearsal.dns.DnsName;
import hikkoshi.rehearsal.dns.DnsService;
import hikkoshi.rehearsal.dns.Zone;

/// The whole audit of many domains, from the root down, against just sending the questions that it sent, over the same transport to the same servers (the
/// rehearsal's, in this process, on loopback). Nothing is kept but in memory, on either side.
final class Audits {
	private static final double TARGET = 2;
	private static final int IN_FLIGHT = 200;
	private static final InetAddress ROOT = InetAddress.ofLiteral("127.0.61.1");
	private static final InetAddress TLD = InetAddress.ofLiteral("127.0.61.2");
	private static final List<InetAddress> SERVERS = List.of(InetAddress.ofLiteral("127.0.61.3"), InetAddress.ofLiteral("127.0.61.4"));

	private record Asked(InetAddress server, String name, int type) {}

	private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
	private volatile boolean recording;

	public static void main(String[] args) throws Exception {
		int domains = args.length > 2 ? Integer.parseInt(args[2]) : 1_000;
		int rounds = args.length > 3 ? Integer.parseInt(args[3]) : 5;
		new Audits().run(domains, rounds);
	}

	private void run(int domains, int rounds) throws Exception {
		Migration migration = migration(domains);
		try (DnsHost host = DnsHost.start(services(domains))) {
			DnsSettings dns = new DnsSettings(List.of(), List.of(new NameServer("root", ROOT, host.port())), host.port());
			recording = true;
			Round first = audit(migration, dns);
			recording = false;
			List<Asked> questions = List.copyOf(asked);
			System.out.printf("%d domains, %d checks: %d judgements, %d questions (%d of them different), %.1f a domain%n", domains, new Audit().probes().size(), first.found,
					questions.size(), questions.stream().distinct().count(), questions.size() / (double) domains);
			World.verdict(questions.size() == questions.stream().distinct().count(), "each question asked once");
			World.verdict(first.questions == questions.size(), "counted " + first.questions);
			World.verdict(first.unknown == 0, "nothing unanswered (" + first.unknown + ")");
			List<Double> floors = new ArrayList<>();
			List<Double> ours = new ArrayList<>();
			List<Double> floorsCpu = new ArrayList<>();
			List<Double> oursCpu = new ArrayList<>();
			for (int round = 1; round <= rounds; round++) {
				double begin = cpu();
				floors.add(ask(questions, host.port()));
				double middle = cpu();
				ours.add(audit(migration, dns).seconds);
				floorsCpu.add(middle - begin);
				oursCpu.add(cpu() - middle);
				System.out.printf("round %d: questions %.2f s, audit %.2f s, ratio %.2f; processor %.2f s, %.2f s, ratio %.2f%n", round, floors.getLast(), ours.getLast(),
						ours.getLast() / floors.getLast(), floorsCpu.getLast(), oursCpu.getLast(), oursCpu.getLast() / floorsCpu.getLast());
			}
			double ratio = World.median(ours) / World.median(floors);
			System.out.printf("processor (client and server): questions %.2f s, audit %.2f s, ratio %.2f%n", World.median(floorsCpu), World.median(oursCpu),
					World.median(oursCpu) / World.median(floorsCpu));
			System.out.printf("medians: questions %.2f s, audit %.2f s, ratio %.2f%n", World.median(floors), World.median(ours), ratio);
			World.verdict(ratio <= TARGET, "ratio at most " + TARGET);
		}
	}

	/// Seconds of this process, the collector's included.
	private static double cpu() {
		return ((com.sun.management.OperatingSystemMXBean) java.lang.management.ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
	}

	private record Round(double seconds, int found, long questions, long unknown) {}

	private static Round audit(Migration migration, DnsSettings dns) throws IOException, InterruptedException {
		List<ProbeTask<?>> tasks = Targets.of(migration).tasks(new Audit().probes());
		List<Evidence> found = new ArrayList<>();
		long start = System.nanoTime();
		try (RunMemo memo = new RunMemo()) {
			ProbeContext context = new ProbeContext(Clock.systemUTC(), Secrets.none(), Policy.DEFAULT, dns, List.of(), memo, migration.servers());
			new ProbeRun(tasks, context, found::addAll).call();
			double seconds = (System.nanoTime() - start) / 1e9;
			return new Round(seconds, found.size(), memo.counted(RunMemo.DNS_QUESTIONS), found.stream().filter(each -> each.outcome() == Outcome.UNKNOWN).count());
		}
	}

	private static double ask(List<Asked> questions, int port) throws Exception {
		List<DnsQuery> queries = new ArrayList<>();
		for (Asked each : questions) {
			queries.add(DnsQuery.authoritative(Name.fromString(each.name, Name.root), each.type, new InetSocketAddress(each.server, port)));
		}
		AtomicInteger next = new AtomicInteger();
		CountDownLatch done = new CountDownLatch(IN_FLIGHT);
		long start = System.nanoTime();
		try (DnsTransport transport = new DnsTransport()) {
			for (int i = 0; i < IN_FLIGHT; i++) {
				Thread.ofVirtual().start(() -> {
					try {
						for (int n = next.getAndIncrement(); n < queries.size(); n = next.getAndIncrement()) {
							if (!transport.ask(queries.get(n), Patience.DEFAULT).answered()) {
								System.out.println("lost: " + queries.get(n));
							}
						}
					} catch (IOException | InterruptedException e) {
						e.printStackTrace();
					} finally {
						done.countDown();
					}
				});
			}
			done.await();
			return (System.nanoTime() - start) / 1e9;
		}
	}

	private static Server server(Side side, String v4, String v6) {
		return new Server("mx-" + side.token(), side, DomainName.parse("mail." + side.token() + ".test"), List.of(InetAddress.ofLiteral(v4), InetAddress.ofLiteral(v6)),
				List.of(new Endpoint(Protocol.SMTP, 25, Security.STARTTLS)), List.of());
	}

	private static Migration migration(int domains) {
		List<Domain> all = new ArrayList<>();
		for (int i = 0; i < domains; i++) {
			all.add(new Domain(DomainName.parse("d" + i + ".test"), "main", "mx-old", "mx-new", new DkimSelectors(List.of("s1"), List.of("s2"))));
		}
		return new Migration("bench", List.of(server(Side.OLD, "20.0.0.1", "2a00::1"), server(Side.NEW, "20.0.0.2", "2a00::2")), all, List.of(new Wave("main", null)), List.of(),
				DnsSettings.DEFAULT, List.of(), Policy.DEFAULT);
	}

	private Map<InetAddress, DnsService> services(int domains) {
		DnsData tld = new DnsData.NameServer(DnsName.of("ns.test"));
		AuthoritativeServer root = new AuthoritativeServer().put(Zone.of(".", "a.root.test", 3600, 60).plus("@", 3600, new DnsData.NameServer(DnsName.of("a.root.test")))
				.plus("test", 3600, tld).plusAddress("ns.test", 3600, TLD));
		// a zone for each delegation: the rehearsal's server looks through a zone from end to end
		Map<String, AuthoritativeServer> delegations = new HashMap<>();
		Map<String, AuthoritativeServer> zones = new HashMap<>();
		for (int i = 0; i < domains; i++) {
			String label = "d" + i;
			delegations.put(label, new AuthoritativeServer().put(top().plus(label, 3600, ns("ns1." + label + ".test")).plus(label, 3600, ns("ns2." + label + ".test"))
					.plusAddress("ns1." + label, 3600, SERVERS.get(0)).plusAddress("ns2." + label, 3600, SERVERS.get(1))));
			zones.put(label, new AuthoritativeServer().put(zone(label)));
		}
		AuthoritativeServer others = new AuthoritativeServer().put(top());
		Map<InetAddress, DnsService> services = new LinkedHashMap<>();
		services.put(ROOT, recorded(ROOT, root));
		services.put(TLD, recorded(TLD, query -> delegations.getOrDefault(label(query), others).answer(query)));
		SERVERS.forEach(each -> services.put(each, recorded(each, query -> zones.getOrDefault(label(query), others).answer(query))));
		return services;
	}

	private DnsService recorded(InetAddress server, DnsService service) {
		return query -> {
			DnsMessage.Question question = query.question();
			if (recording && question != null) {
				asked.add(new Asked(server, question.name().toString(), question.type()));
			}
			return service.answer(query);
		};
	}

	/// The label before `test`.
	private static String label(DnsMessage query) {
		DnsMessage.Question question = query.question();
		String[] labels = question == null ? new String[] {""} : question.name().toString().replaceFirst("\\.$", "").split("\\.");
		return labels.length < 2 ? "" : labels[labels.length - 2];
	}

	private static Zone top() {
		return Zone.of("test", "ns.test", 3600, 60).plus("@", 3600, ns("ns.test")).plusAddress("ns", 3600, TLD);
	}

	private static DnsData ns(String name) {
		return new DnsData.NameServer(DnsName.of(name));
	}

	private static Zone zone(String label) {
		String name = label + ".test";
		return Zone.of(name, "ns1." + name, 3600, 60).plus("@", 3600, ns("ns1." + name)).plus("@", 3600, ns("ns2." + name)).plusAddress("ns1", 3600, SERVERS.get(0))
				.plusAddress("ns2", 3600, SERVERS.get(1)).plus("@", 300, new DnsData.MailExchanger(10, DnsName.of("mail." + name)))
				.plusAddress("mail", 300, InetAddress.ofLiteral("20.0.0.1")).plusAddress("mail", 300, InetAddress.ofLiteral("2a00::1"))
				.plus("@", 300, text("v=spf1 mx ip4:20.0.0.2 ip6:2a00::2 -all")).plus("_dmarc", 300, text("v=DMARC1; p=none; rua=mailto:d@" + name))
				.plus("s1._domainkey", 300, text("v=DKIM1; k=ed25519; p=AKHqRu4B6fe/Zznti+rxArXE5NdTqHZYtDovV9dGLGM="))
				.plus("s2._domainkey", 300, text("v=DKIM1; k=ed25519; p=AKHqRu4B6fe/Zznti+rxArXE5NdTqHZYtDovV9dGLGM="))
				.plus("webmail", 300, new DnsData.Alias(DnsName.of("mail." + name))).plusAddress("autodiscover", 300, InetAddress.ofLiteral("20.0.0.1"));
	}

	private static DnsData text(String text) {
		return new DnsData.Text(List.of(text));
	}
}
