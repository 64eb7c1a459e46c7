package hikkoshi.core.format;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Which rows claim the same thing (an address, an account), in the order of the file: the first has it. Costs one map entry for a thing
/// that one row claims. For one thread.
///
/// @param <K> the thing
final class Claims<K> {
	private final Comparator<RosterLine> order;
	private final Map<K, RosterLine> firsts = new HashMap<>();
	private final Map<K, TreeSet<RosterLine>> crowds = new HashMap<>();

	/// @param order of the file
	Claims(Comparator<RosterLine> order) {
		this.order = order;
	}

	Optional<RosterLine> first(K key) {
		return Optional.ofNullable(firsts.get(key));
	}

	/// All that claim it.
	Collection<RosterLine> all(K key) {
		TreeSet<RosterLine> crowd = crowds.get(key);
		return crowd != null ? crowd : first(key).map(List::of).orElse(List.of());
	}

	/// @return whether it is the first now
	boolean add(K key, RosterLine row) {
		RosterLine first = firsts.putIfAbsent(key, row);
		if (first == null) {
			return true;
		}
		TreeSet<RosterLine> crowd = crowds.computeIfAbsent(key, k -> {
			TreeSet<RosterLine> set = new TreeSet<>(order);
			set.add(first);
			return set;
		});
		crowd.add(row);
		firsts.put(key, crowd.first());
		return crowd.first() == row;
	}

	/// @return whether it was the first
	boolean remove(K key, RosterLine row) {
		boolean first = firsts.get(key) == row;
		TreeSet<RosterLine> crowd = crowds.get(key);
		if (crowd == null) {
			if (first) {
				firsts.remove(key);
			}
			return first;
		}
		crowd.remove(row);
		firsts.put(key, crowd.first());
		if (crowd.size() == 1) {
			crowds.remove(key);
		}
		return first;
	}
}
