package hikkoshi.core.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A program of a person's that prints an access token, for servers with `auth: oauth2` and no token endpoint. A value: whoever logs in runs it.
///
/// It comes from the person's own settings (environment, command line, preferences) and never from a file of a project: who opens a stranger's
/// project must not run the stranger's programs. No shell takes part unless the person names one, so nothing in a user name can become a command.
///
/// @param words the program and its arguments, as they are handed to the system; at least the program
public record TokenCommand(List<String> words) {
	/// What the program finds in its environment about the account; secrets are never on a command line.
	public static final String USER = "HIKKOSHI_USER";
	public static final String ADDRESS = "HIKKOSHI_ADDRESS";
	/// The DNS name.
	public static final String SERVER = "HIKKOSHI_SERVER";
	public static final String SERVER_KEY = "HIKKOSHI_SERVER_KEY";

	public TokenCommand {
		words = List.copyOf(words);
		if (words.isEmpty() || words.getFirst().isBlank()) {
			throw new IllegalArgumentException("no program");
		}
	}

	/// Reads a line as a person types it: words between blanks; `"…"` and `'…'` hold blanks together. A backslash is a backslash (paths of
	/// Windows), and nothing is expanded.
	///
	/// @return empty when there is no program in it, or a quotation mark is never closed
	public static Optional<TokenCommand> parse(String line) {
		List<String> words = new ArrayList<>();
		StringBuilder word = new StringBuilder();
		boolean within = false;
		char quote = 0;
		for (char c : line.toCharArray()) {
			if (quote != 0) {
				if (c == quote) {
					quote = 0;
				} else {
					word.append(c);
				}
			} else if (c == '"' || c == '\'') {
				quote = c;
				within = true;
			} else if (Character.isWhitespace(c)) {
				if (within) {
					words.add(word.toString());
					word.setLength(0);
					within = false;
				}
			} else {
				word.append(c);
				within = true;
			}
		}
		if (within) {
			words.add(word.toString());
		}
		return quote != 0 || words.isEmpty() || words.getFirst().isBlank() ? Optional.empty() : Optional.of(new TokenCommand(words));
	}

	/// What a person knows it by: arguments may be long, or hold what they should not.
	public String program() {
		return words.getFirst();
	}

	@Override
	public String toString() {
		return "TokenCommand[" + program() + "]";
	}
}
