package hikkoshi.core.chart;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.arrival.ArrivalLog;
import hikkoshi.core.arrival.SeenArrival;
import hikkoshi.core.document.Ink;
import hikkoshi.core.document.Picture;
import hikkoshi.core.document.Shape.Anchor;
import hikkoshi.core.document.Shape.Box;
import hikkoshi.core.document.Shape.Line;
import hikkoshi.core.model.Side;
import hikkoshi.core.text.Phrases;

/// Where mail arrived: the new side above the line, the old side below it, with the cutover and the deadline across. Each half has a scale of its own, since
/// a single straggler among a thousand arrivals on the other side is what matters. Canaries are told from mail, and times about which nobody knows are veiled.
///
/// @param cutover null when none is known
/// @param deadline null while there is none
public record ArrivalChart(ArrivalLog log, @Nullable Instant cutover, @Nullable Instant deadline, TimeSpan span, Phrases words) {
	private static final int HEIGHT = 300;
	private static final double LEFT = 44;
	private static final int MOST_BINS = 120;
	/// Of a bar: one message is seen.
	private static final double LEAST = 3;

	/// How much came to one side.
	private static final class Counts {
		final int[] mail;
		final int[] canaries;

		Counts(int bins) {
			mail = new int[bins];
			canaries = new int[bins];
		}

		int most() {
			int most = 0;
			for (int i = 0; i < mail.length; i++) {
				most = Math.max(most, mail[i] + canaries[i]);
			}
			return most;
		}
	}

	public Picture picture() {
		Duration bin = span.piece(MOST_BINS);
		Instant begin = span.begin(bin);
		int bins = (int) (Duration.between(begin, span.to()).toSeconds() / bin.toSeconds()) + 1;
		Counts fresh = count(Side.NEW, begin, bin, bins);
		Counts old = count(Side.OLD, begin, bin, bins);
		Sheet sheet = new Sheet(words, HEIGHT, LEFT, 2);
		sheet.legend(Ink.NEW, words.say("chart.new"));
		sheet.legend(Ink.OLD, words.say("chart.old"));
		sheet.legend(Ink.OTHER, words.say("chart.canary"));
		sheet.legend(Ink.VEIL, words.say("chart.unknown"));
		double middle = (sheet.top + sheet.bottom) / 2;
		veil(sheet, Side.NEW, sheet.top, middle);
		veil(sheet, Side.OLD, middle, sheet.bottom);
		sheet.timeAxis(span);
		half(sheet, fresh, Side.NEW, middle, middle - sheet.top, begin, bin);
		half(sheet, old, Side.OLD, middle, middle - sheet.bottom, begin, bin);
		sheet.level(middle, "0");
		sheet.add(new Line(sheet.left, middle, sheet.right, middle, Ink.SOFT, false));
		sheet.text(sheet.left + 4, sheet.top + 12, words.say("chart.new"), Anchor.START, Ink.NEW);
		sheet.text(sheet.left + 4, sheet.bottom - 5, words.say("chart.old"), Anchor.START, Ink.OLD);
		Instant switched = cutover;
		if (switched != null) {
			sheet.moment(span, switched, words.say("chart.cutover", span.say(switched)), false);
		}
		Instant end = deadline;
		if (end != null) {
			sheet.moment(span, end, words.say("chart.deadline", span.say(end)), true);
		}
		int all = Arrays.stream(fresh.mail).sum();
		int late = Arrays.stream(old.mail).sum();
		if (all + late + Arrays.stream(fresh.canaries).sum() + Arrays.stream(old.canaries).sum() == 0) {
			sheet.text((sheet.left + sheet.right) / 2, middle - 8, words.say("chart.arrivals.none"), Anchor.MIDDLE, Ink.SOFT);
		}
		return sheet.picture(words.say("chart.arrivals"), description(all, late));
	}

