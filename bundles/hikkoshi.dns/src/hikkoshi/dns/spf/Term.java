package hikkoshi.dns.spf;

import java.net.InetAddress;

import org.jspecify.annotations.Nullable;

/// A directive or modifier of a record (RFC 7208, 4.6.1).
///
/// @param written as it stands in the record
record Term(String written, SpfResult.Value qualifier, Mechanism mechanism) {
	/// What a directive compares the host with (RFC 7208, 5).
	sealed interface Mechanism {
		/// Whether judging it costs one of the ten look-ups.
		default boolean asks() {
			return switch (this) {
				case All _, Ip _ -> false;
				case Include _, A _, Mx _, Ptr _, Exists _ -> true;
			};
		}
	}

	record All() implements Mechanism {}

	record Include(MacroString domain) implements Mechanism {}

	/// @param domain null for the current one
	record A(@Nullable MacroString domain, Prefixes prefixes) implements Mechanism {}

	/// @param domain null for the current one
	record Mx(@Nullable MacroString domain, Prefixes prefixes) implements Mechanism {}

	/// @param domain null for the current one
	record Ptr(@Nullable MacroString domain) implements Mechanism {}

	record Exists(MacroString domain) implements Mechanism {}

	/// `ip4` or `ip6`, by the address.
	record Ip(InetAddress network, int prefix) implements Mechanism {}

	/// How many bits count, for each family.
	record Prefixes(int v4, int v6) {
		static final Prefixes WHOLE = new Prefixes(32, 128);
	}
}
