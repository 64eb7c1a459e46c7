package hikkoshi.core.format.roster;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.Fault;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Recipient;

/// One line of an imported file. Holds no password ([Sheet#passwords]).
public sealed interface SheetRow {
	/// Where it begins, 1-based.
	int line();

	/// What is wrong with it; only warnings in an [Entry].
	List<Fault> faults();

	/// An address with what the file says about it: the texts of the columns of `mailboxes.csv`, null where the file is silent.
	///
	/// @param oldUser its login on the old side
	/// @param newUser the same on the new side
	/// @param kind a word of the column `kind`
	/// @param goesTo addresses, separated by blanks
	record Entry(int line, EmailAddress address, @Nullable String oldUser, @Nullable String newUser, @Nullable String wave, @Nullable String note,
			@Nullable String kind, @Nullable String goesTo, List<Fault> faults) implements SheetRow {
		public Entry {
			faults = List.copyOf(faults);
		}

		/// Empty for a mailbox, and when the file does not say what it is.
		public Optional<Recipient.Kind> recipient() {
			return kind == null ? Optional.empty() : Recipient.Kind.of(kind);
		}

		/// Without a word about the kind it may be anything.
		boolean saysKind() {
			return kind != null;
		}
	}

	/// A line that cannot be used.
	record Refused(int line, List<Fault> faults) implements SheetRow {
		public Refused {
			faults = List.copyOf(faults);
		}
	}
}
