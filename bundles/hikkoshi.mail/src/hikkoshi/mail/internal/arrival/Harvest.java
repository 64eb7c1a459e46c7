package hikkoshi.mail.internal.arrival;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import hikkoshi.core.arrival.Arrival;
import hikkoshi.core.arrival.ArrivalFacts;
import hikkoshi.core.arrival.ArrivalReasons;
import hikkoshi.core.arrival.Mark;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;

import org.jspecify.annotations.Nullable;

/// What one look into a mailbox gathers, and what it comes to. Grows message by message, so that what is known when a server gives up in the middle is
/// kept. For one thread.
final class Harvest {
	private final Map<String, Mark> marks = new LinkedHashMap<>();
	private final List<Arrival> arrivals = new ArrayList<>();
	private long gone;
	private boolean more;
	private @Nullable Reason began;
	private @Nullable Reason hole;
	private @Nullable Reason missing;

	/// The folder has been read up to there.
	void reached(Mark mark) {
		marks.put(mark.folder(), mark);
	}

	void found(Arrival arrival) {
		arrivals.add(arrival);
	}

	/// So many numbers were used, and no message has them.
	void gone(long count) {
		gone += count;
	}

	/// There is more than one look reads.
	void more() {
		more = true;
	}

	void began(long messages) {
		began = Reason.of(ArrivalReasons.BEGAN, messages, position());
	}

	void hole(String folder, String what, int readAnew) {
		hole = Reason.of(ArrivalReasons.HOLE, folder, what, readAnew, position());
	}

	void missing(String folder, String words) {
		missing = Reason.of(ArrivalReasons.NO_FOLDER, folder, words);
	}

	int size() {
		return arrivals.size();
	}

	boolean isEmpty() {
		return arrivals.isEmpty();
	}

	private String position() {
		return String.join(" ", marks.values().stream().map(Harvest::position).toList());
	}

	private static String position(Mark mark) {
		return mark.folder() + ":" + switch (mark) {
			case Mark.Imap imap -> String.valueOf(imap.next());
			case Mark.Pop3 pop3 -> pop3.messages() + (pop3.tail().isEmpty() ? "" : "/" + pop3.tail().getLast());
		};
	}

	/// What the look comes to; the worst of it when it is several things.
	Reason reason() {
		long canaries = arrivals.isEmpty() ? 0 : arrivals.stream().filter(arrival -> !arrival.canary().isEmpty()).count();
		if (hole != null) {
			return hole;
		}
		if (missing != null) {
			return missing;
		}
		if (began != null) {
			return began;
		}
		if (gone > 0) {
			return Reason.of(ArrivalReasons.UNSEEN, gone, arrivals.size(), position());
		}
		if (more) {
			return Reason.of(ArrivalReasons.MORE, arrivals.size(), canaries, position());
		}
		return arrivals.isEmpty() ? Reason.of(ArrivalReasons.QUIET) : Reason.of(ArrivalReasons.NEW, arrivals.size(), canaries, position());
	}

	/// What is kept of a look that came to a bad end; empty when there is nothing to be kept.
	Optional<Reason> brokenOff(Reason why) {
		if (arrivals.isEmpty()) {
			return Optional.empty();
		}
		List<Object> args = new ArrayList<>(List.of(arrivals.size(), position(), why.id()));
		args.addAll(why.args());
		return Optional.of(Reason.of(ArrivalReasons.BROKEN_OFF, args.toArray()));
	}

	/// @param before the marks of the look before: a folder that was not reached this time keeps its own
	ArrivalFacts facts(List<Mark> before) {
		Map<String, Mark> all = new LinkedHashMap<>();
		before.forEach(mark -> all.put(mark.folder(), mark));
		all.putAll(marks);
		if (missing != null) {
			all.remove(missing.args().getFirst());
		}
		return new ArrivalFacts(List.copyOf(all.values()), arrivals);
	}

	static Outcome outcome(String reason) {
		return switch (reason) {
			case ArrivalReasons.BEGAN, ArrivalReasons.QUIET, ArrivalReasons.NEW, ArrivalReasons.MORE -> Outcome.PASS;
			case ArrivalReasons.UNSEEN, ArrivalReasons.NO_FOLDER -> Outcome.WARN;
			default -> Outcome.UNKNOWN;
		};
	}
}
