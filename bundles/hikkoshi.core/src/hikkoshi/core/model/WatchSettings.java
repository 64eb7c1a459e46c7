package hikkoshi.core.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/// Which records of each domain are watched while it moves.
///
/// @param usual whether the usual set of mail records is watched
/// @param more further names and types
/// @param before TTL that was in force before the first look, as a person knows it; null when nobody says
public record WatchSettings(boolean usual, List<Name> more, @Nullable Duration before) {
	public static final WatchSettings DEFAULT = new WatchSettings(true, List.of(), null);

	public WatchSettings {
		more = List.copyOf(more);
	}

	/// A name with types.
	///
	/// @param name relative to each domain; `@` for the domain itself, with a final dot absolute
	/// @param types mnemonics in upper case
	public record Name(String name, List<String> types) {
		public Name {
			types = List.copyOf(types);
		}

		/// The absolute name, lower case, with its final dot.
		public String below(DomainName domain) {
			return name.equals("@") ? domain.ascii() + "." : name.endsWith(".") ? name : name + "." + domain.ascii() + ".";
		}
	}

	public Optional<Duration> ttlBefore() {
		return Optional.ofNullable(before);
	}
}
