package hikkoshi.core.evidence;

import java.util.Arrays;
import java.util.List;

/// Why: an id with arguments, turned into a sentence at the edge, for a locale (see `hikkoshi.core.text.Phrases`).
///
/// @param id e.g. `tls.name-mismatch`; lower case, dots and hyphens
/// @param args in the order in which the sentence numbers them; may hold a server's own words, so they are hostile text
public record Reason(String id, List<String> args) {
	public Reason {
		args = List.copyOf(args);
	}

	public static Reason of(String id, Object... args) {
		return new Reason(id, Arrays.stream(args).map(String::valueOf).toList());
	}
}
