package hikkoshi.core.arrival;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

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
	private static final int FEW = 256;

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
		return read(log, accounts, since, StillQuiet.in(log));
	}

	/// The same for who knows already until when which mailbox was as it was.
	public static ArrivalLog read(EvidenceView log, Collection<Account> accounts, Instant since, StillQuiet still) {
		List<SeenArrival> arrivals = new ArrayList<>();
		List<Doubt> doubts = new ArrayList<>();
		List<LastLook> looks = new ArrayList<>();
		for (Account account : accounts) {
			read(account, upToDate(account, history(log, account, since), still), since, arrivals, doubts, looks);
		}
		arrivals.sort(Comparator.comparing(SeenArrival::came).thenComparing(SeenArrival::mailbox).thenComparing(SeenArrival::side));
		return new ArrivalLog(arrivals, doubts, looks);
	}

	private static List<Sighting> upToDate(Account account, List<Sighting> history, StillQuiet still) {
		if (history.isEmpty() || !history.getLast().evidence().reason().id().equals(ArrivalReasons.QUIET)) {
			return history;
		}
		Sighting last = history.getLast();
		Optional<Instant> until = still.until(account, last);
		if (until.isEmpty()) {
			return history;
		}
		List<Sighting> known = new ArrayList<>(history);
		known.set(known.size() - 1, new Sighting(last.row(), last.evidence(), last.firstSeen(), until.get(), last.count() + 1));
		return known;
	}

	/// As far back as asked for.
	private static List<Sighting> history(EvidenceView log, Account account, Instant since) {
		String probe = ArrivalReasons.probe(account.endpoint().protocol());
		for (int limit = FEW;; limit *= 16) {
			List<Sighting> history = log.history(probe, account.id(), limit);
			if (history.size() < limit || limit > Integer.MAX_VALUE / 16 || history.getFirst().lastSeen().isBefore(since)) {
				return history;
			}
		}
	}

	private static void read(Account account, List<Sighting> history, Instant since, List<SeenArrival> arrivals, List<Doubt> doubts, List<LastLook> looks) {
		Optional<Sighting> good = Optional.empty();
		Optional<Instant> began = Optional.empty();
		List<SeenArrival> mine = new ArrayList<>();
		Side side = account.server().side();
		for (Sighting sighting : history) {
			Optional<ArrivalFacts> facts = ArrivalFacts.in(sighting.evidence().facts());
			Reason reason = sighting.evidence().reason();
			Instant at = sighting.evidence().at();
			if (Set.of(ArrivalReasons.HOLE, ArrivalReasons.UNSEEN).contains(reason.id()) && !at.isBefore(since)) {
				doubts.add(new Doubt(account.mailbox(), side, good.map(Sighting::lastSeen).orElse(Instant.EPOCH), at, reason));
			}
			facts.stream().flatMap(known -> known.arrivals().stream()).map(arrival -> new SeenArrival(account.mailbox(), side, arrival, at))
					.filter(seen -> !seen.came().isBefore(since) && mine.stream().noneMatch(seen::isSameAs)).forEach(mine::add);
			if (facts.isPresent()) {
				good = Optional.of(sighting);
				began = began.or(() -> Optional.of(sighting.firstSeen()));
			}
		}
		arrivals.addAll(mine);
		looks.add(new LastLook(account, history.isEmpty() ? Optional.empty() : Optional.of(history.getLast()), good, began));
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
