package hikkoshi.rehearsal.mail;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/// What stands after MAIL and RCPT: an address in angle brackets and parameters (RFC 5321, 4.1.2).
///
/// @param address without brackets and source route; empty for the null sender
/// @param parameters by name in upper case; an empty value for a parameter without one
record SmtpPath(String address, Map<String, String> parameters) {

	private static final String QUOTED_LOCAL_PART = "\"(?:[^\"\\\\\\x00-\\x1f]|\\\\[\\x20-\\x7e]){0,64}\"";
	private static final Pattern PATH = Pattern
			.compile("<(?:@[^:<>\\s]{1,256}:)?((?:" + QUOTED_LOCAL_PART + "|[^<>\"\\s\\x00-\\x1f]){0,320})>(.*)");

	/// Null when it is not well formed.
	static @Nullable SmtpPath parse(String keyword, String argument) {
		if (!argument.regionMatches(true, 0, keyword, 0, keyword.length())) {
			return null;
		}
		Matcher matcher = PATH.matcher(argument.substring(keyword.length()).trim());
		if (!matcher.matches()) {
			return null;
		}
		Map<String, String> parameters = new LinkedHashMap<>();
		for (String word : matcher.group(2).trim().split(" +")) {
			if (!word.isEmpty()) {
				int equals = word.indexOf('=');
				parameters.put((equals < 0 ? word : word.substring(0, equals)).toUpperCase(Locale.ROOT), equals < 0 ? "" : word.substring(equals + 1));
			}
		}
		return new SmtpPath(matcher.group(1), parameters);
	}
}
