package hikkoshi.core.plan;

import java.util.Comparator;
import java.util.List;

/// All records of one name and type (RFC 2181, 5), as text.
///
/// @param name absolute, lower case, with its final dot
/// @param type mnemonic, e.g. `MX`
/// @param ttl seconds
/// @param data presentation form of each record (RFC 1035, 5.1), sorted
public record RecordSet(String name, String type, long ttl, List<String> data) implements Comparable<RecordSet> {
	private static final Comparator<RecordSet> ORDER = Comparator.comparing(RecordSet::name).thenComparing(RecordSet::type);

	public RecordSet {
		data = data.stream().sorted().toList();
	}

	/// A name and type.
	public record Key(String name, String type) {}

	public Key key() {
		return new Key(name, type);
	}

	@Override
	public int compareTo(RecordSet other) {
		return ORDER.compare(this, other);
	}
}
