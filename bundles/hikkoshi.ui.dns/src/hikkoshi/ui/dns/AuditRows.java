package hikkoshi.ui.dns;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import hikkoshi.core.evidence.Outcome;

/// What an audit says, domain by domain, worst first. Confined to the UI thread.
final class AuditRows {
	private final Map<String, Map<String, AuditRow>> rows = new TreeMap<>();
	private final Map<String, Integer> order = new HashMap<>();
	private final Function<AuditRow, String> text;
	private boolean badOnly = true;
	private String search = "";

	/// A domain with the checks that are shown.
	///
	/// @param checked how many checks there are, shown or not
	record Domain(String name, Outcome worst, List<AuditRow> shown, int checked, long bad) {}

	/// @param checks ids in the order in which people are shown them
	/// @param text what a row says, for the search
	AuditRows(List<String> checks, Function<AuditRow, String> text) {
		this.text = text;
		for (int i = 0; i < checks.size(); i++) {
			order.put(checks.get(i), i);
		}
	}

	void clear() {
		rows.clear();
	}

	/// The newest word of a check about a domain takes the place of an older one.
	void add(Collection<AuditRow> more) {
		for (AuditRow row : more) {
			rows.computeIfAbsent(row.domain(), _ -> new HashMap<>()).put(row.check(), row);
		}
	}

	void filter(boolean onlyBad, String words) {
		badOnly = onlyBad;
		search = words.strip().toLowerCase(Locale.ROOT);
	}

	boolean isEmpty() {
		return rows.isEmpty();
	}

	/// How many checks of all domains have each outcome, shown or not.
	Map<Outcome, Long> counts() {
		Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
		rows.values().forEach(checks -> checks.values().forEach(row -> counts.merge(row.outcome(), 1L, Long::sum)));
		return counts;
	}

	/// Domains with at least one check to show, by name.
	List<Domain> domains() {
		List<Domain> domains = new ArrayList<>();
		rows.forEach((name, checks) -> {
			List<AuditRow> shown = checks.values().stream().filter(this::isShown)
					.sorted(Comparator.comparing(AuditRow::outcome).reversed().thenComparingInt(this::place).thenComparing(AuditRow::check)).toList();
			if (!shown.isEmpty()) {
				Outcome worst = checks.values().stream().map(AuditRow::outcome).reduce(Outcome.PASS, Outcome::worst);
				domains.add(new Domain(name, worst, shown, checks.size(), checks.values().stream().filter(row -> row.outcome() != Outcome.PASS).count()));
			}
		});
		return domains;
	}

	private int place(AuditRow row) {
		return order.getOrDefault(row.check(), Integer.MAX_VALUE);
	}

	private boolean isShown(AuditRow row) {
		return !(badOnly && row.outcome() == Outcome.PASS)
				&& (search.isEmpty() || (row.domain() + " " + row.check() + " " + text.apply(row)).toLowerCase(Locale.ROOT).contains(search));
	}
}
