package hikkoshi.mail.internal.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Facts.Tree;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.probe.Reasons;

/// What a connection saw: its phases with their times, and the dialogue. Everything in it has passed [Words].
/// For one thread.
public final class Journal {
	private static final int MOST_LINES = 80;
	/// Of a millisecond.
	private static final long NANOS_PER_TENTH = 100_000;

	private final Words words;
	private final List<Tree> phases = new ArrayList<>(8);
	private final List<Tree> lines = new ArrayList<>(16);
	private final List<Tree> details = new ArrayList<>(8);
	private Phase phase = Phase.CONNECT;
	private String value = "";
	private long began;
	private boolean open;

	public Journal(Words words) {
		this.words = words;
	}

	/// Closes the phase before and begins this one.
	public void begin(Phase next) {
		end();
		phase = next;
		began = System.nanoTime();
		open = true;
	}

	public Phase phase() {
		return phase;
	}

	/// What the phase had as its result, a server's words for instance.
	public void value(String text) {
		value = words.keep(text);
	}

	public void detail(String key, Object fact) {
		details.add(Tree.of(key, words.keep(String.valueOf(fact))));
	}

	/// Details that hold no words of the peer, or cleaned ones.
	public void detail(Tree ready) {
		details.add(ready);
	}

	/// A text of the peer as it may be kept, also in reasons.
	public String keep(String text) {
		return words.keep(text);
	}

	void sent(String shown) {
		say("C: ", shown);
	}

	void received(String line) {
		say("S: ", line);
	}

	private void say(String who, String text) {
		if (lines.size() < MOST_LINES) {
			lines.add(Tree.of("line", who + words.keep(text)));
		} else if (lines.size() == MOST_LINES) {
			lines.add(Tree.of("line", "…"));
		}
	}

	/// A talk with a server, and what it comes to.
	@FunctionalInterface
	public interface Talk {
		Reason talk() throws Stop, IOException, InterruptedException;
	}

	/// What a talk comes to, or why it was given up; the phase says where.
	///
	/// @throws InterruptedException also for what an interrupted socket throws
	public Reason concluded(Talk talk) throws InterruptedException {
		Reason reason;
		try {
			return talk.talk();
		} catch (Stop stop) {
			reason = stop.reason();
		} catch (IOException e) {
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
			reason = Reason.of(Reasons.UNEXPECTED, e.getClass().getName(), keep(String.valueOf(e.getMessage())));
		}
		detail(Tree.of("stopped", reason.id()));
		return reason;
	}

	/// Closes the last phase.
	///
	/// @param key what kind of talk it was, e.g. `login`
	/// @param root what was talked to
	/// @param more what was learnt, to stand between the phases and the transcript
	public Facts facts(String key, String root, List<Tree> more) {
		end();
		List<Tree> children = new ArrayList<>(phases);
		children.addAll(more);
		children.add(new Tree("transcript", "", lines));
		return new Tree(key, root, children);
	}

	private void end() {
		if (open) {
			// a duration is no point in time: the monotonic clock measures it, the run's clock dates the evidence
			long tenths = (System.nanoTime() - began) / NANOS_PER_TENTH;
			details.add(Tree.of("took.ms", tenths / 10 + "." + tenths % 10));
			phases.add(new Tree(phase.key(), value, details));
			details.clear();
			value = "";
			open = false;
		}
	}
}
