package hikkoshi.lab.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.arrival.ArrivalLog;
import hikkoshi.core.arrival.Situation;
import hikkoshi.core.arrival.Straggler;
import hikkoshi.core.arrival.Straggler.Kind;
import hikkoshi.core.arrival.Stragglers;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.format.MigrationFiles;
import hikkoshi.core.ledger.Deadline;
import hikkoshi.core.ledger.Ledger;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.DnsAnswer;
import hikkoshi.core.probe.DnsQuestion;
import hikkoshi.core.watch.Situations;
import hikkoshi.dns.Lookup;
import hikkoshi.lab.tests.Headless.Ran;
import hikkoshi.store.SqliteEvidenceStore;
import hikkoshi.testkit.Wait;

/// A whole move at real servers: domains at NSD and Knot, senders behind real caches that hand real mail to the real old or new Postfix, wherever their cache
/// leads them, the real headless watch over the real mailboxes. Each kind of straggler is planted. ENDED may never be said while a sender can still be led to
/// the old side, must be said once it is true, and every straggler must be given its reason.
///
/// `HIKKOSHI_MOVE_DOMAINS=500 releng/quick hikkoshi.lab.tests MoveTest` plays it with so many.
@ExtendWith(WithLab.class)
class MoveTest {
	private static final Duration QUIET = Duration.ofSeconds(6);
	/// Only a broken product takes so long for a few domains; many take longer.
	private static final Duration LONG = Duration.ofMinutes(4);
	private static final Pattern VERDICT =
			Pattern.compile("\\{\"domain\":\"(m\\d+)\\.test\",\"at\":\"([^\"]+)\",\"state\":\"(\\w+)\".*?\"kind\":\"deadline\",\"standing\":\"(\\w+)\"");

	/// What happens to a domain; they take turns.
	private enum Story {
		/// Nobody ever sends anything after the cutover.
		SILENT(null), CLEAN(null), LATE_CACHE(Kind.CACHE_LATE), BACKUP(Kind.BACKUP_MX), WRITTEN_DOWN(Kind.HARD_WIRED), LOCAL(Kind.LOCAL), SPAM(Kind.SPAM),
		BUSY(Kind.CACHE);

		final @Nullable Kind planted;

		Story(@Nullable Kind planted) {
			this.planted = planted;
		}

		static Story of(int domain) {
			return values()[domain % values().length];
		}

		boolean ends() {
			return this != SILENT && this != WRITTEN_DOWN && this != LOCAL;
		}
	}

	private final Lab lab;
	private final Lookup lookup = new Lookup();
	private final AtomicInteger mails = new AtomicInteger();
	/// The last mail that went to OLD by itself, of each domain.
	private final Map<Integer, Instant> lastOld = new HashMap<>();
	private final Map<Integer, Integer> spam = new HashMap<>();

	@TempDir
	Path folder;

	MoveTest(Lab lab) throws Exception {
		this.lab = lab.with("move");
	}

	// --- the senders

	/// @return where the cache leads a sender
	private Side led(String cache, int domain) throws IOException, InterruptedException {
		DnsAnswer answer = lookup.ask(new DnsQuestion(MovingDomains.name(domain), "MX", new NameServer(cache, lab.address("move." + cache), lab.port("move.port")), false, true, false));
		return answer.answer().toString().contains("mail-old") ? Side.OLD : Side.NEW;
	}

	private void deliver(String name, String address, int domain, Side side) throws IOException {
		Instant at = Instant.now();
		try (Smtp smtp = Smtp.as(name, address, lab.address(side.token() + ".address"), lab.port("move." + side.token() + ".mx"))) {
			smtp.send("someone@" + (name.isEmpty() ? "nowhere.example" : name), "u@" + MovingDomains.name(domain), "m" + mails.incrementAndGet() + "@lab");
		}
		if (side == Side.OLD) {
			synchronized (lastOld) {
				lastOld.put(domain, at);
			}
		}
	}

	private void byDns(String name, String address, String cache, int domain) throws IOException, InterruptedException {
		deliver(name, address, domain, led(cache, domain));
	}

