package hikkoshi.core.tests.watch;

import static hikkoshi.core.tests.watch.Scene.HOUR;
import static hikkoshi.core.tests.watch.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import hikkoshi.core.arrival.Arrival;
import hikkoshi.core.arrival.ArrivalFacts;
import hikkoshi.core.arrival.ArrivalLog;
import hikkoshi.core.arrival.ArrivalReasons;
import hikkoshi.core.arrival.LookBook;
import hikkoshi.core.arrival.Mark;
import hikkoshi.core.arrival.StillQuiet;
import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Followed;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.EvidenceSink;
import hikkoshi.core.probe.Kept;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.core.tests.gate.MemoryEvidence;

/// What a watch over many quiet mailboxes leaves in the log, and what a reader makes of it.
class LookBookTest {
	private final Scene scene = new Scene("ann", "bob", "cid");
	private final MemoryEvidence log = scene.evidence;
	private final List<Account> accounts = ArrivalLog.watched(scene.migration, scene.migration.mailboxes(), List.of(Side.OLD));
	private final EvidenceSink sink = batch -> batch.forEach(log::add);
	private LookBook book = new LookBook(new Followed(log), accounts);

	private static final List<Mark> MARKS = List.of(new Mark.Imap("INBOX", 1, 10, -1, 9));

	private Evidence found(Account account, double when, String reason, List<Mark> marks, Arrival... arrivals) {
		return new Evidence(ArrivalReasons.IMAP_PROBE, account.id(), at(when), Duration.ZERO, reason.equals(ArrivalReasons.HOLE) ? Outcome.UNKNOWN : Outcome.PASS,
				reason.equals(ArrivalReasons.QUIET) ? Reason.of(reason) : Reason.of(reason, 1, "x", "INBOX:" + when), new ArrivalFacts(marks, List.of(arrivals)).table());
	}

	/// One run of a watch.
	private void run(Evidence... found) throws Exception {
		try (RunMemo memo = new RunMemo()) {
			book.open(memo);
			EvidenceSink through = book.before(sink);
			for (Evidence each : found) {
				through.accept(List.of(each));
			}
			book.settle(sink);
		}
	}

	private void quiet(double when, int... who) throws Exception {
		List<Evidence> found = new ArrayList<>();
		for (int each : who) {
			found.add(found(accounts.get(each), when, ArrivalReasons.QUIET, MARKS));
		}
		run(found.toArray(Evidence[]::new));
	}

	private Instant known(int who) {
		return ArrivalLog.read(log, List.of(accounts.get(who)), at(0)).looks().getFirst().known().orElseThrow();
	}

	private List<Sighting> rounds() {
		return log.history(StillQuiet.PROBE, accounts.getFirst().server().id(), 1_000);
	}

	@Test
	void manyQuietMailboxesAreOneRow() throws Exception {
		run(found(accounts.get(0), 0, ArrivalReasons.BEGAN, MARKS), found(accounts.get(1), 0, ArrivalReasons.BEGAN, MARKS), found(accounts.get(2), 0, ArrivalReasons.BEGAN, MARKS));
		quiet(600, 0, 1, 2);
		assertThat(log.lastRow()).as("what is new about each is a row of its own").isEqualTo(6);
		for (int i = 2; i < 20; i++) {
			quiet(600 * i, 0, 1, 2);
		}
		assertThat(log.lastRow()).isEqualTo(6 + 18);
		assertThat(rounds()).hasSize(1);
		assertThat(rounds().getFirst().evidence().facts()).isEqualTo(new Facts.Text("4-6"));
		for (int who = 0; who < 3; who++) {
			assertThat(known(who)).isEqualTo(at(600 * 19));
		}
	}

	/// Each round names who was looked into: of one that was not, nobody says that it was quiet.
	@Test
	void whoWasNotLookedIntoIsNotKnown() throws Exception {
		quiet(0, 0, 1, 2);
		quiet(600, 0, 1, 2);
		quiet(1_200, 0, 1);
		quiet(1_800, 0, 2);
		quiet(2_400, 1, 2);
		quiet(3_000, 0);
		assertThat(known(0)).isEqualTo(at(3_000));
		assertThat(known(1)).isEqualTo(at(2_400));
		assertThat(known(2)).isEqualTo(at(2_400));
		assertThat(book.until(accounts.get(2), log.latest(ArrivalReasons.IMAP_PROBE, accounts.get(2).id()).orElseThrow())).contains(at(2_400));
	}

	/// The time in which something may have come begins where the mailbox was last seen quiet, not where its own row says.
	@Test
	void beforeAnythingElseIsSaidTheOwnRunIsBroughtUp() throws Exception {
		quiet(0, 0, 1, 2);
		for (int i = 1; i < 10; i++) {
			quiet(600 * i, 0, 1, 2);
		}
		run(found(accounts.get(1), 6_000, ArrivalReasons.HOLE, MARKS));
		ArrivalLog read = ArrivalLog.read(log, accounts, at(0));
		assertThat(read.doubts()).singleElement().satisfies(doubt -> {
			assertThat(doubt.from()).isEqualTo(at(5_400));
			assertThat(doubt.until()).isEqualTo(at(6_000));
		});
		assertThat(log.history(ArrivalReasons.IMAP_PROBE, accounts.get(1).id(), 10).getFirst().lastSeen()).isEqualTo(at(5_400));
		quiet(6_600, 0, 1, 2);
		assertThat(known(1)).isEqualTo(at(6_600));
		assertThat(rounds().getLast().evidence().facts()).as("the first quiet look behind it has a row of its own").isEqualTo(new Facts.Text("1,3"));
	}

