package hikkoshi.core.sheet;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// A form in which set-up sheets are written.
public enum SheetFormat {
	/// For reading on a screen, one file a mailbox and language.
	HTML,
	/// For paper, one file a mailbox and language.
	PDF,
	/// `config-v1.1.xml`, one file a domain and side, or a mailbox and side where login names differ in kind.
	THUNDERBIRD,
	/// `.mobileconfig`, one file a mailbox.
	APPLE;

	/// The word of the command line.
	public String token() {
		return name().toLowerCase(Locale.ROOT);
	}

	public static Optional<SheetFormat> of(String token) {
		return Arrays.stream(values()).filter(format -> format.token().equals(token.toLowerCase(Locale.ROOT))).findFirst();
	}
}
