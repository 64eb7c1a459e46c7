package hikkoshi.core.watch;

import java.util.Collection;
import java.util.List;

import hikkoshi.core.watch.Condition.Standing;

/// Whether propagation has ended, with every reason.
///
/// @param conditions in the order of their kinds
public record Verdict(State state, List<Condition> conditions) {
	/// The order is that of attention, least first.
	public enum State {
		/// Every condition is proven.
		ENDED,
		/// Nothing speaks against it, and not everything is known.
		UNKNOWN,
		/// Something is known not to hold yet.
		RUNNING
	}

	public Verdict {
		conditions = List.copyOf(conditions);
	}

	static Verdict of(List<Condition> conditions) {
		Standing worst = conditions.stream().map(Condition::standing).max(Standing::compareTo).orElse(Standing.UNKNOWN);
		return new Verdict(switch (worst) {
			case MET -> State.ENDED;
			case UNKNOWN -> State.UNKNOWN;
			case NOT_YET -> State.RUNNING;
		}, conditions);
	}

	/// A wave has ended when each of its domains has; without any there is nothing to say.
	public static State worst(Collection<Verdict> verdicts) {
		return verdicts.stream().map(Verdict::state).max(State::compareTo).orElse(State.UNKNOWN);
	}

	/// What keeps it from ENDED, the worst first.
	public List<Condition> open() {
		return conditions.stream().filter(condition -> condition.standing() != Standing.MET)
				.sorted((one, other) -> other.standing().compareTo(one.standing())).toList();
	}
}
