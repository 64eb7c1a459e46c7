package hikkoshi.core.chart;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The time that a chart shows, and in which zone its hours are written.
///
/// @param to after `from`, by a minute at least
public record TimeSpan(Instant from, Instant to, ZoneId zone) {
	private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
	private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MM-dd", Locale.ROOT);
	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);
	private static final int[] MINUTES = {1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440, 2_880, 7_200, 14_400, 43_200, 129_600, 525_600};
	private static final int MINUTES_A_DAY = 1_440;

	public TimeSpan {
		if (to.isBefore(from.plusSeconds(60))) {
			to = from.plusSeconds(60);
		}
	}

	/// A place on the axis with words.
	record Tick(Instant at, String label) {}

	/// Where a moment stands, 0 at the beginning and 1 at the end; beyond that for one outside.
	double place(Instant at) {
		return (double) Duration.between(from, at).toMillis() / Duration.between(from, to).toMillis();
	}

	boolean holds(Instant at) {
		return !at.isBefore(from) && !at.isAfter(to);
	}

	/// Pieces of equal length, which begin at round times: at most `most`.
	///
	/// @return the length
	Duration piece(int most) {
		long seconds = Duration.between(from, to).toSeconds();
		for (int minutes : MINUTES) {
			if (seconds / (minutes * 60L) + 2 <= most) {
				return Duration.ofMinutes(minutes);
			}
		}
		return Duration.ofSeconds(seconds / Math.max(1, most - 2) + 1);
	}

	/// The beginning of the first piece.
	Instant begin(Duration piece) {
		long offset = zone.getRules().getOffset(from).getTotalSeconds();
		long local = from.getEpochSecond() + offset;
		return Instant.ofEpochSecond(Math.floorDiv(local, piece.toSeconds()) * piece.toSeconds() - offset);
	}

	/// At round times of day in the zone, at most `most`.
	List<Tick> ticks(int most) {
		long minutes = Duration.between(from, to).toMinutes();
		int step = MINUTES[MINUTES.length - 1];
		for (int each : MINUTES) {
			if (minutes / each + 1 <= most) {
				step = each;
				break;
			}
		}
		List<Tick> ticks = new ArrayList<>();
		LocalDate day = from.atZone(zone).toLocalDate();
		int days = Math.max(1, step / MINUTES_A_DAY);
		// whole days count from a fixed one, so that an axis that grows keeps its ticks
		day = day.minusDays(Math.floorMod(day.toEpochDay(), days));
		for (; !day.atStartOfDay(zone).toInstant().isAfter(to); day = day.plusDays(days)) {
			for (int minute = 0; minute < MINUTES_A_DAY; minute += Math.min(step, MINUTES_A_DAY)) {
				Instant at = day.atTime(LocalTime.ofSecondOfDay(minute * 60L)).atZone(zone).toInstant();
				if (holds(at)) {
					ticks.add(new Tick(at, step >= MINUTES_A_DAY || minute == 0 ? DAY.format(day) : HOUR.format(at.atZone(zone))));
				}
			}
		}
		return ticks;
	}

	/// e.g. `2026-11-24 22:05`
	String say(Instant at) {
		return MOMENT.format(at.atZone(zone));
	}

	/// The zone, as people know it.
	String zoneName() {
		return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
	}

	/// The dates that it covers.
	String days() {
		String first = DATE.format(from.atZone(zone));
		String last = DATE.format(to.atZone(zone));
		return first.equals(last) ? first : first + " – " + last;
	}

	/// From an hour before what began to now, and not longer than that.
	public static TimeSpan around(Instant began, Instant now, ZoneId zone) {
		Instant to = now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
		Duration before = Duration.between(began, to).dividedBy(12);
		return new TimeSpan(began.minus(before.compareTo(Duration.ofHours(1)) < 0 ? Duration.ofHours(1) : before).truncatedTo(ChronoUnit.MINUTES), to, zone);
	}
}
