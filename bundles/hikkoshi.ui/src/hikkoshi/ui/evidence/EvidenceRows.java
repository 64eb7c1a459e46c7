package hikkoshi.ui.evidence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Target;

/// What the Evidence view shows: the newest word of each probe about each target, filtered and sorted. No widgets. UI thread only.
public final class EvidenceRows {
	/// What the table can be sorted by.
	public enum Order {
		TIME,
		OUTCOME,
		TARGET,
		PROBE
	}

	private record Key(String probe, Target.Id target) {}

	private final Map<Key, Sighting> newest = new HashMap<>();
	private final Function<Sighting, String> searchable;
	private Set<Outcome> outcomes = EnumSet.allOf(Outcome.class);
	private String text = "";
	private Order order = Order.TIME;
	private boolean reversed;
	private List<Sighting> visible = List.of();

	/// @param searchable everything of a row that a person sees, for the text filter
	public EvidenceRows(Function<Sighting, String> searchable) {
		this.searchable = searchable;
	}

	public void clear() {
		newest.clear();
		visible = List.of();
	}

	/// Takes what was added to the log; older words of the same probe and target give way.
	public void add(Collection<Sighting> more) {
		for (Sighting sighting : more) {
			newest.merge(new Key(sighting.evidence().probe(), sighting.evidence().target()), sighting,
					(known, next) -> next.row() >= known.row() ? next : known);
		}
		arrange();
	}

	/// @param text words that all must occur, in any case; empty for everything
	public void filter(String text, Set<Outcome> outcomes) {
		this.text = text.strip().toLowerCase(Locale.ROOT);
		this.outcomes = Set.copyOf(outcomes);
		arrange();
	}

	/// The same order twice turns it round.
	public void sort(Order next) {
		reversed = next == order && !reversed;
		order = next;
		arrange();
	}

	public Order order() {
		return order;
	}

	public boolean reversed() {
		return reversed;
	}

	public List<Sighting> visible() {
		return visible;
	}

	/// How many there are, whatever the filter.
	public int total() {
		return newest.size();
	}

	/// How many of an outcome there are, whatever the filter.
	public long count(Outcome outcome) {
		return newest.values().stream().filter(sighting -> sighting.evidence().outcome() == outcome).count();
	}

	private void arrange() {
		List<Sighting> rows = new ArrayList<>();
		String[] wanted = text.isEmpty() ? new String[0] : text.split("\\s+");
		for (Sighting sighting : newest.values()) {
			if (outcomes.contains(sighting.evidence().outcome()) && matches(sighting, wanted)) {
				rows.add(sighting);
			}
		}
		Comparator<Sighting> comparator = comparator().thenComparing(Comparator.comparingLong(Sighting::row).reversed());
		rows.sort(reversed ? comparator.reversed() : comparator);
		visible = List.copyOf(rows);
	}

	private boolean matches(Sighting sighting, String[] wanted) {
		if (wanted.length == 0) {
			return true;
		}
		String all = searchable.apply(sighting).toLowerCase(Locale.ROOT);
		for (String word : wanted) {
			if (!all.contains(word)) {
				return false;
			}
		}
		return true;
	}

	private Comparator<Sighting> comparator() {
		return switch (order) {
			case TIME -> Comparator.comparing(Sighting::lastSeen).reversed();
			case OUTCOME -> Comparator.comparing((Sighting sighting) -> sighting.evidence().outcome()).reversed();
			case TARGET -> Comparator.comparing((Sighting sighting) -> sighting.evidence().target());
			case PROBE -> Comparator.comparing((Sighting sighting) -> sighting.evidence().probe());
		};
	}
}
