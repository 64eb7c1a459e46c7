package hikkoshi.core.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// An address that receives mail and has no mailbox of its own: nobody logs in to it, yet it must exist on the new side too.
///
/// @param address of a catch-all: `*@` and its domain
/// @param goesTo where its mail ends, as far as known
/// @param line where `mailboxes.csv` lists it (1-based)
public record Recipient(EmailAddress address, Kind kind, List<EmailAddress> goesTo, String wave, String note, int line) implements Target {
	/// What becomes of the mail.
	public enum Kind {
		/// Another name of mailboxes on the same server.
		ALIAS,
		/// A list of members.
		GROUP,
		/// Sent on to somewhere else.
		FORWARDER,
		/// Whatever nobody else of the domain takes.
		CATCH_ALL;

		/// Not copied for each row of a roster, as `values()` is.
		private static final List<Kind> KINDS = List.of(values());

		private final String token = name().toLowerCase(Locale.ROOT).replace('_', '-');

		/// The word in the column `kind`, e.g. `catch-all`.
		public String token() {
			return token;
		}

		public static Optional<Kind> of(String token) {
			for (Kind kind : KINDS) {
				if (kind.token().equals(token)) {
					return Optional.of(kind);
				}
			}
			return Optional.empty();
		}
	}

	/// The word in the column `kind` for a mailbox; so does an empty cell.
	public static final String MAILBOX_TOKEN = "mailbox";
	/// The local part of a catch-all's address.
	public static final String ANY = "*";

	public Recipient {
		goesTo = List.copyOf(goesTo);
	}

	@Override
	public Id id() {
		return new Id("recipient:" + address);
	}
}
