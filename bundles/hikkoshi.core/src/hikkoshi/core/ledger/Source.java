package hikkoshi.core.ledger;

import java.util.Comparator;

/// Who answers: one address of one server.
///
/// @param server its name, or a resolver's label
/// @param address with `#port` when it is not 53; empty when its name leads nowhere
public record Source(Kind kind, String server, String address) implements Comparable<Source> {
	private static final Comparator<Source> ORDER = Comparator.comparing(Source::kind).thenComparing(Source::server).thenComparing(Source::address);

	/// In the order in which people are shown them.
	public enum Kind {
		/// A server of the zone, by its delegation or by its own word.
		AUTHORITATIVE("authoritative"),
		/// A server of the zone above, for the delegation.
		PARENT("parent"),
		/// A cache.
		RESOLVER("resolver");

		private final String token;

		Kind(String token) {
			this.token = token;
		}

		/// As facts name it.
		public String token() {
			return token;
		}
	}

	/// e.g. `ns1.example.net (192.0.2.53)`
	public String place() {
		return server.isEmpty() || server.equals(address) ? address : address.isEmpty() ? server : server + " (" + address + ")";
	}

	@Override
	public int compareTo(Source other) {
		return ORDER.compare(this, other);
	}
}
