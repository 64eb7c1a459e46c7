package hikkoshi.core.tests.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.arrival.Arrival;
import hikkoshi.core.arrival.Arrival.Sender;
import hikkoshi.core.arrival.SeenArrival;
import hikkoshi.core.arrival.Senders;
import hikkoshi.core.arrival.Situation;
import hikkoshi.core.arrival.Straggler;
import hikkoshi.core.arrival.Straggler.Kind;
import hikkoshi.core.arrival.Stragglers;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Side;
import hikkoshi.core.text.Phrases;

/// Why mail still comes to the old side, case by case.
class StragglersTest {
	private static final Instant CUTOVER = Instant.parse("2026-12-01T20:00:00Z");
	private static final Instant DEADLINE = CUTOVER.plus(Duration.ofHours(1));
	private static final Sender PARTNER = new Sender("out-1.partner.example", "out", "198.51.100.7", "mx.old.example", "ESMTPS", "q");
	private static final Sender SIBLING = new Sender("out-2.partner.example", "out", "198.51.100.8", "mx.new.example", "ESMTPS", "q");
	private static final Sender BOT = new Sender("", "friend", "203.0.113.66", "mx.old.example", "SMTP", "q");

	private final List<SeenArrival> all = new ArrayList<>();

	private StragglersTest came(Side side, Sender sender, Duration after, String folder, String canary) {
		Instant at = CUTOVER.plus(after);
		all.add(new SeenArrival(EmailAddress.parse("ann@example.org"), side,
				new Arrival(folder, String.valueOf(all.size()), at, at, sender, "", "", "id" + all.size(), canary, List.of(), 1), at));
		return this;
	}

	private StragglersTest came(Side side, Sender sender, Duration after) {
		return came(side, sender, after, "INBOX", "");
	}

	private List<Straggler> judge(@Nullable Instant deadline) {
		return Stragglers.of(all, new Situation(CUTOVER, deadline, Set.of("Backup.example", "192.0.2.99"), Map.of("direct", "old-direct", "natural", "new-submission")));
	}

	private Kind only(@Nullable Instant deadline) {
		List<Straggler> found = judge(deadline);
		assertThat(found).hasSize(1);
		for (Locale locale : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
			assertThat(Phrases.of(locale, List.of()).say(found.getFirst().reason())).doesNotContain("straggler.", "{");
		}
		return found.getFirst().kind();
	}

	@Test
	void beforeTheCutoverNothingIsLate() {
		came(Side.OLD, PARTNER, Duration.ofHours(-1)).came(Side.NEW, PARTNER, Duration.ofHours(1));
		assertThat(judge(DEADLINE)).isEmpty();
	}

	@Test
	void aCacheWithinItsTime() {
		came(Side.OLD, PARTNER, Duration.ofMinutes(59));
		assertThat(only(DEADLINE)).isEqualTo(Kind.CACHE);
		assertThat(only(null)).isEqualTo(Kind.CACHE_OPEN);
	}

	@Test
	void aCacheBeyondItsTimeIsNamedByItsNetwork() {
		came(Side.OLD, PARTNER, Duration.ofHours(-9)).came(Side.OLD, PARTNER, Duration.ofHours(2));
		assertThat(only(DEADLINE)).isEqualTo(Kind.CACHE_LATE);
		assertThat(judge(DEADLINE).getFirst().network()).isEqualTo("198.51.100.0/24");
		assertThat(judge(DEADLINE).getFirst().reason().args()).contains("198.51.100.0/24", "out-1.partner.example");
	}

	@Test
	void whoNeverFindsTheNewServerHasTheOldOneWrittenDown() {
		came(Side.OLD, PARTNER, Duration.ofHours(-9)).came(Side.OLD, PARTNER, Duration.ofDays(5));
		assertThat(only(DEADLINE)).isEqualTo(Kind.HARD_WIRED);
		came(Side.NEW, SIBLING, Duration.ofDays(4));
		assertThat(only(DEADLINE)).as("one of its machines has the new answer").isEqualTo(Kind.CACHE_LATE);
	}

	@Test
	void spamKnowsNoDns() {
		came(Side.OLD, BOT, Duration.ofHours(3));
		assertThat(only(DEADLINE)).isEqualTo(Kind.SPAM);
		came(Side.OLD, BOT, Duration.ofDays(-3));
		assertThat(only(DEADLINE)).as("it wrote before").isEqualTo(Kind.CACHE_LATE);
	}

	@Test
	void junkOfAStranger() {
		came(Side.OLD, PARTNER, Duration.ofHours(3), "Junk", "");
		assertThat(only(DEADLINE)).isEqualTo(Kind.SPAM);
	}

	@Test
	void backupMxAndTheServerItself() {
		came(Side.OLD, new Sender("backup.example", "b", "192.0.2.50", "mx", "ESMTP", ""), Duration.ofHours(30));
		assertThat(only(DEADLINE)).isEqualTo(Kind.BACKUP_MX);
		all.clear();
		came(Side.OLD, new Sender("", "b", "192.0.2.99", "mx", "ESMTP", ""), Duration.ofHours(30));
		assertThat(only(DEADLINE)).isEqualTo(Kind.BACKUP_MX);
		all.clear();
		came(Side.OLD, Sender.NOBODY, Duration.ofHours(30));
		assertThat(only(DEADLINE)).isEqualTo(Kind.LOCAL);
		all.clear();
		came(Side.OLD, new Sender("dsl.example", "desk", "203.0.113.5", "mx", "ESMTPSA", ""), Duration.ofMinutes(1));
		assertThat(only(DEADLINE)).as("whatever the deadline").isEqualTo(Kind.LOCAL);
	}

	@Test
	void onlyACanaryThatWasSentStraightThereIsNoStraggler() {
		came(Side.OLD, BOT, Duration.ofDays(9), "INBOX", "direct");
		assertThat(only(DEADLINE)).isEqualTo(Kind.CANARY);
		all.clear();
		came(Side.OLD, PARTNER, Duration.ofHours(2), "INBOX", "natural");
		assertThat(only(DEADLINE)).isEqualTo(Kind.CACHE_LATE);
		all.clear();
		came(Side.OLD, BOT, Duration.ofHours(2), "INBOX", "forged");
		assertThat(only(DEADLINE)).as("a token that the log does not know is nothing").isEqualTo(Kind.SPAM);
	}

	@Test
	void whatNeedsAHandComesFirst() {
		came(Side.OLD, PARTNER, Duration.ofMinutes(10)).came(Side.OLD, Sender.NOBODY, Duration.ofMinutes(1)).came(Side.OLD, BOT, Duration.ofHours(3));
		assertThat(judge(DEADLINE)).extracting(Straggler::kind).containsExactly(Kind.SPAM, Kind.LOCAL, Kind.CACHE);
	}

	@Test
	void senders() {
		assertThat(Senders.key(PARTNER)).isEqualTo("partner.example").isEqualTo(Senders.key(SIBLING));
		assertThat(Senders.key(BOT)).isEqualTo("203.0.113.66");
		assertThat(Senders.key(new Sender("Mail.Example", "", "192.0.2.1", "", "", ""))).isEqualTo("mail.example");
		assertThat(Senders.network(new Sender("", "", "2001:db8:1:2::3", "", "", ""))).contains("2001:db8:1::/48");
		assertThat(Senders.network(Sender.NOBODY)).isEmpty();
	}
}