	private String description(int all, int late) {
		Instant end = deadline;
		String whole = words.say("chart.arrivals.text", span.say(span.from()), span.say(span.to()), span.zoneName(), all, late);
		Optional<Instant> last = log.arrivals().stream().filter(seen -> seen.side() == Side.OLD && seen.arrival().canary().isEmpty()).map(SeenArrival::came)
				.max(Instant::compareTo);
		String newest = last.map(at -> " " + words.say("chart.arrivals.last", span.say(at))).orElse("");
		return whole + newest + (end == null ? "" : " " + words.say("chart.arrivals.late", log.arrivals().stream()
				.filter(seen -> seen.side() == Side.OLD && seen.arrival().canary().isEmpty() && seen.came().isAfter(end)).count()));
	}

	private Counts count(Side side, Instant begin, Duration bin, int bins) {
		Counts counts = new Counts(bins);
		for (SeenArrival seen : log.arrivals()) {
			if (seen.side() == side && span.holds(seen.came())) {
				int at = (int) (Duration.between(begin, seen.came()).toSeconds() / bin.toSeconds());
				int[] kind = seen.arrival().canary().isEmpty() ? counts.mail : counts.canaries;
				kind[Math.clamp(at, 0, bins - 1)]++;
			}
		}
		return counts;
	}

	/// @param room above the middle, negative for below it
	private void half(Sheet sheet, Counts counts, Side side, double middle, double room, Instant begin, Duration bin) {
		int scale = Sheet.round(counts.most());
		double unit = (Math.abs(room) - 16) / Math.max(1, scale);
		double sign = Math.signum(room);
		if (counts.most() > 0) {
			sheet.level(middle - sign * scale * unit, String.valueOf(scale));
		}
		for (int i = 0; i < counts.mail.length; i++) {
			double x = Math.max(sheet.left, sheet.x(span, begin.plus(bin.multipliedBy(i))));
			double end = Math.min(sheet.right, sheet.x(span, begin.plus(bin.multipliedBy(i + 1L))));
			if (counts.mail[i] + counts.canaries[i] == 0 || end <= x) {
				continue;
			}
			String tip = words.say("chart.arrivals.tip", span.say(begin.plus(bin.multipliedBy(i))), words.say(side == Side.NEW ? "chart.new" : "chart.old"), counts.mail[i],
					counts.canaries[i]);
			double width = Math.max(1, end - x - 0.7);
			double mail = counts.mail[i] == 0 ? 0 : Math.max(LEAST, counts.mail[i] * unit);
			double canaries = counts.canaries[i] == 0 ? 0 : Math.max(LEAST, counts.canaries[i] * unit);
			bar(sheet, x, middle, width, sign * mail, side == Side.NEW ? Ink.NEW : Ink.OLD, tip);
			bar(sheet, x, middle - sign * mail, width, sign * canaries, Ink.OTHER, tip);
		}
	}

	/// @param height upwards from the foot; negative for downwards
	private static void bar(Sheet sheet, double x, double foot, double width, double height, Ink ink, String tip) {
		if (height != 0) {
			sheet.box(x, Math.min(foot, foot - height), width, Math.abs(height), ink, tip);
		}
	}

	/// Before the first look, behind the last one, and where a look found a hole.
	private void veil(Sheet sheet, Side side, double top, double bottom) {
		Optional<Instant> began = log.looks().stream().filter(look -> look.account().server().side() == side).flatMap(look -> look.began().stream()).min(Instant::compareTo);
		Optional<Instant> known = log.looks().stream().filter(look -> look.account().server().side() == side).flatMap(look -> look.known().stream()).max(Instant::compareTo);
		veil(sheet, span.from(), began.orElse(span.to()), top, bottom, words.say("chart.unwatched"));
		known.ifPresent(last -> veil(sheet, last, span.to(), top, bottom, words.say("chart.unwatched")));
		for (ArrivalLog.Doubt doubt : log.doubts()) {
			if (doubt.side() == side) {
				veil(sheet, doubt.from(), doubt.until(), top, bottom, doubt.mailbox() + ": " + words.say(doubt.reason()));
			}
		}
	}

	private void veil(Sheet sheet, Instant from, Instant until, double top, double bottom, String tip) {
		double x = Math.max(sheet.left, sheet.x(span, from));
		double end = Math.min(sheet.right, sheet.x(span, until));
		if (end - x > 0.5) {
			sheet.behind(new Box(x, top, end - x, bottom - top, Ink.VEIL, tip));
		}
	}
}
