package hikkoshi.core.arrival;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The date and time of a mail header (RFC 5322, 3.3 and 4.3) and of IMAP (RFC 9051, `date-time`), as they are really written. A time without a zone that
/// can be believed is no time: hours would decide whether a message came before or after a cutover.
final class MailDate {
	private static final List<String> MONTHS = List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
	/// Hours; RFC 5322, 4.3, and two that are met.
	private static final Map<String, Integer> ZONES = Map.ofEntries(Map.entry("UT", 0), Map.entry("UTC", 0), Map.entry("GMT", 0), Map.entry("Z", 0),
			Map.entry("EST", -5), Map.entry("EDT", -4), Map.entry("CST", -6), Map.entry("CDT", -5), Map.entry("MST", -7), Map.entry("MDT", -6),
			Map.entry("PST", -8), Map.entry("PDT", -7), Map.entry("JST", 9), Map.entry("CET", 1), Map.entry("CEST", 2));
	private static final Pattern DATE = Pattern.compile(
			"(?:[A-Za-z]{3,9},? {0,5})?([0-9]{1,2})[ -]{1,5}([A-Za-z]{3})[a-z]{0,6}[ -]{1,5}([0-9]{2,4}) {1,5}([0-9]{1,2}) ?: ?([0-9]{2})(?: ?: ?([0-9]{2})(?:\\.[0-9]{1,9})?)?"
					+ " {0,5}([+-][0-9]{4}|[A-Za-z]{1,5})?(?: .*)?");
	private static final int MOST = 200;
	private static final int FIRST_YEAR = 1980;
	private static final int LAST_YEAR = 2199;

	private MailDate() {}

	static Optional<Instant> parse(String text) {
		String plain = withoutComments(text.substring(0, Math.min(text.length(), MOST))).replaceAll("\\s+", " ").strip();
		Matcher date = DATE.matcher(plain);
		if (!date.matches()) {
			return Optional.empty();
		}
		int month = MONTHS.indexOf(date.group(2).toLowerCase(Locale.ROOT)) + 1;
		Optional<ZoneOffset> zone = zone(date.group(7) == null ? "" : date.group(7));
		int year = year(date.group(3));
		if (zone.isEmpty() || year < FIRST_YEAR || year > LAST_YEAR) {
			return Optional.empty();
		}
		try {
			// a leap second is the last one of its minute
			int second = date.group(6) == null ? 0 : Math.min(59, Integer.parseInt(date.group(6)));
			return Optional.of(LocalDateTime.of(year, month, Integer.parseInt(date.group(1)), Integer.parseInt(date.group(4)), Integer.parseInt(date.group(5)), second)
					.toInstant(zone.get()));
		} catch (DateTimeException e) {
			return Optional.empty();
		}
	}

	/// RFC 5322, 4.3: two and three digits.
	private static int year(String digits) {
		int year = Integer.parseInt(digits);
		return switch (digits.length()) {
			case 2 -> year < 50 ? 2000 + year : 1900 + year;
			case 3 -> 1900 + year;
			default -> year;
		};
	}

	private static Optional<ZoneOffset> zone(String zone) {
		if (zone.length() == 5 && (zone.startsWith("+") || zone.startsWith("-"))) {
			int hours = Integer.parseInt(zone.substring(1, 3));
			int minutes = Integer.parseInt(zone.substring(3));
			boolean real = minutes < 60 && hours <= 14;
			int sign = zone.startsWith("-") ? -1 : 1;
			return real ? Optional.of(ZoneOffset.ofTotalSeconds(sign * (hours * 60 + minutes) * 60)) : Optional.empty();
		}
		return Optional.ofNullable(ZONES.get(zone.toUpperCase(Locale.ROOT))).map(ZoneOffset::ofHours);
	}

	private static String withoutComments(String text) {
		StringBuilder plain = new StringBuilder();
		int depth = 0;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '(') {
				depth++;
			} else if (c == ')' && depth > 0) {
				depth--;
				plain.append(' ');
			} else if (depth == 0) {
				plain.append(c);
			}
		}
		return plain.toString();
	}
}
