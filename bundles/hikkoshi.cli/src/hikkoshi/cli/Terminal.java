package hikkoshi.cli;

import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

import hikkoshi.core.secret.Secret;

/// Where a command prints and asks. Everything that may hold a server's words goes through [#safe], so that no server can move the cursor,
/// change colours or hide text on a technician's terminal.
///
/// Results go to standard output, progress and complaints to standard error.
public final class Terminal {
	private final PrintStream out;
	private final PrintStream err;
	private final boolean interactive;
	private int progressWidth;

	/// @param interactive whether a person sits there
	public Terminal(PrintStream out, PrintStream err, boolean interactive) {
		this.out = out;
		this.err = err;
		this.interactive = interactive;
	}

	static Terminal system() {
		Console console = System.console();
		return new Terminal(new PrintStream(System.out, true, StandardCharsets.UTF_8),
				new PrintStream(System.err, true, StandardCharsets.UTF_8), console != null && console.isTerminal());
	}

	/// Whether a person sits there: progress is drawn and passwords may be asked for.
	boolean interactive() {
		return interactive;
	}

	PrintStream out() {
		return out;
	}

	PrintStream err() {
		return err;
	}

	synchronized void line(String text) {
		clearProgress();
		out.println(safe(text));
	}

	synchronized void complain(String text) {
		clearProgress();
		err.println(safe(text));
	}

	/// Redraws the one progress line; nothing when nobody watches.
	synchronized void progress(String text) {
		if (interactive) {
			String line = safe(text);
			int width = Columns.width(line);
			err.print("\r" + line + " ".repeat(Math.max(0, progressWidth - width)));
			err.flush();
			progressWidth = width;
		}
	}

	synchronized void clearProgress() {
		if (progressWidth > 0) {
			err.print("\r" + " ".repeat(progressWidth) + "\r");
			err.flush();
			progressWidth = 0;
		}
	}

	/// Asks for a password without echo; empty when nobody is there or nothing was typed.
	Optional<Secret> askPassword(String prompt) {
		Console console = System.console();
		if (!interactive || console == null) {
			return Optional.empty();
		}
		clearProgress();
		char[] typed = console.readPassword("%s", safe(prompt));
		if (typed == null || typed.length == 0) {
			return Optional.empty();
		}
		Secret secret = Secret.of(typed);
		Arrays.fill(typed, '\0');
		return Optional.of(secret);
	}

	/// The text with every control, format and bidirectional override character made visible; tabs and line ends stay.
	static String safe(String text) {
		StringBuilder safe = new StringBuilder(text.length());
		text.codePoints().forEach(c -> {
			boolean plain = c == '\n' || c == '\t' || switch (Character.getType(c)) {
				case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.LINE_SEPARATOR,
						Character.PARAGRAPH_SEPARATOR -> false;
				default -> true;
			};
			if (plain) {
				safe.appendCodePoint(c);
			} else {
				safe.append(String.format("\\u{%x}", c));
			}
		});
		return safe.toString();
	}
}
