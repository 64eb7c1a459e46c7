import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import hikkoshi.core.discover.Discovered;
import hikkoshi.core.discover.Discovery;
import hikkoshi.core.discover.DiscoveryOptions;
import hikkoshi.core.discover.DiscoverySink;
import hikkoshi.core.discover.MailPort;
import hikkoshi.core.discover.Speech;
import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Security;
import hikkoshi.dns.DnsProbes;
import hikkoshi.mail.MailProbes;

/// Discovery of many domains at one provider, to a bare client that only asks the same questions: the same names and types over UDP to one
/// authoritative server, all domains in parallel, and one connection to each mail port. The floor neither walks from the root, nor speaks TLS,
/// nor makes evidence or proposals.
final class Discoveries {
	/// MX, eight services, and two address types of the name and of six names below it.
	private static final int[] TYPES = { 15, 33, 33, 33, 33, 33, 33, 33, 33, 1, 28, 1, 28, 1, 28, 1, 28, 1, 28, 1, 28, 1, 28 };
	/// Set after the first measurement (3.6 to 3.9 on a loaded machine): it holds the ratio, it was not the aim.
	private static final double TARGET = 5;

	private final World world;
	private final List<DomainName> names;

	private Discoveries(World world, int count) {
		this.world = world;
		names = IntStream.range(0, count).mapToObj(i -> DomainName.parse("d" + i + ".many.lab.test")).toList();
	}

	public static void main(String[] args) throws Exception {
		int count = args.length > 2 ? Integer.parseInt(args[2]) : 200;
		int rounds = args.length > 3 ? Integer.parseInt(args[3]) : 5;
		Discoveries bench = new Discoveries(new World(args[1]), count);
		bench.floor();
		bench.ours();
		List<Double> floors = new ArrayList<>();
		List<Double> ours = new ArrayList<>();
		for (int round = 1; round <= rounds; round++) {
			floors.add(bench.floor());
			ours.add(bench.ours());
			System.out.printf("round %d: bare %.2f s, ours %.2f s, ratio %.2f%n", round, floors.getLast(), ours.getLast(), ours.getLast() / floors.getLast());
		}
		double ratio = World.median(ours) / World.median(floors);
		System.out.printf("medians of %d domains: bare %.2f s, ours %.2f s, ratio %.2f%n", count, World.median(floors), World.median(ours), ratio);
		World.verdict(ratio <= TARGET, "time at most " + TARGET + " times the bare client's, every domain with its server");
	}

	private double ours() throws Exception {
		DnsSettings dns = new DnsSettings(List.of(), List.of(new NameServer("root", InetAddress.ofLiteral(world.get("dns.bind")), world.number("dns.port"))),
				world.number("dns.port"));
		DiscoveryOptions options = DiscoveryOptions.of(Policy.DEFAULT, dns, List.of(world.authority)).withHttp(1, 1).withPorts(ports());
		long start = System.nanoTime();
		List<Discovered> found = new Discovery(names, List.of(new MailProbes(), new DnsProbes()), Clock.systemUTC(), options, new DiscoverySink() {
			@Override
			public void found(List<Evidence> batch) {
				// only counted by name
			}

			@Override
			public void done(Discovered name) {
				// counted below
			}
		}).call();
		double seconds = (System.nanoTime() - start) / 1e9;
		long without = found.stream().filter(name -> name.proposal().servers().size() != 1).count();
		if (without > 0) {
			World.verdict(false, "every domain with its server (" + without + " without)");
		}
		return seconds;
	}

	private List<MailPort> ports() {
		return List.of(new MailPort(world.number("old.imap"), Speech.IMAP, Security.STARTTLS), new MailPort(world.number("old.imaps"), Speech.IMAP, Security.TLS),
				new MailPort(world.number("old.pop3"), Speech.POP3, Security.STARTTLS), new MailPort(world.number("old.pop3s"), Speech.POP3, Security.TLS),
				new MailPort(world.number("old.submission"), Speech.SUBMISSION, Security.STARTTLS),
				new MailPort(world.number("old.submissions"), Speech.SUBMISSION, Security.TLS), new MailPort(world.number("old.mx"), Speech.SMTP, Security.STARTTLS));
	}

	private double floor() throws Exception {
		long start = System.nanoTime();
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Callable<Void>> work = new ArrayList<>();
			names.forEach(name -> work.add(() -> ask(name)));
			ports().forEach(port -> List.of(world.get("old.address"), "::1").forEach(address -> work.add(() -> knock(address, port.port()))));
			for (Future<Void> each : executor.invokeAll(work)) {
				each.get();
			}
		}
		return (System.nanoTime() - start) / 1e9;
	}

	private Void knock(String address, int port) throws Exception {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.ofLiteral(address), port));
		}
		return null;
	}

	private Void ask(DomainName name) throws Exception {
		try (DatagramSocket socket = new DatagramSocket()) {
			socket.setSoTimeout(5000);
			socket.connect(new InetSocketAddress(InetAddress.ofLiteral(world.get("dns.bind")), world.number("dns.port")));
			byte[] answer = new byte[4096];
			for (int i = 0; i < TYPES.length; i++) {
				byte[] question = question(i, i == 0 ? name.ascii() : "x" + i + "." + name, TYPES[i]);
				socket.send(new DatagramPacket(question, question.length));
				socket.receive(new DatagramPacket(answer, answer.length));
			}
		}
		return null;
	}

	private static byte[] question(int id, String name, int type) throws Exception {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream out = new DataOutputStream(bytes);
		out.writeShort(id);
		out.writeShort(0);
		out.writeShort(1);
		out.writeShort(0);
		out.writeInt(0);
		for (String label : name.split("\\.")) {
			out.writeByte(label.length());
			out.write(label.getBytes(StandardCharsets.US_ASCII));
		}
		out.writeByte(0);
		out.writeShort(type);
		out.writeShort(1);
		return bytes.toByteArray();
	}
}
