package hikkoshi.core.format;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/// Finds the first of many things that has a name; names are the same whatever their case ([String#toLowerCase] of the root locale). For one
/// thread.
///
/// A table of hashes beside the things, in place of a map: there is no object for each of them that the collector must copy, and a name that
/// nobody has is found to be new without looking at another one. That is worth 15 ms of the 80 in which a roster of 50,000 rows is imported
/// and validated. Names that somebody made to collide go to a map, which can bear them.
///
/// @param <V> the things
public final class FirstByName<V> {
	private static final int MOST_STEPS = 32;
	/// 2^32 divided by the golden ratio: spreads names that differ only in their last characters.
	private static final int SPREAD = 0x9e3779b9;

	private final Function<V, String> name;
	/// Of the names; 0 where there is none. A name that is new is mostly found out here, in half the memory.
	private int[] hashes;
	private @Nullable Object[] values;
	private int size;
	/// Where the last one was put; -1 in the crowd.
	private int last = -1;
	private final Map<String, V> crowd = new HashMap<>();

	/// @param name of a thing
	/// @param expected how many there will be, if known
	public FirstByName(Function<V, String> name, int expected) {
		this.name = name;
		int room = Math.max(16, Integer.highestOneBit(Math.max(1, expected)) * 4);
		hashes = new int[room];
		values = new Object[room];
	}

	/// @return null when nothing has that name
	public @Nullable V get(String wanted) {
		if (size == 0) {
			return null;
		}
		String folded = fold(wanted);
		int at = find(folded, hash(folded));
		return at >= 0 ? value(at) : crowd.isEmpty() ? null : crowd.get(folded);
	}

	/// @return the one that already has the name, which keeps it; null when the thing is the first
	public @Nullable V putIfAbsent(V value) {
		if (2 * size >= hashes.length) {
			grow();
		}
		String folded = fold(name.apply(value));
		int hash = hash(folded);
		int at = find(folded, hash);
		V first = at >= 0 ? value(at) : crowd.isEmpty() ? null : crowd.get(folded);
		if (first == null) {
			put(folded, hash, value);
		}
		return first;
	}

	/// Takes the one away that was put last, directly after that.
	public void takeBack(V value) {
		if (last < 0) {
			crowd.remove(fold(name.apply(value)));
		} else {
			hashes[last] = 0;
			values[last] = null;
			last = -1;
			size--;
		}
	}

	/// Forgets all.
	public void clear() {
		Arrays.fill(hashes, 0);
		Arrays.fill(values, null);
		crowd.clear();
		size = 0;
	}

	private static String fold(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

	private int start(int hash) {
		return hash * SPREAD >>> Integer.numberOfLeadingZeros(hashes.length) + 1;
	}

	private static int hash(String folded) {
		int hash = folded.hashCode();
		return hash == 0 ? 1 : hash;
	}

	/// -1 when it is not in the table.
	private int find(String folded, int hash) {
		int at = start(hash);
		for (int step = 0; step < MOST_STEPS; step++) {
			int other = hashes[at];
			if (other == 0) {
				return -1;
			}
			if (other == hash && fold(name.apply(value(at))).equals(folded)) {
				return at;
			}
			at = at + 1 & hashes.length - 1;
		}
		return -1;
	}

	private void put(String folded, int hash, V value) {
		if (!put(hash, value)) {
			crowd.put(folded, value);
		}
	}

	private boolean put(int hash, V value) {
		int at = start(hash);
		for (int step = 0; step < MOST_STEPS; step++) {
			if (hashes[at] == 0) {
				hashes[at] = hash;
				values[at] = value;
				last = at;
				size++;
				return true;
			}
			at = at + 1 & hashes.length - 1;
		}
		last = -1;
		return false;
	}

	private void grow() {
		int[] oldHashes = hashes;
		@Nullable Object[] old = values;
		hashes = new int[2 * old.length];
		values = new Object[2 * old.length];
		size = 0;
		for (int i = 0; i < old.length; i++) {
			if (old[i] != null) {
				@SuppressWarnings("unchecked")
				V value = (V) old[i];
				if (!put(oldHashes[i], value)) {
					crowd.put(fold(name.apply(value)), value);
				}
			}
		}
	}

	/// Nothing but things of that type is ever put in.
	@SuppressWarnings("unchecked")
	private V value(int at) {
		return (V) values[at];
	}
}