	/// What the world sends to a domain in one round.
	///
	/// @param after whether the cutover is behind
	/// @param late whether no honest cache can lead to OLD any more
	private void send(int domain, boolean after, boolean late, int round) throws Exception {
		String own = "d" + domain + ".example";
		Story story = Story.of(domain);
		if (after && story == Story.SILENT) {
			return;
		}
		byDns("mx.one-" + own, "198.51.100." + (1 + domain % 200), "one", domain);
		byDns("mx.two-" + own, "203.0.113." + (1 + domain % 200), "two", domain);
		// is led to OLD until the second server has switched, however slow this machine is
		byDns("mx.behind-" + own, "198.51.100.250", "behind", domain);
		switch (story) {
			case LATE_CACHE -> {
				// its cache is filled just before the cutover
				if (round > 0) {
					byDns("mx.late-" + own, "192.0.2.10", "stretch", domain);
				}
			}
			case WRITTEN_DOWN -> deliver("mx.fixed-" + own, "192.0.2.20", domain, Side.OLD);
			case BACKUP -> {
				if (after && round < 3) {
					deliver("backup." + MovingDomains.name(domain), "127.0.40.99", domain, Side.OLD);
				}
			}
			case SPAM -> {
				if (late && spamBefore(domain) < 2) {
					deliver("", "192.0.2.66", domain, Side.OLD);
				}
			}
			case LOCAL -> {
				if (after) {
					try (Smtp smtp = Smtp.login(lab.address("old.address"), lab.port("old.submissions"), "u@" + MovingDomains.name(domain), "secret-old-move")) {
						smtp.send("u@" + MovingDomains.name(domain), "u@" + MovingDomains.name(domain), "l" + mails.incrementAndGet() + "@lab");
					}
				}
			}
			case SILENT, CLEAN, BUSY -> {
				// what everybody gets is enough
			}
		}
	}

	/// Counts one more.
	private synchronized int spamBefore(int domain) {
		return spam.merge(domain, 1, Integer::sum) - 1;
	}

	private void sendAll(List<Integer> domains, boolean after, boolean late, int round) throws Exception {
		try (ExecutorService senders = Executors.newFixedThreadPool(8)) {
			List<Future<?>> sending = new ArrayList<>();
			for (int domain : domains) {
				sending.add(senders.submit(() -> {
					send(domain, after, late, round);
					return null;
				}));
			}
			for (Future<?> each : sending) {
				each.get();
			}
		}
	}

	// --- the project

	private Headless project(List<Integer> domains) throws Exception {
		StringBuilder yaml = new StringBuilder("servers:\n  old:\n");
		server(yaml, "old", "old", lab.port("move.old.relaying"));
		// one that still takes the domain for its own, whatever DNS says
		server(yaml, "keeps", "old", lab.port("old.submissions"));
		yaml.append("  new:\n");
		server(yaml, "new", "new", lab.port("new.submissions"));
		yaml.append("domains:\n");
		List<String> passwords = new ArrayList<>();
		StringBuilder roster = new StringBuilder("address,old_user,new_user\n");
		for (int domain : domains) {
			String name = MovingDomains.name(domain);
			String old = Story.of(domain) == Story.LOCAL ? "keeps" : "old";
			yaml.append("  - {name: ").append(name).append(", old: ").append(old).append(", new: new}\n");
			roster.append("u@%1$s,u@%1$s,u@%1$s\n".formatted(name));
			passwords.add(old + ",u@" + name + ",secret-old-move");
			passwords.add("new,u@" + name + ",secret-new-move");
		}
		yaml.append("""
				dns:
				  roots: ['%s']
				  watch: ['@ MX']
				  ttl-before: %ds
				  resolvers: ['%s#%d', '%s#%d']
				policy:
				  quiet: %ds
				  logins-per-second: 0
				  connections-per-server: 16
				  canaries: {needed: 1, per-run: 10000}
				""".formatted(lab.get("move.a"), MovingDomains.TTL, lab.get("move.one"), lab.port("move.port"), lab.get("move.two"), lab.port("move.port"), QUIET.toSeconds()));
		Headless project = Headless.project(folder.resolve("move"), lab, yaml.toString(), roster.toString());
		project.passwords(passwords.toArray(String[]::new));
		return project;
	}

