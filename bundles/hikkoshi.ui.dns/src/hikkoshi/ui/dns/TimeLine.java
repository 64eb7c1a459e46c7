package hikkoshi.ui.dns;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.ledger.Deadline;
import hikkoshi.core.ledger.Entry;
import hikkoshi.core.ledger.Ledger;
import hikkoshi.core.ledger.Source;
import hikkoshi.core.ledger.Span;
import hikkoshi.core.ledger.Standing;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.text.Phrases;

/// The history of one record: a line for each server with what it was heard to give and when, and the deadline across all. UI thread only.
final class TimeLine extends Canvas {
	private static final int LABEL = 200;
	private static final int ROW = 24;
	private static final int BAR = 18;
	private static final int MARGIN = 6;
	private static final int LEAST = 3;

	private final Phrases words;
	private @Nullable Ledger ledger;
	private RecordSet.@Nullable Key key;

	TimeLine(Composite parent, Phrases words) {
		super(parent, SWT.DOUBLE_BUFFERED | SWT.BORDER);
		this.words = words;
		addPaintListener(event -> paint(event.gc));
		addListener(SWT.Resize, _ -> redraw());
		getAccessible().addAccessibleListener(new AccessibleAdapter() {
			@Override
			public void getName(AccessibleEvent event) {
				event.result = words.say("ledger.time-line");
			}
		});
	}

	void show(@Nullable Ledger next, RecordSet.@Nullable Key record) {
		ledger = next;
		key = record;
		redraw();
	}

	@Override
	public Point computeSize(int width, int height, boolean changed) {
		return new Point(width == SWT.DEFAULT ? LABEL * 2 : width, height == SWT.DEFAULT ? ROW * 8 : height);
	}

	private void paint(GC gc) {
		Ledger mine = ledger;
		RecordSet.Key record = key;
		Entry entry = mine == null || record == null ? null : mine.entry(record).orElse(null);
		if (mine == null || record == null || entry == null) {
			gc.drawText(words.say("ledger.choose"), MARGIN, MARGIN, true);
			return;
		}
		Map<Source, List<Span>> lines = new TreeMap<>(entry.lines());
		Instant now = Instant.now();
		Instant end = entry.deadline() instanceof Deadline.Known known && known.at().isAfter(now) ? known.at() : now;
		Instant begin = lines.values().stream().flatMap(List::stream).map(Span::from).min(Instant::compareTo).orElse(now);
		Rectangle area = getClientArea();
		Scale scale = new Scale(begin, end, LABEL, Math.max(1, area.width - LABEL - 2 * MARGIN));
		gc.drawText(LedgerTable.name(record, mine), MARGIN, MARGIN, true);
		DateTimeFormatter time = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT, FormatStyle.MEDIUM).withLocale(words.locale()).withZone(ZoneId.systemDefault());
		gc.drawText(time.format(begin), LABEL, MARGIN, true);
		int y = MARGIN + ROW;
		for (Map.Entry<Source, List<Span>> line : lines.entrySet()) {
			row(gc, line, y, scale, now);
			y += ROW;
		}
		// where there are more servers than fit, the labels of the lines cover the last of them: without their words the lines say nothing
		int bottom = Math.max(MARGIN + ROW, Math.min(y, area.height - 2 * ROW - MARGIN));
		if (bottom < y) {
			gc.setBackground(getBackground());
			gc.fillRectangle(0, bottom, area.width, area.height - bottom);
		}
		line(gc, scale.x(now), bottom, words.say("ledger.now"), getDisplay().getSystemColor(SWT.COLOR_WIDGET_FOREGROUND), SWT.LINE_DOT);
		if (entry.deadline() instanceof Deadline.Known known) {
			line(gc, scale.x(known.at()), bottom, words.say("ledger.deadline", time.format(known.at())), new Color(52, 120, 210), SWT.LINE_SOLID);
		}
	}

	/// From first to last sighting full, and thin on to the next one: there nobody looked.
	private void row(GC gc, Map.Entry<Source, List<Span>> line, int y, Scale scale, Instant now) {
		gc.setForeground(getDisplay().getSystemColor(SWT.COLOR_WIDGET_FOREGROUND));
		gc.setClipping(0, y, LABEL - MARGIN, ROW);
		gc.drawText(line.getKey().place(), MARGIN, y, true);
		gc.setClipping((Rectangle) null);
		List<Span> spans = new ArrayList<>(line.getValue());
		for (int i = 0; i < spans.size(); i++) {
			Span span = spans.get(i);
			int from = scale.x(span.from());
			int to = Math.max(from + LEAST, scale.x(span.to()));
			gc.setBackground(color(span.standing()));
			int next = i + 1 < spans.size() ? scale.x(spans.get(i + 1).from()) : to;
			gc.fillRectangle(from, y + BAR / 2, Math.max(0, next - from), LEAST);
			gc.fillRectangle(from, y + 2, to - from, BAR);
			String word = words.say("standing." + span.standing().name().toLowerCase(Locale.ROOT));
			if (gc.textExtent(word).x + MARGIN < to - from) {
				gc.setForeground(getDisplay().getSystemColor(SWT.COLOR_WHITE));
				gc.setClipping(from, y, to - from, ROW);
				gc.drawText(word, from + 3, y + 2 + (BAR - gc.textExtent(word).y) / 2, true);
				gc.setClipping((Rectangle) null);
			}
		}
	}

	private void line(GC gc, int x, int bottom, String text, Color color, int style) {
		gc.setForeground(color);
		gc.setLineStyle(style);
		gc.drawLine(x, MARGIN + ROW, x, bottom);
		gc.setLineStyle(SWT.LINE_SOLID);
		gc.setForeground(getDisplay().getSystemColor(SWT.COLOR_WIDGET_FOREGROUND));
		int width = gc.textExtent(text).x;
		boolean deadline = style == SWT.LINE_SOLID;
		gc.drawText(text, Math.max(LABEL, Math.min(x - width / 2, getClientArea().width - width - MARGIN)), deadline ? bottom + ROW : bottom + 2, true);
	}

	/// Dark enough for white letters, in a light and in a dark window.
	private Color color(Standing standing) {
		return switch (standing) {
			case OLD -> new Color(176, 58, 46);
			case NEW -> new Color(39, 119, 72);
			case MIXED, OTHER -> new Color(156, 100, 12);
			case SAME, NONE -> new Color(110, 110, 120);
		};
	}

	/// Moments to pixels.
	private record Scale(Instant begin, Instant end, int left, int width) {
		int x(Instant at) {
			double whole = Math.max(1, Duration.between(begin, end).toMillis());
			return left + (int) Math.round(width * Math.clamp(Duration.between(begin, at).toMillis() / whole, 0.0, 1.0));
		}
	}
}