	@Test
	void oneThatStartsAnewGoesOn() throws Exception {
		quiet(0, 0, 1, 2);
		quiet(600, 0, 1, 2);
		quiet(1_200, 1, 2);
		book.close();
		book = new LookBook(new Followed(log), accounts);
		quiet(1_800, 0, 1);
		assertThat(log.lastRow()).isEqualTo(3 + 3);
		assertThat(known(2)).isEqualTo(at(1_200));
		run(found(accounts.get(2), 2_400, ArrivalReasons.NEW, MARKS));
		assertThat(log.history(ArrivalReasons.IMAP_PROBE, accounts.get(2).id(), 10)).extracting(Sighting::lastSeen).containsExactly(at(1_200), at(2_400));
	}

	@Test
	void aRowOfItsOwnAfterSixHours() throws Exception {
		quiet(0, 0);
		for (int i = 1; i <= 24; i++) {
			quiet(HOUR * i, 0);
		}
		assertThat(log.latest(ArrivalReasons.IMAP_PROBE, accounts.getFirst().id()).orElseThrow().lastSeen()).isEqualTo(at(24 * HOUR));
		assertThat(log.latest(ArrivalReasons.IMAP_PROBE, accounts.getFirst().id()).orElseThrow().count()).isEqualTo(5);
		assertThat(log.lastRow()).isEqualTo(25);
	}

	/// Another process has looked meanwhile: its marks count, and a quiet look at older ones is no repeat.
	@Test
	void whatOthersWriteCounts() throws Exception {
		quiet(0, 0, 1);
		quiet(600, 0, 1);
		List<Mark> farther = List.of(new Mark.Imap("INBOX", 1, 12, -1, 11));
		log.add(found(accounts.getFirst(), 700, ArrivalReasons.NEW, farther));
		try (RunMemo memo = new RunMemo()) {
			book.open(memo);
			assertThat(book.of(ArrivalReasons.IMAP_PROBE, accounts.getFirst().id())).isEqualTo(farther);
		}
		run(found(accounts.getFirst(), 1_200, ArrivalReasons.QUIET, farther));
		assertThat(log.latest(ArrivalReasons.IMAP_PROBE, accounts.getFirst().id()).orElseThrow().evidence().reason().id()).isEqualTo(ArrivalReasons.QUIET);
		assertThat(known(0)).isEqualTo(at(1_200));
	}

	/// What is kept outlives each run, and ends with the book.
	@Test
	void connectionsOutliveARun() throws Exception {
		record Connection(List<String> ends) implements AutoCloseable {
			@Override
			public void close() {
				ends.add("closed");
			}
		}
		List<String> ends = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			try (RunMemo memo = new RunMemo()) {
				book.open(memo);
				assertThat(Kept.isOpen(memo)).isTrue();
				Connection one = Kept.once(memo, "one", Connection.class, () -> new Connection(ends));
				assertThat(one).isSameAs(Kept.once(memo, "one", Connection.class, () -> new Connection(new ArrayList<>())));
				assertThat(one.ends()).isSameAs(ends);
			}
			assertThat(ends).isEmpty();
		}
		book.close();
		assertThat(ends).containsExactly("closed");
		try (RunMemo alone = new RunMemo()) {
			assertThat(Kept.isOpen(alone)).isFalse();
		}
	}

	/// A look that failed says nothing about quiet; the next good one is a row of its own.
	@Test
	void aFailureBreaksTheRow() throws Exception {
		quiet(0, 0);
		quiet(600, 0);
		run(new Evidence(ArrivalReasons.IMAP_PROBE, accounts.getFirst().id(), at(1_200), Duration.ZERO, Outcome.FAIL, Reason.of("net.refused", "192.0.2.1", 993), Facts.NONE));
		assertThat(known(0)).isEqualTo(at(600));
		try (RunMemo memo = new RunMemo()) {
			book.open(memo);
			assertThat(book.of(ArrivalReasons.IMAP_PROBE, accounts.getFirst().id())).as("it is known how far it was read").isEqualTo(MARKS);
		}
		quiet(1_800, 0);
		assertThat(known(0)).isEqualTo(at(1_800));
		assertThat(rounds()).hasSize(1);
	}

	/// A round over a slow server lasts for long: each row tells the time of its first look.
	@Test
	void aLongRoundIsSeveralRows() throws Exception {
		quiet(0, 0, 1, 2);
		run(found(accounts.get(0), 600, ArrivalReasons.QUIET, MARKS), found(accounts.get(1), 640, ArrivalReasons.QUIET, MARKS),
				found(accounts.get(2), 700, ArrivalReasons.QUIET, MARKS));
		assertThat(known(0)).isEqualTo(at(600));
		assertThat(known(1)).as("not later than is certain").isEqualTo(at(600));
		assertThat(known(2)).isEqualTo(at(700));
	}

	/// Every second of forty thousand rows.
	@Test
	void aLongListIsReadAgain() {
		TreeSet<Long> rows = new TreeSet<>();
		for (long row = 1; row < 40_000; row += 2) {
			rows.add(row);
		}
		rows.addAll(List.of(50_000L, 50_001L, 50_002L));
		assertThat(StillQuiet.rows(StillQuiet.facts(rows))).containsExactlyElementsOf(rows);
	}

	/// A log that somebody has written into cannot make a reader hold a billion rows.
	@Test
	void nonsenseInARoundIsNothing() {
		for (String text : List.of("1-999999999999999999", "x", "-", "1,,2", "5-1", "")) {
			log.add(new Evidence(StillQuiet.PROBE, accounts.getFirst().server().id(), at(1), Duration.ZERO, Outcome.PASS, Reason.of(StillQuiet.REASON, 1, text), new Facts.Text(text)));
		}
		scene.quiet(Side.OLD, 0);
		assertThat(ArrivalLog.read(log, accounts, at(0)).looks()).hasSize(3);
	}
}
