import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.net.InetAddress;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.watch.WatchLoop;
import hikkoshi.core.watch.WatchRounds;
import hikkoshi.mail.MailProbes;
import hikkoshi.store.SqliteEvidenceStore;

/// A day of the real loop on a simulated clock, over kept connections to servers of their own: what is alive after one hour and after twenty-four, and how the
/// log grows. Each pause is leapt over; no look is.
final class WatchDay {
	private static final Duration HOUR = Duration.ofHours(1);
	/// What an hour may leave behind that a day may not multiply.
	private static final long FLAT = 2L << 20;

	private WatchDay() {}

	private record State(long rounds, long rows, long bytes, long alive) {
		@Override
		public String toString() {
			return String.format("%d rounds, %d rows, log %.1f MB, alive %.2f MB", rounds, rows, bytes / 1e6, alive / 1e6);
		}
	}

	public static void main(String[] arguments) throws Exception {
		int mailboxes = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 500;
		int hours = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 24;
		Watches world = new Watches();
		List<Watches.Child> children = new ArrayList<>();
		List<Server> servers = new ArrayList<>();
		List<X509Certificate> anchors = new ArrayList<>();
		Path folder = Files.createTempDirectory("watchday");
		List<State> states = new ArrayList<>();
		try (EvidenceLog log = new SqliteEvidenceStore().open(folder)) {
			for (int i = 0; i < 2; i++) {
				children.add(new Watches.Child("-Xmx1g", "QuietServer", Watches.NAMES.get(i)));
				String[] said = children.getLast().line().split(" ");
				servers.add(new Server(Side.values()[i].token(), Side.values()[i], new DomainName(Watches.NAMES.get(i)), List.of(InetAddress.ofLiteral("127.0.0.1")),
						List.of(new Endpoint(Protocol.IMAP, Integer.parseInt(said[0]), Security.TLS)), List.of()));
				anchors.add((X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(said[1]))));
			}
			Migration migration = world.migration(servers, mailboxes);
			Instant begin = world.clock.now;
			long[] rounds = { 0 };
			WatchRounds watch = new WatchRounds(migration, migration.domains(), Map.of(), List.of(new MailProbes()), log, world.clock);
			WatchLoop loop = new WatchLoop(watch, log, log::appendAll, world.clock, pause -> {
				rounds[0]++;
				world.clock.now = world.clock.now.plus(pause);
				while (states.size() < hours && Duration.between(begin, world.clock.now).compareTo(HOUR.multipliedBy(states.size() + 1L)) >= 0) {
					states.add(new State(rounds[0], log.lastRow(), bytes(folder), alive()));
					System.out.println("hour " + states.size() + ": " + states.getLast());
				}
				if (states.size() == hours) {
					throw new InterruptedException();
				}
			});
			try {
				loop.run(new WatchLoop.Options(Duration.ofMinutes(5), Instant.MAX, false), new Watches.Asking(migration, anchors, log, world.clock), new Watches.Nobody());
			} catch (InterruptedException e) {
				// the day is over
			}
		} finally {
			children.forEach(Watches.Child::close);
			try (Stream<Path> files = Files.walk(folder)) {
				files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
			}
		}
		long more = states.getLast().alive() - states.getFirst().alive();
		System.out.printf("%d mailboxes on 2 sides: %+.2f MB alive from hour 1 to hour %d (target: less than %.0f) %s%n", mailboxes, more / 1e6, hours, FLAT / 1e6, more < FLAT ? "met" : "MISSED");
		System.exit(more < FLAT ? 0 : 1);
	}

	private static long alive() {
		System.gc();
		System.gc();
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

	private static long bytes(Path folder) {
		try (Stream<Path> files = Files.list(folder)) {
			return files.mapToLong(file -> file.toFile().length()).sum();
		} catch (java.io.IOException e) {
			throw new java.io.UncheckedIOException(e);
		}
	}
}
