package hikkoshi.ui.dns;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.plan.Leftover;
import hikkoshi.core.plan.LeftoverCsv;

/// What the sweeps of each domain last found, ready to be shown. Not safe for several threads.
final class LeftoverRows {
	private final Map<String, Map<String, AuditRow>> sweeps = new TreeMap<>();
	private boolean end;

	/// A domain with its leftovers.
	///
	/// @param sweeps what each sweep says: that there are some, none, or that a server owed an answer
	record Domain(String name, Outcome worst, List<AuditRow> sweeps, List<Leftover> rows) {}

	void clear() {
		sweeps.clear();
	}

	/// The newest word of a sweep takes the place of an older one; other checks are left alone.
	void add(Collection<AuditRow> more) {
		for (AuditRow row : more) {
			if (isSweep(row.check())) {
				sweeps.computeIfAbsent(row.domain(), _ -> new TreeMap<>()).put(row.check(), row);
			}
		}
	}

	static boolean isSweep(String check) {
		return check.equals(Leftover.CUTOVER_CHECK) || check.equals(Leftover.END_CHECK);
	}

	/// @param withEnd whether what must stay until the end of propagation is shown too
	void show(boolean withEnd) {
		end = withEnd;
	}

	/// By name; those without leftovers as well, so that one sees that they were swept.
	List<Domain> domains() {
		List<Domain> domains = new ArrayList<>();
		sweeps.forEach((name, byCheck) -> {
			List<AuditRow> shown = byCheck.values().stream().filter(row -> end || row.check().equals(Leftover.CUTOVER_CHECK)).toList();
			if (!shown.isEmpty()) {
				List<Leftover> rows = shown.stream().flatMap(row -> Leftover.of(row.facts()).stream()).sorted().toList();
				domains.add(new Domain(name, shown.stream().map(AuditRow::outcome).reduce(Outcome.PASS, Outcome::worst), shown, rows));
			}
		});
		return domains;
	}

	/// What is shown.
	String csv() {
		Map<String, List<Leftover>> byDomain = new LinkedHashMap<>();
		domains().forEach(domain -> byDomain.put(domain.name(), domain.rows()));
		return LeftoverCsv.of(byDomain);
	}
}
