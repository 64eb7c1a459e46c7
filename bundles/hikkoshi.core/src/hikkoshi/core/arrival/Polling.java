package hikkoshi.core.arrival;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/// When a mailbox is to be looked into next: often while its propagation is under way and while mail comes, seldom where nothing happens, and the less often
/// the more the server asks to be left alone. Pure: the same question has the same answer, so a simulated clock sees what a real one would.
public final class Polling {
	/// Between two looks while something happens.
	public static final Duration SHORTEST = Duration.ofSeconds(30);
	/// Between two looks into a quiet mailbox while its propagation is under way.
	public static final Duration LONGEST_UNDER_WAY = Duration.ofMinutes(10);
	/// Between two looks into a quiet mailbox before and after.
	public static final Duration LONGEST = Duration.ofHours(1);
	/// After a first failure.
	private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
	/// After the server has asked for less.
	private static final Duration FIRST_REST = Duration.ofMinutes(5);
	private static final Duration LONGEST_PAUSE = Duration.ofHours(2);
	private static final int SPREAD = 10;

	private Polling() {}

	/// How the last looks went.
	public sealed interface Course {
		/// There was more than one look reads.
		record Behind() implements Course {}

		/// @param at when the newest message came, or the watch of the mailbox began
		record Quiet(Instant at) implements Course {}

		/// @param times how many looks in a row did not work
		record Failing(int times) implements Course {}

		/// @param times how many times in a row the server asked for less (`[INUSE]`, `[LIMIT]`, `[UNAVAILABLE]`, 421, 454)
		record Throttled(int times) implements Course {}
	}

	/// The time in which propagation is under way.
	///
	/// @param cutover null when none is planned
	/// @param end when the watch is over at the earliest, or null when nobody can tell yet
	public record UnderWay(@Nullable Instant cutover, @Nullable Instant end) {
		boolean holds(Instant now) {
			return cutover != null && !now.isBefore(cutover) && (end == null || now.isBefore(end));
		}
	}

	/// How long to wait after a look.
	///
	/// @param now when the look ended
	/// @param who spreads mailboxes over time, so that ten thousand are not asked in the same second
	public static Duration pause(Course course, UnderWay underWay, Instant now, String who) {
		Duration pause = switch (course) {
			case Course.Behind _ -> Duration.ZERO;
			case Course.Quiet(Instant at) -> {
				// a tenth of the silence so far: an hour's silence is asked every six minutes
				Duration tenth = Duration.between(at, now).dividedBy(10);
				yield clamp(tenth, SHORTEST, underWay.holds(now) ? LONGEST_UNDER_WAY : LONGEST);
			}
			case Course.Failing(int times) -> doubled(FIRST_PAUSE, times);
			case Course.Throttled(int times) -> doubled(FIRST_REST, times);
		};
		// never across the cutover: that moment must not be slept through
		Optional<Duration> left = Optional.ofNullable(underWay.cutover()).filter(now::isBefore).map(cutover -> Duration.between(now, cutover));
		Duration spread = pause.plus(pause.multipliedBy(Math.floorMod(who.hashCode(), SPREAD + 1)).dividedBy(100));
		return left.filter(until -> until.compareTo(spread) < 0 && course instanceof Course.Quiet).orElse(spread);
	}

	private static Duration doubled(Duration first, int times) {
		int doublings = Math.clamp(times - 1L, 0, 10);
		return clamp(first.multipliedBy(1L << doublings), first, LONGEST_PAUSE);
	}

	private static Duration clamp(Duration value, Duration least, Duration most) {
		return value.compareTo(least) < 0 ? least : value.compareTo(most) > 0 ? most : value;
	}
}
