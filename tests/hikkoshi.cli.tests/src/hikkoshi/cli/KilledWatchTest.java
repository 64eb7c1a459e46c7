package hikkoshi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.arrival.Arrival;
import hikkoshi.core.arrival.ArrivalFacts;
import hikkoshi.core.arrival.ArrivalLog;
import hikkoshi.core.arrival.ArrivalReasons;
import hikkoshi.core.arrival.StillQuiet;
import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.evidence.Verification;
import hikkoshi.core.format.MigrationFiles;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Target;
import hikkoshi.rehearsal.mail.MailServer;
import hikkoshi.rehearsal.mail.MailServerSettings;
import hikkoshi.rehearsal.mail.MailService;
import hikkoshi.rehearsal.tls.ThrowAwayCa;
import hikkoshi.rehearsal.tls.Validity;

/// A watch in a process of its own that is killed (SIGKILL) again and again while mail comes: what is in the log afterwards is whole, every message is in it
/// once, and no row says of a time that a mailbox was quiet when it was not.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no SIGKILL and no SIGSTOP")
class KilledWatchTest {
	private static final long SEED = 20261124;
	private static final int KILLS = 8;
	/// A day in nearly five minutes: the shortest pause between two rounds is 17 ms.
	private static final int SPEED = 300;
	private static final List<String> USERS = List.of("ann", "bob", "cid", "dot", "eve", "fay");
	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@TempDir
	Path folder;
	private final Map<Side, MailServer> servers = new HashMap<>();
	private final WatchProcess.Fast clock = new WatchProcess.Fast(Instant.now().truncatedTo(ChronoUnit.MILLIS), SPEED);
	private final Random random = new Random(SEED);
	private final List<Mail> sent = new ArrayList<>();

	/// @param came not later than then it was in the mailbox
	private record Mail(String user, Side side, String id, Instant came) {}

	@BeforeEach
	void start() throws Exception {
		ThrowAwayCa ca = ThrowAwayCa.create("Rehearsal", Instant.now());
		ca.writePem(folder.resolve("ca.pem"));
		StringBuilder yaml = new StringBuilder("format: hikkoshi/1\nname: killed\nservers:\n");
		for (Side side : Side.values()) {
			String name = "mail." + side.token() + ".test";
			// certificates are judged by the fast clock
			MailServer server = MailServer.start(MailServerSettings.of(name, Set.of("example.test"), ca.issue(List.of(name), Validity.around(Instant.now()))).withServices(Set.of(MailService.IMAPS)));
			servers.put(side, server);
			for (String user : USERS) {
				server.addAccount(user, user + "@example.test", WatchProcess.PASSWORD.toCharArray());
			}
			yaml.append("  ").append(side.token()).append(":\n    - key: ").append(side.token()).append("\n      name: ").append(name).append("\n      addresses: [\"127.0.0.1\"]\n")
					.append("      endpoints: [\"imap:").append(server.port(MailService.IMAPS)).append("/tls\"]\n");
		}
		yaml.append("domains:\n  - {name: example.test, wave: main, old: old, new: new}\nwaves:\n  - key: main\ntrust: [ca.pem]\n")
				.append("policy:\n  logins-per-second: 0\n  kept-connections: 4\n");
		Files.writeString(folder.resolve("migration.yaml"), yaml);
		StringBuilder roster = new StringBuilder("address,old_user,new_user,wave,note\n");
		USERS.forEach(user -> roster.append(user).append("@example.test,").append(user).append(',').append(user).append(",main,\n"));
		Files.writeString(folder.resolve("mailboxes.csv"), roster);
		Files.writeString(folder.resolve("cutover.checklist"), "format: hikkoshi-checklist/1\nphases: []\n");
		assertThat(MigrationFiles.load(folder).faults().toString()).as("the project").doesNotContain("ERROR");
	}

	@AfterEach
	void stop() {
		servers.values().forEach(MailServer::close);
	}

	/// The process, and what it says.
	private final class Watch implements AutoCloseable {
		private final Process process;
		private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

		Watch() throws IOException {
			process = WatchProcess.start(folder, clock);
			Thread.ofVirtual().start(() -> {
				try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
					for (String line = out.readLine(); line != null; line = out.readLine()) {
						said.add(line);
					}
				} catch (IOException e) {
					said.add("broken");
				}
			});
		}

		void await(String line) throws InterruptedException {
			assertThat(hears(line, PATIENCE)).as("waiting for %s", line).isTrue();
		}

		boolean hears(String line, Duration patience) throws InterruptedException {
			long end = System.nanoTime() + patience.toNanos();
			String next;
			do {
				next = said.poll(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
			} while (next != null && !next.equals(line));
			return next != null;
		}

		void signal(String name) throws IOException, InterruptedException {
			assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor()).isZero();
		}

