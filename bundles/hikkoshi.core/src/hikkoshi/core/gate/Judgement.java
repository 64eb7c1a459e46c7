package hikkoshi.core.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Target;

/// What a gate gathers while it judges: the proof it found, what shuts it, and what is only too old. Used once, by one thread.
final class Judgement {
	/// How far clocks may differ before a time counts as in the future.
	static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

	private final Instant now;
	private final List<Sighting> proof = new ArrayList<>();
	private final List<Blocker> blockers = new ArrayList<>();
	private final List<Blocker> stale = new ArrayList<>();

	Judgement(Instant now) {
		this.now = now;
	}

	Instant now() {
		return now;
	}

	void proven(Sighting sighting) {
		proof.add(sighting);
	}

	void block(Target.Id target, String probe, Outcome outcome, Reason reason, @Nullable Instant since) {
		blockers.add(new Blocker(target, probe, outcome, reason, since));
	}

	void block(Blocker blocker) {
		blockers.add(blocker);
	}

	/// Notes that proof is too old.
	///
	/// @param end when it passed its age
	void outdated(List<Blocker.About> about, Outcome outcome, Reason reason, Instant end) {
		stale.add(new Blocker(about, outcome, reason, end));
	}

	/// Whether evidence may be believed by its date; blocks where it lies in the future.
	boolean dated(Sighting sighting) {
		if (sighting.lastSeen().isAfter(now.plus(CLOCKS_DIFFER))) {
			Target.Id target = sighting.evidence().target();
			block(target, sighting.evidence().probe(), Outcome.UNKNOWN, Reason.of(GateReasons.FUTURE, target, sighting.lastSeen()), null);
			return false;
		}
		return true;
	}

	/// Takes evidence as proof when it is fresh; else notes why not.
	///
	/// @param reason what to say when it is too old
	/// @return whether it is to be believed: neither too old nor from the future
	boolean fresh(Sighting sighting, Duration maxAge, Supplier<Reason> reason) {
		String probe = sighting.evidence().probe();
		Target.Id target = sighting.evidence().target();
		Outcome outcome = sighting.evidence().outcome();
		if (!dated(sighting)) {
			return false;
		}
		Instant end = sighting.lastSeen().plus(maxAge);
		if (end.isBefore(now)) {
			stale.add(new Blocker(target, probe, outcome, reason.get(), end));
			return false;
		}
		return true;
	}

	Opening opening() {
		if (!blockers.isEmpty()) {
			List<Blocker> by = new ArrayList<>(blockers);
			by.addAll(stale);
			by.sort(Comparator.comparing(Blocker::outcome).reversed().thenComparing(Blocker::target));
			return new Opening.Blocked(by);
		}
		if (!stale.isEmpty()) {
			List<Blocker> by = new ArrayList<>(stale);
			by.sort(Comparator.comparing(Judgement::end).thenComparing(Blocker::target));
			return new Opening.Stale(by, end(by.getFirst()));
		}
		return new Opening.Open(proof);
	}

	private static Instant end(Blocker blocker) {
		return blocker.since() == null ? Instant.MIN : blocker.since();
	}
}
