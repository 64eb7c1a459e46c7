package hikkoshi.core.arrival;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Side;

/// What the evidence says about mail that came: a pure reading of the log.
///
/// @param arrivals each message once, by the time at which it came
/// @param doubts times for which the log cannot say what came
/// @param looks the newest look into each mailbox
public record ArrivalLog(List<SeenArrival> arrivals, List<Doubt> doubts, List<LastLook> looks) {
	public ArrivalLog {
		arrivals = List.copyOf(arrivals);
		doubts = List.copyOf(doubts);
		looks = List.copyOf(looks);
	}

	/// A time within which mail may have come that nobody saw.
	///
	/// @param from the last look before
	/// @param until the look that noticed it
	/// @param reason [ArrivalReasons#HOLE] or [ArrivalReasons#UNSEEN]
	public record Doubt(EmailAddress mailbox, Side side, Instant from, Instant until, Reason reason) {}

	/// How a mailbox was looked into last.
	///
	/// @param last empty when it never was
	/// @param began since when it is watched, as far back as was asked for: never too early
	public record LastLook(Account account, Optional<Sighting> last, Optional<Sighting> lastGood, Optional<Instant> began) {
		/// When it was last known what is in it.
		public Optional<Instant> known() {
			return lastGood.map(Sighting::lastSeen);
		}
	}

	/// The account over which a mailbox is watched on one side: IMAP shows more than POP3, and over the first address is enough. Empty when the side has
	/// no endpoint that shows mail and proves its name.
	public static Optional<Account> watched(Migration migration, Mailbox mailbox, Side side) {
		return migration.accounts(mailbox, side).stream().filter(account -> isShown(account.endpoint().protocol()) && account.endpoint().security() != Security.NONE)
				.min(Comparator.comparing(account -> account.endpoint().protocol()));
	}

	/// Those of several mailboxes, mailbox by mailbox.
	public static List<Account> watched(Migration migration, Collection<Mailbox> mailboxes, Collection<Side> sides) {
		return mailboxes.stream().flatMap(mailbox -> sides.stream().flatMap(side -> watched(migration, mailbox, side).stream())).toList();
	}

	private static boolean isShown(Protocol protocol) {
		return switch (protocol) {
			case IMAP, POP3 -> true;
			case SUBMISSION, SMTP -> false;
		};
	}

	/// Reads what came into these mailboxes since a moment.
	public static ArrivalLog read(EvidenceView log, Collection<Account> accounts, Instant since) {
		return read(accounts, since, StillQuiet.in(log), account -> AccountLog.read(log, account, since));
	}

	/// Puts together what is known of each account.
	static ArrivalLog read(Collection<Account> accounts, Instant since, StillQuiet still, Function<Account, AccountLog> logs) {
		List<SeenArrival> arrivals = new ArrayList<>();
		List<Doubt> doubts = new ArrayList<>();
		List<LastLook> looks = new ArrayList<>(accounts.size());
		for (Account account : accounts) {
			AccountLog log = logs.apply(account);
			log.doubts().stream().filter(doubt -> !doubt.until().isBefore(since)).forEach(doubts::add);
			log.arrivals().stream().filter(seen -> !seen.came().isBefore(since)).forEach(arrivals::add);
			looks.add(log.last(still));
		}
		arrivals.sort(Comparator.comparing(SeenArrival::came).thenComparing(SeenArrival::mailbox).thenComparing(SeenArrival::side));
		return new ArrivalLog(arrivals, doubts, looks);
	}

	/// Whether every mailbox has been looked into since a moment, without a doubt about the time since then.
	public boolean isKnownSince(Instant moment) {
		return !looks.isEmpty() && looks.stream().allMatch(look -> look.known().filter(known -> !known.isBefore(moment)).isPresent())
				&& doubts.stream().noneMatch(doubt -> doubt.until().isAfter(moment));
	}

	/// The arrivals that carry one token.
	public List<SeenArrival> of(CanaryToken token) {
		return arrivals.stream().filter(seen -> Objects.equals(seen.arrival().canary(), token.text())).toList();
	}
}
