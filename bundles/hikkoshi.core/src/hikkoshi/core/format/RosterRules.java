package hikkoshi.core.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.Roster.RosterColumns;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Recipient;
import hikkoshi.core.model.Recipient.Kind;

/// The rules that one row of `mailboxes.csv` must keep by itself, whatever the other rows say. What two rows can do to each other is
/// [Roster]'s and [MigrationFiles]' business. For one thread; of use for many rows.
final class RosterRules {
	/// The words of the column `kind`.
	static final List<String> KINDS = kinds();

	private final Addresses addresses = new Addresses();

	/// @param faults takes what is wrong with the row
	/// @return empty when the row cannot be used
	Optional<Roster.Row> row(Csv.Row row, RosterColumns columns, FaultList faults) {
		int place = row.place(columns.address());
		String written = row.value(columns.address()).strip();
		Optional<EmailAddress> parsed = address(written, place, faults);
		if (parsed.isEmpty()) {
			return Optional.empty();
		}
		EmailAddress address = parsed.get();
		String word = row.value(columns.kind()).strip();
		@Nullable Kind kind = word.isEmpty() ? null : Kind.of(word).orElse(null);
		if (kind == null && !word.isEmpty() && !word.equals(Recipient.MAILBOX_TOKEN)) {
			faults.at(row.place(columns.kind()), FaultKind.ROSTER_KIND, word, String.join(", ", KINDS));
			return Optional.empty();
		}
		if (Addresses.isCatchAll(address) != (kind == Kind.CATCH_ALL)) {
			FaultKind wrong = kind == Kind.CATCH_ALL ? FaultKind.ROSTER_NOT_CATCH_ALL : FaultKind.ROSTER_CATCH_ALL;
			faults.at(place, wrong, address);
			return Optional.empty();
		}
		Optional<String> whole = Optional.of(address.toString());
		Optional<String> oldUser = user(row, columns.oldUser(), "old_user", whole, kind, faults);
		Optional<String> newUser = user(row, columns.newUser(), "new_user", whole, kind, faults);
		Optional<List<EmailAddress>> goesTo = goesTo(row, columns.goesTo(), address, kind, faults);
		if (oldUser.isEmpty() || newUser.isEmpty() || goesTo.isEmpty()) {
			return Optional.empty();
		}
		String wave = row.value(columns.wave()).strip();
		return Optional.of(new Roster.Row(address, kind, oldUser.get(), newUser.get(), goesTo.get(), wave, row.value(columns.note()).strip(),
				faults.line(place), faults.column(place), column(row, columns.wave(), wave.isEmpty(), faults),
				column(row, columns.goesTo(), goesTo.get().isEmpty(), faults)));
	}

	private static int column(Csv.Row row, int column, boolean isEmpty, FaultList faults) {
		return isEmpty ? 0 : faults.column(row.place(column));
	}

	private Optional<EmailAddress> address(String written, int place, FaultList faults) {
		if (written.isEmpty()) {
			faults.at(place, FaultKind.MAILBOX_NO_ADDRESS);
			return Optional.empty();
		}
		Optional<EmailAddress> address = addresses.parseAny(written);
		if (address.isEmpty()) {
			faults.at(place, FaultKind.MAILBOX_ADDRESS, written);
		}
		return address;
	}

	/// What is sent to a server as a user name: one line, without control characters.
	///
	/// @param address is the name where the row gives none
	private static Optional<String> user(Csv.Row row, int column, String name, Optional<String> address, @Nullable Kind kind, FaultList faults) {
		String user = row.value(column).strip();
		if (user.isEmpty()) {
			return address;
		}
		if (kind != null) {
			faults.at(row.place(column), FaultKind.ROSTER_NO_LOGIN, name, kind.token());
			return address;
		}
		if (!Addresses.isUser(user)) {
			faults.at(row.place(column), FaultKind.MAILBOX_USER, name);
			return Optional.empty();
		}
		return Optional.of(user);
	}

	private Optional<List<EmailAddress>> goesTo(Csv.Row row, int column, EmailAddress address, @Nullable Kind kind, FaultList faults) {
		String cell = row.value(column).strip();
		if (cell.isEmpty()) {
			return Optional.of(List.of());
		}
		if (kind == null) {
			faults.at(row.place(column), FaultKind.ROSTER_MAILBOX_GOES_TO, address);
			return Optional.of(List.of());
		}
		List<EmailAddress> goesTo = new ArrayList<>();
		for (String word : cell.split("\\s+")) {
			Optional<EmailAddress> target = addresses.parseAny(word);
			if (target.isEmpty()) {
				faults.at(row.place(column), FaultKind.ROSTER_GOES_TO, word);
				return Optional.empty();
			}
			goesTo.add(target.get());
		}
		return Optional.of(goesTo);
	}

	private static List<String> kinds() {
		List<String> kinds = new ArrayList<>(List.of(Recipient.MAILBOX_TOKEN));
		for (Kind kind : Kind.values()) {
			kinds.add(kind.token());
		}
		return List.copyOf(kinds);
	}
}