		/// SIGKILL.
		@Override
		public void close() {
			process.destroyForcibly();
			process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
		}
	}

	private void deliver() {
		String user = USERS.get(random.nextInt(USERS.size()));
		Side side = Side.values()[random.nextInt(2)];
		String id = "m" + sent.size() + "@sender.test";
		String text = "Received: from mx.sender.test (mx.sender.test [198.51.100.7]) by mail with ESMTP id q" + sent.size() + "; "
				+ DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH).format(clock.instant().atOffset(ZoneOffset.UTC)) + "\r\nMessage-ID: <" + id + ">\r\n\r\nx\r\n";
		servers.get(side).store(user).orElseThrow().inbox().append(text.getBytes(StandardCharsets.US_ASCII), Instant.now(), Set.of());
		sent.add(new Mail(user, side, id, clock.instant()));
	}

	@Test
	void nothingIsTornLostOrSaidTwice() throws Exception {
		try (Watch first = new Watch()) {
			// what is there at the first look is not new
			first.await(WatchProcess.JUDGED);
		}
		for (int i = 0; i < KILLS; i++) {
			deliver();
			try (Watch watch = new Watch()) {
				if (i % 2 == 0) {
					watch.await(WatchProcess.JUDGED);
				}
				int steps = 1 + random.nextInt(12);
				for (int step = 0; step < steps; step++) {
					Thread.sleep(random.nextInt(60));
					if (random.nextBoolean()) {
						deliver();
					}
				}
			}
		}
		try (Watch last = new Watch()) {
			awaitAll();
			sleepUntilNoticed(last);
			last.await(WatchProcess.JUDGED);
		}
		judge();
	}

	/// The process is stopped as a machine that sleeps. One that is caught within a round has looked late and not too seldom, so it is stopped again.
	private static void sleepUntilNoticed(Watch watch) throws Exception {
		for (int i = 0; i < 40; i++) {
			watch.signal("STOP");
			Thread.sleep(1_000);
			watch.said.clear();
			watch.signal("CONT");
			if (watch.hears(WatchProcess.SLEPT, Duration.ofMillis(700))) {
				return;
			}
		}
		throw new AssertionError("the sleep was not noticed");
	}

	/// Until every message is in the log.
	private void awaitAll() throws Exception {
		long end = System.nanoTime() + PATIENCE.toNanos();
		try (EvidenceLog log = Leaves.real().evidenceStore().open(folder)) {
			List<Account> accounts = accounts();
			int seen;
			do {
				Thread.sleep(50);
				seen = ArrivalLog.read(log, accounts, Instant.EPOCH).arrivals().size();
			} while (seen < sent.size() && System.nanoTime() < end);
			assertThat(seen).as("seed %d", SEED).isEqualTo(sent.size());
		}
	}

	private List<Account> accounts() throws IOException {
		Migration migration = MigrationFiles.load(folder).migration().orElseThrow();
		return ArrivalLog.watched(migration, migration.mailboxes(), List.of(Side.values()));
	}

	private void judge() throws Exception {
		try (EvidenceLog log = Leaves.real().evidenceStore().open(folder)) {
			assertThat(log.verify()).isInstanceOf(Verification.Intact.class);
			List<Account> accounts = accounts();
			assertThat(ArrivalLog.read(log, accounts, Instant.EPOCH).doubts()).isEmpty();
			Map<Target.Id, Account> byId = new HashMap<>();
			accounts.forEach(account -> byId.put(account.id(), account));
			Map<String, Instant> noticed = new HashMap<>();
			Map<Long, Account> rows = new HashMap<>();
			Map<Account, List<Instant>> quiet = new HashMap<>();
			List<String> twice = new ArrayList<>();
			int rounds = 0;
			for (Sighting row : log.since(0, Integer.MAX_VALUE)) {
				Evidence evidence = row.evidence();
				Account account = byId.get(evidence.target());
				if (account != null && ArrivalReasons.PROBES.contains(evidence.probe())) {
					rows.put(row.row(), account);
					if (evidence.reason().id().equals(ArrivalReasons.QUIET)) {
						quiet.computeIfAbsent(account, _ -> new ArrayList<>()).add(row.lastSeen());
					} else if (row.count() == 1) {
						for (Arrival arrival : ArrivalFacts.in(evidence.facts()).map(ArrivalFacts::arrivals).orElse(List.of())) {
							if (noticed.put(arrival.messageId(), evidence.at()) != null) {
								twice.add(arrival.messageId());
							}
						}
					}
				} else if (evidence.probe().equals(StillQuiet.PROBE)) {
					rounds++;
					for (long each : StillQuiet.rows(evidence.facts())) {
						quiet.computeIfAbsent(rows.get(each), _ -> new ArrayList<>()).add(row.lastSeen());
					}
				}
			}
			assertThat(twice).isEmpty();
			assertThat(noticed.keySet()).as("seed %d", SEED).containsExactlyInAnyOrderElementsOf(sent.stream().map(Mail::id).toList());
			assertThat(rounds).as("rounds over what was quiet").isPositive();
			for (Mail mail : sent) {
				Account account = accounts.stream().filter(each -> each.user().equals(mail.user()) && each.server().side() == mail.side()).findFirst().orElseThrow();
				Instant found = noticed.get(mail.id());
				assertThat(quiet.getOrDefault(account, List.of())).as("%s was in the mailbox at %s and noticed at %s", mail.id(), mail.came(), found)
						.noneMatch(at -> at.isAfter(mail.came()) && at.isBefore(found));
			}
		}
	}
}
