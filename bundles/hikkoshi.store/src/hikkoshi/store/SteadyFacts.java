package hikkoshi.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import hikkoshi.core.evidence.Facts;

/// What of the facts says something new. How long a phase took, and what a cache has counted down to, differs each time and says nothing:
/// an observation that differs from the one before only there becomes a repeat, and its facts are dropped.
///
/// Left out are columns and keys named `ms`, `bytes` or `transcript` (how it went, not what came of it) or ending in `.ms` or `.bytes`, and the cells of column `ttl` in the rows whose `kind`
/// is `resolver`: a resolver's TTL runs down, an authoritative server's does not.
final class SteadyFacts {
	private static final Set<String> FLEETING = Set.of("ms", "bytes", "transcript");
	private static final String RESOLVER = "resolver";

	private SteadyFacts() {}

	static boolean same(Facts one, Facts other) {
		return steady(one).equals(steady(other));
	}

	private static Facts steady(Facts facts) {
		return switch (facts) {
			case Facts.Text text -> text;
			case Facts.Tree tree -> steady(tree).orElse(new Facts.Tree("", "", List.of()));
			case Facts.Table table -> steady(table);
		};
	}

	private static Optional<Facts.Tree> steady(Facts.Tree tree) {
		if (isFleeting(tree.key())) {
			return Optional.empty();
		}
		return Optional.of(new Facts.Tree(tree.key(), tree.value(), tree.children().stream().flatMap(child -> steady(child).stream()).toList()));
	}

	private static Facts.Table steady(Facts.Table table) {
		int kind = table.columns().indexOf("kind");
		List<List<String>> rows = new ArrayList<>();
		for (List<String> row : table.rows()) {
			boolean cached = kind >= 0 && row.get(kind).equals(RESOLVER);
			List<String> cells = new ArrayList<>();
			for (int i = 0; i < row.size(); i++) {
				String column = table.columns().get(i);
				cells.add(isFleeting(column) || cached && column.equals("ttl") ? "" : row.get(i));
			}
			rows.add(cells);
		}
		return new Facts.Table(table.columns(), rows);
	}

	private static boolean isFleeting(String key) {
		return FLEETING.contains(key.substring(key.lastIndexOf('.') + 1));
	}
}
