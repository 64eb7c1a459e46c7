package hikkoshi.core.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import hikkoshi.core.evidence.Reason;

/// Until when at most an honest cache may answer with anything but the new data. Never too early: what is not known for certain makes it [Unknown].
public sealed interface Deadline {
	/// Nothing changes, as far as anybody knows.
	record Nothing() implements Deadline {}

	/// Every server gives the new answer, and after this moment no honest cache holds another one.
	///
	/// @param why what decides it
	record Known(Instant at, Reason why) implements Deadline {}

	/// Some servers still hand out something else, so there is no deadline yet.
	///
	/// @param notBefore when it would be if they all changed at the moment of judging
	/// @param why one reason per server
	record Running(Instant notBefore, List<Reason> why) implements Deadline {
		public Running {
			why = List.copyOf(why);
		}
	}

	/// Some servers cannot be judged.
	///
	/// @param notBefore what the others allow
	/// @param why one reason per server
	record Unknown(Instant notBefore, List<Reason> why) implements Deadline {
		public Unknown {
			why = List.copyOf(why);
		}
	}

	/// Whether no honest cache can hold the old answer any more.
	default boolean hasPassed(Instant now) {
		return switch (this) {
			case Nothing _ -> true;
			case Known known -> !now.isBefore(known.at());
			case Running _, Unknown _ -> false;
		};
	}

	/// The latest of several: what cannot be judged outweighs what still runs, and that a known moment.
	static Deadline latest(Collection<Deadline> all) {
		Instant notBefore = Instant.MIN;
		List<Reason> unknown = new ArrayList<>();
		List<Reason> running = new ArrayList<>();
		Deadline latest = new Nothing();
		for (Deadline each : all) {
			switch (each) {
				case Nothing _ -> {
					// nothing to wait for
				}
				case Known known -> {
					if (!(latest instanceof Known other) || known.at().isAfter(other.at())) {
						latest = known;
					}
					notBefore = Chronicle.later(notBefore, known.at());
				}
				case Running still -> {
					running.addAll(still.why());
					notBefore = Chronicle.later(notBefore, still.notBefore());
				}
				case Unknown dark -> {
					unknown.addAll(dark.why());
					notBefore = Chronicle.later(notBefore, dark.notBefore());
				}
			}
		}
		if (!unknown.isEmpty()) {
			unknown.addAll(running);
			return new Unknown(notBefore, unknown);
		}
		return running.isEmpty() ? latest : new Running(notBefore, running);
	}
}
