import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;

import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

import hikkoshi.core.probe.DnsStatus;
import hikkoshi.dns.transport.DnsQuery;
import hikkoshi.dns.transport.DnsTransport;
import hikkoshi.dns.transport.Patience;

/// Questions to one authoritative server (NSD), our transport and dnsperf in turn, with the same number in flight: the rate, and the processor time of
/// one question. `dnsleak` asks a million times and looks at what is left.
final class Questions {
	private static final int QUESTIONS = 20_000;
	private static final double TARGET = 0.4;
	private static final double CPU_TARGET = 2.5;
	/// How often dnsperf and we ask all names in a round: the processor time of children is counted in hundredths of a second.
	private static final int TIMES = 3;
	private static final int MANY = 1_000_000;
	/// What a collected heap may differ by.
	private static final long SLACK = 2 << 20;
	private static final Pattern RATE = Pattern.compile("Queries per second:\\s+([0-9.]+)");
	private static final Pattern LOST = Pattern.compile("Queries lost:\\s+([0-9]+)");

	public static void main(String[] args) throws Exception {
		World world = new World(args[1]);
		int window = args.length > 2 ? Integer.parseInt(args[2]) : 100;
		int rounds = args.length > 3 ? Integer.parseInt(args[3]) : 3;
		InetSocketAddress server = new InetSocketAddress(InetAddress.ofLiteral(world.get("dns.nsd")), world.number("dns.port"));
		List<String> names = IntStream.range(0, QUESTIONS).mapToObj(i -> "d" + i + ".many.lab.test.").toList();
		try (DnsTransport transport = new DnsTransport()) {
			if (args[0].equals("dnsleak")) {
				leak(transport, server, names, window);
			} else {
				compare(transport, server, names, window, rounds);
			}
		}
	}

	private static void compare(DnsTransport transport, InetSocketAddress server, List<String> names, int window, int rounds) throws Exception {
		Path file = Files.createTempFile("questions", ".txt");
		try {
			Files.write(file, names.stream().map(name -> name + " MX").toList());
			System.out.printf("%d questions, %d in flight%n", QUESTIONS * TIMES, window);
			for (int time = 0; time < 3; time++) {
				// until all of it is compiled
				ask(transport, server, names, window);
			}
			List<Double> floors = new ArrayList<>();
			List<Double> ours = new ArrayList<>();
			int unanswered = 0;
			double floorCpu = 0;
			double ourCpu = 0;
			for (int round = 1; round <= rounds; round++) {
				double begun = childrenCpu();
				String report = dnsperf(server, file, window);
				floorCpu += childrenCpu() - begun;
				floors.add(find(RATE, report));
				begun = ownCpu();
				Round mine = ask(transport, server, names, window);
				ourCpu += ownCpu() - begun;
				ours.add(mine.rate());
				unanswered += QUESTIONS * TIMES - mine.answered();
				System.out.printf("round %d: dnsperf %.0f/s (%.0f lost), ours %.0f/s (%d unanswered), ratio %.2f%n", round, floors.getLast(),
						find(LOST, report), ours.getLast(), QUESTIONS * TIMES - mine.answered(), ours.getLast() / floors.getLast());
			}
			double ratio = World.median(ours) / World.median(floors);
			double questions = (double) rounds * QUESTIONS * TIMES;
			System.out.printf("medians: dnsperf %.0f/s, ours %.0f/s, ratio %.2f%n", World.median(floors), World.median(ours), ratio);
			System.out.printf("processor time of a question, all threads and the collector's: dnsperf %.1f µs, ours %.1f µs, ratio %.2f%n",
					floorCpu / questions * 1e6, ourCpu / questions * 1e6, ourCpu / floorCpu);
			if (unanswered > 0) {
				World.verdict(false, "nothing lost (" + unanswered + " without an answer)");
			}
			World.verdict(ratio >= TARGET, "ratio at least " + TARGET + ", nothing lost");
			World.verdict(ourCpu / floorCpu <= CPU_TARGET, "processor time at most " + CPU_TARGET + " times dnsperf's");
		} finally {
			Files.delete(file);
		}
	}

	/// After a tenth of the questions all that grows once has grown.
	private static void leak(DnsTransport transport, InetSocketAddress server, List<String> names, int window) throws Exception {
		int runs = MANY / (QUESTIONS * TIMES) + 1;
		int answered = 0;
		long heap = 0;
		long files = 0;
		for (int run = 0; run < runs; run++) {
			answered += ask(transport, server, names, window).answered();
			if (run == runs / 10) {
				heap = heap();
				files = files();
			}
		}
		long more = heap() - heap;
		System.out.printf("%,d questions, %,d answered: heap alive %+,d KB, open files %+d%n", runs * QUESTIONS * TIMES, answered, more >> 10, files() - files);
		World.verdict(more < SLACK && files() <= files + 1, "no leak over a million questions");
	}

	private static long heap() {
		for (int i = 0; i < 3; i++) {
			System.gc();
		}
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

	private static long files() throws IOException {
		try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
			return open.count();
		}
	}

	/// Seconds, of processes that have ended.
	private static double childrenCpu() throws IOException {
		String[] fields = Files.readString(Path.of("/proc/self/stat")).replaceFirst("^.*\\) ", "").split(" ");
		return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / 100.0;
	}

	private static double ownCpu() {
		return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
	}

	private record Round(double rate, int answered) {}

	private static Round ask(DnsTransport transport, InetSocketAddress server, List<String> names, int window) throws Exception {
		AtomicInteger next = new AtomicInteger();
		AtomicInteger answered = new AtomicInteger();
		CountDownLatch done = new CountDownLatch(window);
		long start = System.nanoTime();
		for (int i = 0; i < window; i++) {
			Thread.ofVirtual().start(() -> {
				try {
					for (int n = next.getAndIncrement(); n < names.size() * TIMES; n = next.getAndIncrement()) {
						Name name = Name.fromString(names.get(n % names.size()));
						var reply = transport.ask(DnsQuery.authoritative(name, Type.MX, server), Patience.DEFAULT);
						if (reply.status() == DnsStatus.ANSWER) {
							answered.incrementAndGet();
						}
					}
				} catch (Exception e) {
					e.printStackTrace();
				} finally {
					done.countDown();
				}
			});
		}
		done.await();
		return new Round(names.size() * TIMES * 1e9 / (System.nanoTime() - start), answered.get());
	}

	private static String dnsperf(InetSocketAddress server, Path file, int window) throws Exception {
		Process process = new ProcessBuilder("dnsperf", "-s", server.getAddress().getHostAddress(), "-p", Integer.toString(server.getPort()), 
				"-d", file.toString(), "-n", Integer.toString(TIMES), "-q", Integer.toString(window), "-e").redirectErrorStream(true).start();
		String report = new String(process.getInputStream().readAllBytes());
		if (process.waitFor() != 0) {
			throw new IllegalStateException(report);
		}
		return report;
	}

	private static double find(Pattern pattern, String report) {
		Matcher matcher = pattern.matcher(report);
		if (!matcher.find()) {
			throw new IllegalStateException(report);
		}
		return Double.parseDouble(matcher.group(1));
	}
}
