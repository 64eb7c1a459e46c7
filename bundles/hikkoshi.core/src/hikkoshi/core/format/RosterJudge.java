package hikkoshi.core.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.Fault.Severity;

/// What is wrong with each row of a [RosterDocument], by itself, beside the others and beside `migration.yaml`; counts them. For one thread.
final class RosterJudge {
	private final RowIndex index;
	private final RosterClashes clashes;
	private int errors;
	private int warnings;
	private long judged;

	RosterJudge(RowIndex index, RosterDomains domains) {
		this.index = index;
		clashes = new RosterClashes(index, domains);
	}

	RosterDomains domains() {
		return clashes.domains();
	}

	int errors() {
		return errors;
	}

	int warnings() {
		return warnings;
	}

	/// How often a row was judged.
	long judged() {
		return judged;
	}

	void add(RosterLine row, Set<RosterLine> touched) {
		clashes.add(row, touched);
	}

	void remove(RosterLine row, Set<RosterLine> touched) {
		clashes.remove(row, touched);
		count(row.worst, -1);
		row.worst = null;
	}

	/// Another `migration.yaml`: judges the rows of the domains that differ.
	void domains(RosterDomains domains, List<RosterLine> all, Set<RosterLine> touched) {
		clashes.domains(domains, all, touched);
		judge(touched);
	}

	void judge(Set<RosterLine> touched) {
		for (RosterLine row : touched) {
			if (row.gone) {
				continue;
			}
			judged++;
			count(row.worst, -1);
			row.worst = null;
			if (row.isBroken()) {
				row.worst = Severity.ERROR;
			} else {
				worse(row, row.own);
				worse(row, clashes.within(row));
				worse(row, clashes.joined(row));
				worse(row, clashes.astray(row));
			}
			count(row.worst, 1);
		}
	}

	private static void worse(RosterLine row, List<Fault> faults) {
		for (Fault fault : faults) {
			if (row.worst != Severity.ERROR) {
				row.worst = fault.severity();
			}
		}
	}

	private void count(@Nullable Severity severity, int by) {
		if (severity == Severity.ERROR) {
			errors += by;
		} else if (severity == Severity.WARNING) {
			warnings += by;
		}
	}

	/// In the order of finding.
	List<Fault> faults(RosterLine row) {
		List<Fault> faults = new ArrayList<>(own(row));
		faults.addAll(clashes.within(row));
		faults.addAll(clashes.joined(row));
		faults.addAll(clashes.astray(row));
		return faults;
	}

	/// Those of all rows, each in the list of the one who finds it when whole files are read.
	///
	/// @param within takes what [Roster] says
	/// @param joined takes what [RosterJoin] says
	void faults(FaultList within, FaultList joined) {
		List<RosterLine> faulty = new ArrayList<>();
		for (int i = 0; i < index.size(); i++) {
			if (index.get(i).worst != null) {
				faulty.add(index.get(i));
			}
		}
		for (RosterLine row : faulty) {
			own(row).forEach(within::add);
			clashes.within(row).forEach(within::add);
			clashes.joined(row).forEach(joined::add);
		}
		faulty.forEach(row -> clashes.astray(row).forEach(joined::add));
	}

	/// What is wrong with a row by itself, where it stands.
	private List<Fault> own(RosterLine row) {
		if (row.own.isEmpty()) {
			return row.own;
		}
		List<Fault> own = new ArrayList<>();
		int line = index.line(row) - 1;
		for (Fault fault : row.own) {
			own.add(fault.line() == 0 ? fault : new Fault(fault.file(), fault.line() + line, fault.column(), fault.severity(), fault.reason()));
		}
		if (row.isBroken()) {
			// its one error is the bad quote, seen as if its line were the last
			FaultKind kind = row.unclosed ? FaultKind.CSV_QUOTE : FaultKind.CSV_AFTER_QUOTE;
			List<String> args = row.unclosed ? List.of() : List.of(String.valueOf(line + 1 + row.strayLines));
			own.replaceAll(fault -> fault.severity() == Severity.ERROR ? kind.at(fault.file(), fault.line(), fault.column(), args) : fault);
		}
		return own;
	}
}
