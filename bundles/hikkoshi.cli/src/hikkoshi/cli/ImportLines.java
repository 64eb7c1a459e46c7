package hikkoshi.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.format.Fault;
import hikkoshi.core.format.roster.ImportRow;
import hikkoshi.core.format.roster.ImportSummary;
import hikkoshi.core.format.roster.RosterImport;
import hikkoshi.core.text.Phrases;

/// The plan of an import in words, or as JSON lines: what the file was taken for, each row that changes something or cannot be taken, and the sum.
final class ImportLines {
	/// Rows of one kind that a person is shown; JSON has all of them.
	private static final int MOST = 50;

	private final Terminal terminal;
	private final Phrases words;
	private final boolean json;

	ImportLines(Terminal terminal, Phrases words, boolean json) {
		this.terminal = terminal;
		this.words = words;
		this.json = json;
	}

	void faults(List<Fault> faults) {
		for (Fault fault : faults) {
			terminal.line(json ? ImportJson.fault(fault, words) : FaultLines.line(fault, words));
		}
	}

	void plan(RosterImport plan, List<Fault> ofProject) {
		if (json) {
			ImportJson.plan(plan, words).forEach(terminal::line);
			return;
		}
		plan.sheet().format().ifPresent(format -> {
			for (Reason reason : format.reasons()) {
				terminal.line(words.say(reason));
			}
		});
		faults(ofProject);
		faults(plan.sheet().faults());
		faults(plan.blockers());
		if (!plan.blockers().isEmpty()) {
			return;
		}
		rows(plan, ImportRow.Outcome.REFUSED);
		rows(plan, ImportRow.Outcome.CHANGED);
		rows(plan, ImportRow.Outcome.ADDED);
		for (RosterImport.MissingDomain domain : plan.missingDomains()) {
			terminal.line(words.say(domain.isAdded() ? "import.domain-added" : "import.domain-missing", domain.name().unicode(), domain.rows(), domain.wave()));
			if (!domain.isAdded()) {
				faults(domain.faults());
			}
		}
		plan.vanished().stream().limit(MOST).forEach(gone -> terminal.line(words.say("import.vanished", gone.address().toString(), gone.line())));
		more(plan.vanished().size());
	}

	private void rows(RosterImport plan, ImportRow.Outcome outcome) {
		int count = 0;
		for (ImportRow row : plan.rows()) {
			boolean isShown = row.outcome() == outcome && (!row.isEffective() || plan.isSelected(row.index()));
			if (isShown && count++ < MOST) {
				row(row);
			}
		}
		more(count);
	}

	private void more(int count) {
		if (count > MOST) {
			terminal.line(words.say("gate.more", count - MOST));
		}
	}

	private void row(ImportRow row) {
		if (row.outcome() != ImportRow.Outcome.REFUSED) {
			List<String> cells = new ArrayList<>();
			for (ImportRow.CellChange cell : row.cells()) {
				if (row.outcome() == ImportRow.Outcome.CHANGED) {
					cells.add(cell.column() + ": " + shown(cell.before()) + " → " + shown(cell.after()));
				} else if (!cell.column().equals("address")) {
					cells.add(cell.column() + ": " + shown(cell.after()));
				}
			}
			String sign = row.outcome() == ImportRow.Outcome.ADDED ? "+ " : "± ";
			terminal.line(sign + row.address() + (cells.isEmpty() ? "" : "  " + String.join(", ", cells)));
		}
		faults(row.faults());
	}

	private static String shown(String cell) {
		return cell.isEmpty() ? "–" : cell;
	}

	/// @param kept how many passwords went into secure storage
	/// @param changes whether there is anything to write
	void end(ImportSummary summary, int kept, boolean changes, boolean isDry) {
		if (json) {
			terminal.line(ImportJson.summary(summary, changes && !isDry));
			return;
		}
		terminal.line(words.say("import.summary", summary.added(), summary.changed(), summary.same(), summary.refused(), summary.deselected()));
		if (summary.domainsAdded() + summary.domainsMissing() > 0) {
			terminal.line(words.say("import.summary-domains", summary.domainsAdded(), summary.domainsMissing()));
		}
		if (summary.passwords() + summary.hashes() > 0) {
			terminal.line(kept > 0 ? words.say("import.passwords-kept", summary.passwords(), summary.hashes(), kept)
					: words.say("import.passwords", summary.passwords(), summary.hashes()));
		}
		terminal.line(words.say(!changes ? "import.nothing" : isDry ? "import.dry" : "import.written"));
	}

	static String token(ImportRow row) {
		return row.outcome().name().toLowerCase(Locale.ROOT);
	}
}
