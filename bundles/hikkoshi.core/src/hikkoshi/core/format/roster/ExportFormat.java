package hikkoshi.core.format.roster;

import java.util.Locale;
import java.util.Optional;

/// In which form a roster is written for others.
public enum ExportFormat {
	/// Our own columns (RFC 4180), with `old_password` and `new_password` when passwords are asked for.
	CSV,
	/// `host1;user1;password1;host2;user2;password2;options;` for imapsync's loops. Mailboxes only.
	IMAPSYNC,
	/// `EmailAddress,UserName,Password` of the old side, for a migration batch of Exchange Online. Mailboxes only.
	EXCHANGE;

	public String token() {
		return name().toLowerCase(Locale.ROOT);
	}

	public static Optional<ExportFormat> of(String token) {
		for (ExportFormat format : values()) {
			if (format.token().equals(token)) {
				return Optional.of(format);
			}
		}
		return Optional.empty();
	}
}
