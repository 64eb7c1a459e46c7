package hikkoshi.dns.audit;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A record of `tag=value` pairs divided by semicolons, as DMARC, MTA-STS, TLS-RPT and DKIM write them. The first of equal tags counts.
///
/// @param values tag in lower case to value
record Tags(Map<String, String> values) {
	/// Empty when something between semicolons is no pair.
	static Optional<Tags> parse(String text) {
		Map<String, String> values = new LinkedHashMap<>();
		String[] pairs = text.split(";", -1);
		for (int i = 0; i < pairs.length; i++) {
			String pair = pairs[i].strip();
			int equals = pair.indexOf('=');
			if (pair.isEmpty() && i == pairs.length - 1) {
				continue;
			}
			if (equals <= 0) {
				return Optional.empty();
			}
			values.putIfAbsent(pair.substring(0, equals).strip().toLowerCase(Locale.ROOT), pair.substring(equals + 1).strip());
		}
		return Optional.of(new Tags(values));
	}

	String get(String tag) {
		return values.getOrDefault(tag, "");
	}
}
