package hikkoshi.core.chart;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.document.Ink;
import hikkoshi.core.document.Picture;
import hikkoshi.core.ledger.Cell;
import hikkoshi.core.ledger.Entry;
import hikkoshi.core.ledger.Ledger;
import hikkoshi.core.ledger.Source;
import hikkoshi.core.ledger.Span;
import hikkoshi.core.text.Phrases;

/// How the answers of one kind of server turned from old to new: for each moment, which part of them (server × record that changes) was what. What was heard
/// counts on until the next look, but no longer than evidence is good for; then nobody knows.
///
/// @param maxAge how long a server's word is good for
/// @param cutover null when none is known
/// @param deadline null while there is none
public record ConvergenceChart(List<Ledger> ledgers, Source.Kind kind, Duration maxAge, @Nullable Instant cutover, @Nullable Instant deadline, TimeSpan span, Phrases words) {
	private static final int HEIGHT = 240;
	private static final double LEFT = 44;
	private static final int MOST_COLUMNS = 160;
	private static final int HUNDRED = 100;

	/// From the bottom.
	private enum Part {
		NEW(Ink.NEW),
		OTHER(Ink.OTHER),
		OLD(Ink.OLD),
		SILENT(Ink.SILENT);

		private final Ink ink;

		Part(Ink ink) {
			this.ink = ink;
		}
	}

	public ConvergenceChart {
		ledgers = List.copyOf(ledgers);
	}

	public ConvergenceChart(Ledger ledger, Source.Kind kind, Duration maxAge, @Nullable Instant cutover, @Nullable Instant deadline, TimeSpan span, Phrases words) {
		this(List.of(ledger), kind, maxAge, cutover, deadline, span, words);
	}

	public Picture picture() {
		List<List<Span>> lines = lines();
		Duration length = span.piece(MOST_COLUMNS);
		Instant begin = span.begin(length);
		Sheet sheet = new Sheet(words, HEIGHT, LEFT, 2);
		for (Part part : Part.values()) {
			sheet.legend(part.ink, words.say("chart.answer." + part.name().toLowerCase(Locale.ROOT)));
		}
		sheet.timeAxis(span);
		for (int percent : new int[] {0, 50, HUNDRED}) {
			sheet.level(sheet.bottom - (sheet.bottom - sheet.top) * percent / HUNDRED, percent + "%");
		}
		Map<Part, Integer> last = Map.of();
		Instant from = span.from();
		for (Instant at = begin; !lines.isEmpty() && at.isBefore(span.to()); at = at.plus(length)) {
			// what a column shows is what was known at its end
			Instant end = at.plus(length).isBefore(span.to()) ? at.plus(length) : span.to();
			Map<Part, Integer> now = count(lines, end);
			if (!now.equals(last)) {
				stack(sheet, last, lines.size(), from, at);
				last = now;
				from = at.isBefore(span.from()) ? span.from() : at;
			}
		}
		stack(sheet, last, lines.size(), from, span.to());
		Instant switched = cutover;
		if (switched != null) {
			sheet.moment(span, switched, words.say("chart.cutover", span.say(switched)), false);
		}
		Instant end = deadline;
		if (end != null) {
			sheet.moment(span, end, words.say("chart.deadline", span.say(end)), true);
		}
		if (lines.isEmpty()) {
			sheet.nothing(words.say("chart.convergence.none"));
		}
		String token = kind.token();
		return sheet.picture(words.say("chart.convergence." + token), lines.isEmpty() ? words.say("chart.convergence.none")
				: words.say("chart.convergence.text", span.say(span.to()), span.zoneName(), lines.size(), of(last, Part.NEW), of(last, Part.OLD), of(last, Part.OTHER),
						lines.size() - of(last, Part.NEW) - of(last, Part.OLD) - of(last, Part.OTHER)));
	}

	private static int of(Map<Part, Integer> counts, Part part) {
		return counts.getOrDefault(part, 0);
	}

	private void stack(Sheet sheet, Map<Part, Integer> counts, int all, Instant from, Instant until) {
		double x = Math.max(sheet.left, sheet.x(span, from));
		double width = Math.min(sheet.right, sheet.x(span, until)) - x;
		double foot = sheet.bottom;
		String tip = counts.isEmpty() ? "" : words.say("chart.convergence.tip", span.say(from), of(counts, Part.NEW), of(counts, Part.OLD), of(counts, Part.OTHER),
				of(counts, Part.SILENT), all);
		for (Part part : Part.values()) {
			double height = (sheet.bottom - sheet.top) * of(counts, part) / Math.max(1, all);
			if (height > 0 && width > 0) {
				sheet.box(x, foot - height, width, height, part.ink, tip);
				foot -= height;
			}
		}
	}

	/// Of every answer that is to change, oldest first.
	private List<List<Span>> lines() {
		List<List<Span>> lines = new ArrayList<>();
		for (Ledger ledger : ledgers) {
			for (Entry entry : ledger.entries()) {
				if (entry.moves()) {
					entry.cells().stream().map(Cell::source).filter(source -> source.kind() == kind).map(source -> entry.lines().getOrDefault(source, List.of()))
							.filter(line -> !line.isEmpty()).forEach(lines::add);
				}
			}
		}
		return lines;
	}

	private Map<Part, Integer> count(Collection<List<Span>> lines, Instant at) {
		Map<Part, Integer> counts = new EnumMap<>(Part.class);
		for (List<Span> line : lines) {
			Part part = at(line, at);
			if (part != null) {
				counts.merge(part, 1, Integer::sum);
			}
		}
		return counts;
	}

	private @Nullable Part at(List<Span> line, Instant at) {
		Span known = null;
		for (Span each : line) {
			known = each.from().isAfter(at) ? known : each;
		}
		if (known == null || known.to().plus(maxAge).isBefore(at)) {
			return null;
		}
		return switch (known.standing()) {
			case NEW, SAME -> Part.NEW;
			case OLD -> Part.OLD;
			case MIXED, OTHER -> Part.OTHER;
			case NONE -> Part.SILENT;
		};
	}
}
