package hikkoshi.core.format;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Side;

/// What a row of `mailboxes.csv` can do to another one, and how it can fail to go with `migration.yaml`: the sentences, whoever finds the rows.
/// The files as a whole are judged by [Roster] and [RosterJoin] in one pass, a text that is being edited by [RosterClashes] row by row.
/// Pure.
final class RosterVerdicts {
	private RosterVerdicts() {}

	/// Takes what is wrong with the row that is looked at.
	@FunctionalInterface
	interface Sink {
		/// @param column where in the line of the row's address
		void on(FaultKind kind, int column, Object... args);
	}

	/// @param line of the row that has the address already
	static void again(Roster.Row row, int line, Sink sink) {
		sink.on(FaultKind.MAILBOX_DUPLICATE, row.addressColumn(), row.address(), line);
	}

	/// @param line of a row with the same address in other letters
	static void alike(Roster.Row row, int line, Sink sink) {
		sink.on(FaultKind.MAILBOX_DUPLICATE_CASE, row.addressColumn(), row.address(), line);
	}

	/// @param domain null when it is none of the migration's
	/// @param isNamed whether `migration.yaml` names it: what is wrong with it is none of the row then
	static void domain(Roster.Row row, @Nullable Domain domain, boolean isNamed, Sink sink) {
		if (domain == null) {
			if (!isNamed) {
				sink.on(FaultKind.MAILBOX_DOMAIN, row.addressColumn(), row.address().domain());
			}
		} else if (!row.wave().isEmpty() && !row.wave().equals(domain.wave())) {
			sink.on(FaultKind.MAILBOX_WAVE, row.waveColumn(), row.wave(), domain.wave(), domain.name());
		}
	}

	/// @param first another row, whose account the row's is too
	/// @param line where the other one stands
	static void account(Roster.Row row, Side side, String server, Roster.Row first, int line, Sink sink) {
		String user = row.user(side);
		FaultKind kind = user.equals(first.user(side)) ? FaultKind.ACCOUNT_DUPLICATE : FaultKind.ACCOUNT_DUPLICATE_CASE;
		sink.on(kind, row.addressColumn(), user, side.token(), server, first.address(), line);
	}

	/// Mail that leads to an address of ours which nobody listed would be lost unseen.
	///
	/// @param isOurs whether a domain moves
	/// @param isListed whether an address is in the roster, whatever its case
	static void astray(Roster.Row row, Predicate<DomainName> isOurs, Predicate<EmailAddress> isListed, Sink sink) {
		for (EmailAddress target : row.goesTo()) {
			if (isOurs.test(target.domain()) && !Addresses.isCatchAll(target) && !isListed.test(target)) {
				sink.on(FaultKind.ROSTER_GOES_NOWHERE, row.goesToColumn(), target, row.address());
			}
		}
	}
}
