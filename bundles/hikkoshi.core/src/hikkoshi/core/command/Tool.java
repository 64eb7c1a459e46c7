package hikkoshi.core.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// A program that speaks to mail servers.
public enum Tool {
	/// `openssl s_client`: connection, certificate and, by hand, all the rest.
	OPENSSL,
	/// `swaks`: SMTP and submission.
	SWAKS,
	/// `curl`: IMAP, POP3, submission and SMTP.
	CURL;

	/// The word of the command line.
	public String token() {
		return name().toLowerCase(Locale.ROOT);
	}

	public static Optional<Tool> of(String token) {
		return Arrays.stream(values()).filter(tool -> tool.token().equals(token.toLowerCase(Locale.ROOT))).findFirst();
	}
}
