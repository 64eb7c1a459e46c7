package hikkoshi.core.format;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

import hikkoshi.core.gate.Checklist;
import hikkoshi.core.model.Migration;

/// A migration project as read from its folder: everything usable that the files say, and everything that is wrong with them.
///
/// @param migration empty when a fault of severity ERROR is in `migration.yaml` or `mailboxes.csv`
/// @param checklist empty when a fault of severity ERROR is in `cutover.checklist`
/// @param anchors certificates of the `trust` files
/// @param faults in order of file, line, column
public record MigrationProject(
		Path folder, Optional<Migration> migration, Optional<Checklist> checklist, List<X509Certificate> anchors, List<Fault> faults) {
	public static final String MIGRATION_FILE = "migration.yaml";
	public static final String MAILBOXES_FILE = "mailboxes.csv";
	public static final String CHECKLIST_FILE = "cutover.checklist";

	public MigrationProject {
		anchors = List.copyOf(anchors);
		faults = List.copyOf(faults);
	}

	public boolean hasErrors() {
		return faults.stream().anyMatch(fault -> fault.severity() == Fault.Severity.ERROR);
	}
}
