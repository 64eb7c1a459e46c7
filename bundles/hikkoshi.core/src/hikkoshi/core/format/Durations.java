package hikkoshi.core.format;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lengths of time as people write them: `30s`, `15m`, `24h`, `7d`, `1h30m`, or ISO 8601 (`PT30S`).
public final class Durations {
	private static final Pattern SHORT = Pattern.compile("(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?");
	private static final int[] SECONDS = {86_400, 3_600, 60, 1};

	private Durations() {}

	/// Empty when it is none, or negative.
	public static Optional<Duration> parse(String text) {
		Matcher matcher = SHORT.matcher(text);
		if (!text.isEmpty() && matcher.matches()) {
			Duration sum = Duration.ZERO;
			for (int unit = 0; unit < SECONDS.length; unit++) {
				String count = matcher.group(unit + 1);
				if (count != null) {
					sum = sum.plusSeconds(Long.parseLong(count) * SECONDS[unit]);
				}
			}
			return Optional.of(sum);
		}
		try {
			return Optional.of(Duration.parse(text)).filter(duration -> !duration.isNegative());
		} catch (DateTimeException e) {
			return Optional.empty();
		}
	}

	/// The short form where there is one, e.g. `1h30m`; it reads back as the same length.
	public static String text(Duration duration) {
		if (duration.getNano() != 0 || duration.isNegative()) {
			return duration.toString();
		}
		long rest = duration.toSeconds();
		if (rest == 0) {
			return "0s";
		}
		// 24h is what people write for a day's freshness; whole days from two on
		StringBuilder text = new StringBuilder();
		long days = rest >= 2 * SECONDS[0] && rest % SECONDS[0] == 0 ? rest / SECONDS[0] : 0;
		if (days > 0) {
			return text.append(days).append('d').toString();
		}
		String units = "hms";
		for (int unit = 1; unit < SECONDS.length; unit++) {
			long count = rest / SECONDS[unit];
			if (count > 0) {
				text.append(count).append(units.charAt(unit - 1));
				rest %= SECONDS[unit];
			}
		}
		return text.toString();
	}
}
