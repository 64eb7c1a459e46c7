package hikkoshi.core.arrival;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import hikkoshi.core.arrival.ArrivalLog.Doubt;
import hikkoshi.core.arrival.ArrivalLog.LastLook;
import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Side;

/// What the rows of one account say, as far back as was asked for: stays true until there is another row about it.
///
/// @param covers from when on nothing is missing
/// @param good the newest look that worked
/// @param began since when it is watched
record AccountLog(
		Account account, Instant covers, List<SeenArrival> arrivals, List<Doubt> doubts, Optional<Sighting> newest, Optional<Sighting> good, Optional<Instant> began) {
	private static final int FEW = 256;
	private static final Set<String> DOUBTFUL = Set.of(ArrivalReasons.HOLE, ArrivalReasons.UNSEEN);

	AccountLog {
		arrivals = List.copyOf(arrivals);
		doubts = List.copyOf(doubts);
	}

	static AccountLog read(EvidenceView log, Account account, Instant since) {
		String probe = ArrivalReasons.probe(account.endpoint().protocol());
		for (int limit = FEW;; limit *= 16) {
			List<Sighting> history = log.history(probe, account.id(), limit);
			boolean all = history.size() < limit || limit > Integer.MAX_VALUE / 16;
			if (all || history.getFirst().lastSeen().isBefore(since)) {
				return read(account, history, all ? Instant.MIN : since);
			}
		}
	}

	private static AccountLog read(Account account, List<Sighting> history, Instant covers) {
		Optional<Sighting> good = Optional.empty();
		Optional<Instant> began = Optional.empty();
		List<SeenArrival> arrivals = new ArrayList<>();
		List<Doubt> doubts = new ArrayList<>();
		Side side = account.server().side();
		for (Sighting sighting : history) {
			Optional<ArrivalFacts> facts = ArrivalFacts.in(sighting.evidence().facts());
			Reason reason = sighting.evidence().reason();
			Instant at = sighting.evidence().at();
			if (DOUBTFUL.contains(reason.id())) {
				doubts.add(new Doubt(account.mailbox(), side, good.map(Sighting::lastSeen).orElse(Instant.EPOCH), at, reason));
			}
			facts.stream().flatMap(known -> known.arrivals().stream()).map(arrival -> new SeenArrival(account.mailbox(), side, arrival, at))
					.filter(seen -> !seen.came().isBefore(covers) && arrivals.stream().noneMatch(seen::isSameAs)).forEach(arrivals::add);
			if (facts.isPresent()) {
				good = Optional.of(sighting);
				began = began.or(() -> Optional.of(sighting.firstSeen()));
			}
		}
		return new AccountLog(account, covers, arrivals, doubts, history.isEmpty() ? Optional.empty() : Optional.of(history.getLast()), good, began);
	}

	/// The newest look, with what the rounds of a watch know beyond its own row.
	LastLook last(StillQuiet still) {
		Sighting last = newest.orElse(null);
		if (last == null || !last.evidence().reason().id().equals(ArrivalReasons.QUIET)) {
			return new LastLook(account, newest, good, began);
		}
		Instant until = still.until(account, last).orElse(null);
		if (until == null) {
			return new LastLook(account, newest, good, began);
		}
		Optional<Sighting> later = Optional.of(new Sighting(last.row(), last.evidence(), last.firstSeen(), until, last.count() + 1));
		return new LastLook(account, later, good.filter(one -> one == last).isPresent() ? later : good, began);
	}
}
