package hikkoshi.core.probe;

import java.util.Optional;

import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Presence;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Target;

/// What is known of an address on one side: whether it exists there, and by what word.
public sealed interface Proof {
	/// The short form, for a column.
	enum State {
		EXISTS,
		/// It was asked for, and is not there or takes no mail.
		MISSING,
		UNKNOWN
	}

	/// It exists.
	///
	/// @param byLogin by a login, else by RCPT TO
	record Exists(Sighting word, boolean byLogin) implements Proof {}

	/// The server says that it has no such address (or no such domain, or no catch-all).
	record Missing(Sighting word) implements Proof {}

	/// It is there and takes no mail.
	record Disabled(Sighting word) implements Proof {}

	/// It existed, but that was seen too long ago (or, by its date, is yet to come).
	///
	/// @param word the newest proof
	record Stale(Sighting word, boolean byLogin) implements Proof {}

	/// It was asked for and the answer tells neither.
	record Unclear(Sighting word) implements Proof {}

	/// It could be asked for and never was.
	///
	/// @param first one of the places
	record Never(Presence first) implements Proof {}

	/// No SMTP endpoint to ask at, and no login that proves it.
	///
	/// @param mayLogIn whether a login could prove it
	record NoDoor(Server server, boolean mayLogIn) implements Proof {}

	/// Its domain has no server on that side.
	record NoServer() implements Proof {}

	default State state() {
		return switch (this) {
			case Exists _ -> State.EXISTS;
			case Missing _, Disabled _ -> State.MISSING;
			case Stale _, Unclear _, Never _, NoDoor _, NoServer _ -> State.UNKNOWN;
		};
	}

	/// What it rests on, where anything was ever said.
	default Optional<Sighting> evidence() {
		return switch (this) {
			case Exists(Sighting word, boolean _) -> Optional.of(word);
			case Missing(Sighting word) -> Optional.of(word);
			case Disabled(Sighting word) -> Optional.of(word);
			case Stale(Sighting word, boolean _) -> Optional.of(word);
			case Unclear(Sighting word) -> Optional.of(word);
			case Never _, NoDoor _, NoServer _ -> Optional.empty();
		};
	}

	/// What evidence about it would be about: the target that was looked at, or that should be.
	default Optional<Target.Id> target() {
		return this instanceof Never(Presence first) ? Optional.of(first.id()) : evidence().map(word -> word.evidence().target());
	}
}