	private void server(StringBuilder yaml, String key, String side, int submission) {
		yaml.append("    - {key: %s, name: %s, addresses: [%s], endpoints: ['imap:%d/tls', 'submission:%d/tls', 'smtp:%d/starttls']}\n".formatted(key, lab.get(side + ".name"),
				lab.get(side + ".address"), lab.port(side + ".imaps"), submission, lab.port(side + ".mx")));
	}

	// --- the watch

	/// What was said of a domain.
	private record Said(Instant at, String state, boolean isPastDeadline) {}

	private static Map<Integer, Said> watch(Headless project) throws Exception {
		String passwords = project.folder().resolveSibling("passwords.csv").toString();
		// a mailbox that is just being made for its first mail may refuse a look
		Wait.until("every mailbox is looked into", () -> project.run("arrivals", "--passwords", passwords, "--json").code() <= 1);
		Ran ran = project.run("watch", "--passwords", passwords, "--once", "--json");
		assertThat(ran.code()).as(ran.out() + ran.err()).isIn(0, 2, 3);
		Map<Integer, Said> states = new TreeMap<>();
		Matcher each = VERDICT.matcher(ran.out());
		while (each.find()) {
			states.put(Integer.valueOf(each.group(1).substring(1)), new Said(Instant.parse(each.group(2)), each.group(3), each.group(4).equals("met")));
		}
		return states;
	}

	@Test
	@Timeout(900)
	void endedIsSaidWhenItIsTrueAndNotBefore() throws Exception {
		MovingDomains zone = new MovingDomains(lab, lookup);
		List<Integer> domains = zone.all();
		zone.serve("a", Side.OLD);
		zone.serve("b", Side.OLD);
		Headless project = project(domains);
		sendAll(domains, false, false, 0);
		watch(project);
		sendAll(domains, false, false, 1);
		zone.serve("a", Side.NEW);
		Instant cutover = Instant.now();
		sendAll(domains, true, false, 1);
		watch(project);
		zone.serve("b", Side.NEW);
		Instant switched = Instant.now();

		Map<Integer, Integer> trueSince = new HashMap<>();
		Map<Integer, Integer> endedIn = new HashMap<>();
		Instant flown = null;
		boolean late = false;
		int round = 1;
		for (; Instant.now().isBefore(switched.plus(LONG)) && !domains.stream().filter(domain -> Story.of(domain).ends()).allMatch(endedIn::containsKey); round++) {
			sendAll(domains, true, late, round);
			if (late && flown == null && domains.stream().allMatch(domain -> !Story.of(domain).ends() || Story.of(domain) == Story.LATE_CACHE || isLedToNew(domain))) {
				List<String> line = new ArrayList<>(List.of("--passwords", project.folder().resolveSibling("passwords.csv").toString(), "--route", "old-submission,new-submission", "--wait", "60s"));
				domains.stream().filter(domain -> Story.of(domain) != Story.SILENT).forEach(domain -> line.add("u@" + MovingDomains.name(domain)));
				Ran canary = project.run("canary", line.toArray(String[]::new));
				assertThat(canary.out()).as(canary.err()).contains(", 0 not found");
				flown = Instant.now();
			}
			Instant began = Instant.now();
			Map<Integer, Said> states = watch(project);
			assertThat(states).hasSize(domains.size());
			late = states.values().stream().allMatch(Said::isPastDeadline);
			for (int domain : domains) {
				Said said = states.get(domain);
				if (isTrue(domain, flown, began, switched)) {
					trueSince.putIfAbsent(domain, round);
				}
				if (said.state().equals("ended")) {
					assertThat(isLedToNew(domain)).as("%s: ENDED at %s while a cache leads to OLD", domain, said.at()).isTrue();
					assertThat(Story.of(domain).ends()).as("%s (%s): ENDED", domain, Story.of(domain)).isTrue();
					assertThat(Duration.between(lastOld.get(domain), said.at())).as("%s: the last mail on OLD", domain).isGreaterThanOrEqualTo(QUIET.minusSeconds(1));
					endedIn.putIfAbsent(domain, round);
				}
			}
		}
		for (int domain : domains) {
			assertThat(endedIn.containsKey(domain)).as("%s (%s) after %d rounds: %s", domain, Story.of(domain), round, project.run("watch", "--no-look", MovingDomains.name(domain)).out()).isEqualTo(Story.of(domain).ends());
			if (Story.of(domain).ends()) {
				assertThat(endedIn.get(domain) - trueSince.getOrDefault(domain, endedIn.get(domain))).as("%s: rounds between the truth and the verdict", domain).isLessThanOrEqualTo(1);
			}
		}
		reasons(project, domains, cutover);
	}

