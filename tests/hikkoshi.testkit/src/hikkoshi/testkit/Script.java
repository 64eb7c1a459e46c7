package hikkoshi.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import javax.net.ssl.SSLContext;

/// What a [ScriptedServer] does with a connection, step by step. Immutable: each method gives a longer script.
///
/// Texts are ISO 8859-1. `${1}`, `${2}`… in what is sent stand for the groups of the latest matched line that had groups (an IMAP tag, mostly).
/// When the steps are used up, the connection is closed.
public final class Script {

	/// One thing to do.
	sealed interface Step {
		record Send(String text) implements Step {
		}

		/// Waits for a line that matches; another one ends the connection and is noted as a surprise.
		record Expect(Pattern line) implements Step {
		}

		/// Answers lines by the first rule that fits, until a rule leaves or the client goes. A line without a rule is a surprise.
		record Serve(List<Rule> rules) implements Step {
		}

		/// Waits for a byte of the client's, whatever it is.
		record AwaitData() implements Step {
		}

		record Close() implements Step {
		}

		record Reset() implements Step {
		}

		/// Says nothing and swallows what comes, until the client goes or the server is closed.
		record Stall() implements Step {
		}

		record Pause(Duration time) implements Step {
		}

		record Drip(String text, Duration interval) implements Step {
		}

		record Flood(String chunk, long bytes) implements Step {
		}

		record StartTls(SSLContext context) implements Step {
		}
	}

	/// An answer to lines of one kind.
	record Rule(Pattern line, List<Step> steps, boolean leave) {
	}

	private final List<Step> steps;

	private Script(List<Step> steps) {
		this.steps = List.copyOf(steps);
	}

	public static Script script() {
		return new Script(List.of());
	}

	private Script plus(Step step) {
		List<Step> longer = new ArrayList<>(steps);
		longer.add(step);
		return new Script(longer);
	}

	List<Step> steps() {
		return steps;
	}

	/// This script, then that.
	public Script then(Script other) {
		List<Step> longer = new ArrayList<>(steps);
		longer.addAll(other.steps);
		return new Script(longer);
	}

	/// Sends exactly this.
	public Script send(String text) {
		return plus(new Step.Send(text));
	}

	public Script send(byte[] bytes) {
		return send(new String(bytes, StandardCharsets.ISO_8859_1));
	}

	/// Sends these lines, each with CRLF, in one write.
	public Script lines(String... lines) {
		return send(String.join("\r\n", lines) + "\r\n");
	}

	/// Waits for a line that matches as a whole, without regard to case.
	public Script expect(String regex) {
		return plus(new Step.Expect(pattern(regex)));
	}

	/// Waits until the client has sent something, and swallows its first byte.
	public Script awaitData() {
		return plus(new Step.AwaitData());
	}

	/// Answers lines by rules, until one of them leaves.
	public Script serve(Rules rules) {
		return plus(new Step.Serve(List.copyOf(rules.rules)));
	}

	/// Ends the connection in order.
	public Script close() {
		return plus(new Step.Close());
	}

	/// Ends the connection with a TCP reset.
	public Script reset() {
		return plus(new Step.Reset());
	}

	/// Keeps the connection and says nothing more.
	public Script stall() {
		return plus(new Step.Stall());
	}

	public Script pause(Duration time) {
		return plus(new Step.Pause(time));
	}

	/// Sends a byte at a time.
	public Script drip(String text, Duration interval) {
		return plus(new Step.Drip(text, interval));
	}

	/// Sends the chunk again and again, up to so many bytes in all, for as long as the client takes them.
	public Script flood(String chunk, long bytes) {
		return plus(new Step.Flood(chunk, bytes));
	}

	/// Takes the server's part in a TLS handshake.
	public Script startTls(SSLContext context) {
		return plus(new Step.StartTls(context));
	}

	static Pattern pattern(String regex) {
		return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
	}

	/// Rules for [#serve], tried in order. Mutable while it is built.
	public static final class Rules {

		private final List<Rule> rules = new ArrayList<>();

		/// Plays the script for each line that matches, then goes on serving.
		public Rules on(String regex, Script script) {
			rules.add(new Rule(pattern(regex), script.steps(), false));
			return this;
		}

		/// Plays the script for the first line that matches, then goes on to the step after the rules.
		public Rules leaveOn(String regex, Script script) {
			rules.add(new Rule(pattern(regex), script.steps(), true));
			return this;
		}

		public Rules plus(Rules others) {
			rules.addAll(others.rules);
			return this;
		}
	}
}
