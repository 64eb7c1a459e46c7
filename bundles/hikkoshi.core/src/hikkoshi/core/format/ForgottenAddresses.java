package hikkoshi.core.format;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Migration;
import hikkoshi.core.probe.Existence;
import hikkoshi.core.probe.PresenceReasons;

/// The addresses that would lose mail — alive on OLD, missing on NEW — as faults at their lines in `mailboxes.csv`. They come from evidence, not from the
/// files, so they keep no migration from being used.
public final class ForgottenAddresses {
	private ForgottenAddresses() {}

	/// @param evidence a [hikkoshi.core.evidence.Snapshot] when there are many addresses
	/// @return in the roster's order
	public static List<Fault> faults(Migration migration, EvidenceView evidence, Instant now) {
		return Existence.of(migration, evidence, migration.policy().evidenceMaxAge(), now, _ -> true).stream().filter(Existence.Entry::isForgotten)
				.map(ForgottenAddresses::fault).toList();
	}

	private static Fault fault(Existence.Entry entry) {
		List<Object> args = new ArrayList<>(List.of(entry.address()));
		entry.onNew().evidence().ifPresent(word -> {
			args.add(word.evidence().reason().id());
			args.addAll(word.evidence().reason().args());
		});
		return new Fault(MigrationProject.MAILBOXES_FILE, entry.line(), 1, Fault.Severity.ERROR,
				Reason.of(PresenceReasons.FORGOTTEN, args.toArray()));
	}
}