	/// What ENDED means, as the world knows it.
	private boolean isTrue(int domain, @Nullable Instant flown, Instant now, Instant switched) throws IOException, InterruptedException {
		return Story.of(domain).ends() && flown != null && now.isAfter(switched.plusSeconds(MovingDomains.TTL)) && isLedToNew(domain)
				&& lastOld.get(domain).plus(QUIET).isBefore(now);
	}

	private boolean isLedToNew(int domain) {
		try {
			return led("one", domain) == Side.NEW && led("two", domain) == Side.NEW && led("behind", domain) == Side.NEW && (Story.of(domain) != Story.LATE_CACHE || led("stretch", domain) == Side.NEW);
		} catch (IOException | InterruptedException e) {
			throw new AssertionError(e);
		}
	}

	/// Every kind that was planted is found where it was, and no other but caches within their time, which everybody had who got mail.
	private void reasons(Headless project, List<Integer> domains, Instant cutover) throws Exception {
		Migration migration = MigrationFiles.load(project.folder()).migration().orElseThrow();
		try (EvidenceLog log = new SqliteEvidenceStore().open(project.folder())) {
			for (Domain domain : migration.domains()) {
				int number = Integer.parseInt(domain.name().ascii().replaceAll("\\D", ""));
				Story story = Story.of(number);
				Ledger ledger = Ledger.of(domain, migration, log, null, Instant.now());
				assertThat(ledger.deadline()).as(domain.name().ascii()).isInstanceOf(Deadline.Known.class);
				List<Mailbox> mailboxes = migration.mailboxes().stream().filter(mailbox -> mailbox.address().domain().equals(domain.name())).toList();
				ArrivalLog arrivals = ArrivalLog.read(log, ArrivalLog.watched(migration, mailboxes, List.of(Side.values())), cutover.minusSeconds(600));
				Situation seen = Situations.of(ledger, migration, log, cutover);
				// three days of caches that stretch, in the time of this test
				Situation situation = new Situation(seen.cutover(), seen.deadline(), seen.backups(), seen.canaries(), Duration.ZERO);
				Map<Kind, List<String>> kinds = new EnumMap<>(Kind.class);
				for (Straggler straggler : Stragglers.of(arrivals.arrivals(), situation)) {
					kinds.computeIfAbsent(straggler.kind(), _ -> new ArrayList<>()).add(straggler.sender());
				}
				Set<Kind> expected = story == Story.SILENT ? EnumSet.noneOf(Kind.class) : EnumSet.of(Kind.CACHE);
				if (story.planted != null) {
					expected.add(story.planted);
				}
				assertThat(kinds.keySet()).as("%s (%s): %s", domain.name(), story, kinds).isEqualTo(expected);
				if (story == Story.LATE_CACHE) {
					assertThat(kinds.get(Kind.CACHE_LATE)).containsExactly("late-d" + number + ".example");
				}
				if (story == Story.WRITTEN_DOWN) {
					assertThat(kinds.get(Kind.HARD_WIRED)).containsExactly("fixed-d" + number + ".example");
				}
			}
		}
		assertThat(domains.stream().map(Story::of).collect(Collectors.toSet())).as("each story is played").containsAll(EnumSet.allOf(Story.class));
	}
}
