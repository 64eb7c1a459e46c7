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

import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

import hikkoshi.core.probe.DnsStatus;
import hikkoshi.dns.transport.DnsQuery;
import hikkoshi.dns.transport.DnsTransport;
import hikkoshi.dns.transport.Patience;

/// 20,000 questions to one authoritative server (NSD), our transport and dnsperf in turn, with the same number in flight.
final class Questions {
	private static final int QUESTIONS = 20_000;
	private static final double TARGET = 0.25;
	private static final Pattern RATE = Pattern.compile("Queries per second:\\s+([0-9.]+)");
	private static final Pattern LOST = Pattern.compile("Queries lost:\\s+([0-9]+)");

	public static void main(String[] args) throws Exception {
		World world = new World(args[1]);
		int window = args.length > 2 ? Integer.parseInt(args[2]) : 100;
		int rounds = args.length > 3 ? Integer.parseInt(args[3]) : 3;
		InetSocketAddress server = new InetSocketAddress(InetAddress.ofLiteral(world.get("dns.nsd")), world.number("dns.port"));
		List<String> names = IntStream.range(0, QUESTIONS).mapToObj(i -> "d" + i + ".many.lab.test.").toList();
		Path file = Files.createTempFile("questions", ".txt");
		try (DnsTransport transport = new DnsTransport()) {
			Files.write(file, names.stream().map(name -> name + " MX").toList());
			System.out.printf("%d questions, %d in flight%n", QUESTIONS, window);
			ask(transport, server, names, window);
			List<Double> floors = new ArrayList<>();
			List<Double> ours = new ArrayList<>();
			int unanswered = 0;
			for (int round = 1; round <= rounds; round++) {
				String report = dnsperf(server, file, window);
				floors.add(find(RATE, report));
				Round mine = ask(transport, server, names, window);
				ours.add(mine.rate());
				unanswered += QUESTIONS - mine.answered();
				System.out.printf("round %d: dnsperf %.0f/s (%.0f lost), ours %.0f/s (%d unanswered), ratio %.2f%n", round, floors.getLast(),
						find(LOST, report), ours.getLast(), QUESTIONS - mine.answered(), ours.getLast() / floors.getLast());
			}
			double ratio = World.median(ours) / World.median(floors);
			System.out.printf("medians: dnsperf %.0f/s, ours %.0f/s, ratio %.2f%n", World.median(floors), World.median(ours), ratio);
			if (unanswered > 0) {
				World.verdict(false, "nothing lost (" + unanswered + " without an answer)");
			}
			World.verdict(ratio >= TARGET, "ratio at least " + TARGET + ", nothing lost");
		} finally {
			Files.delete(file);
		}
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
					for (int n = next.getAndIncrement(); n < names.size(); n = next.getAndIncrement()) {
						var reply = transport.ask(DnsQuery.authoritative(Name.fromString(names.get(n)), Type.MX, server), Patience.DEFAULT);
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
		return new Round(names.size() * 1e9 / (System.nanoTime() - start), answered.get());
	}

	private static String dnsperf(InetSocketAddress server, Path file, int window) throws Exception {
		Process process = new ProcessBuilder("dnsperf", "-s", server.getAddress().getHostAddress(), "-p", Integer.toString(server.getPort()), 
				"-d", file.toString(), "-n", "1", "-q", Integer.toString(window), "-e").redirectErrorStream(true).start();
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
