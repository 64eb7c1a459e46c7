package hikkoshi.core.chart;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import hikkoshi.core.chart.TimeSpan.Tick;
import hikkoshi.core.document.Ink;
import hikkoshi.core.document.Picture;
import hikkoshi.core.document.Shape;
import hikkoshi.core.document.Shape.Anchor;
import hikkoshi.core.document.Shape.Box;
import hikkoshi.core.document.Shape.Line;
import hikkoshi.core.document.Shape.Text;
import hikkoshi.core.text.Phrases;

/// A chart in the making: title and legend above, axes, moments across. Used once.
final class Sheet {
	static final int WIDTH = 720;
	private static final int TITLE = 18;
	private static final int LEGEND = 36;
	private static final int LINE = 14;
	private static final int MOST_TICKS = 9;
	/// Left of this a moment's words stand at its right.
	private static final double MOST_RIGHT = 0.7;

	final double left;
	final double right = WIDTH - 14.0;
	final double top;
	final double bottom;
	private final int height;
	private final List<Shape> behind = new ArrayList<>();
	private final List<Shape> shapes = new ArrayList<>();
	private final List<Shape> front = new ArrayList<>();
	private final Phrases words;
	private double legend;
	private int moments;

	/// @param moments lines that stand for one, whose words need room
	Sheet(Phrases words, int height, double left, int moments) {
		this.words = words;
		this.height = height;
		this.left = left;
		top = LEGEND + 12.0 + LINE * moments;
		bottom = height - 34.0;
		legend = 12;
	}

	void box(double x, double y, double width, double height, Ink ink, String tip) {
		shapes.add(new Box(x, y, width, height, ink, tip));
	}

	void behind(Shape shape) {
		behind.add(shape);
	}

	void add(Shape shape) {
		shapes.add(shape);
	}

	void text(double x, double y, String text, Anchor anchor, Ink ink) {
		front.add(new Text(x, y, text, anchor, ink));
	}

	/// What a colour means.
	void legend(Ink ink, String text) {
		front.add(new Box(legend, LEGEND - 9.0, 10, 10, ink, ""));
		front.add(new Text(legend + 14, LEGEND, text, Anchor.START, Ink.SOFT));
		legend += 30 + Picture.width(text);
	}

	double x(TimeSpan span, Instant at) {
		return left + span.place(at) * (right - left);
	}

	void timeAxis(TimeSpan span) {
		for (Tick tick : span.ticks(MOST_TICKS)) {
			double x = x(span, tick.at());
			behind.add(new Line(x, top, x, bottom, Ink.RULE, false));
			front.add(new Text(x, bottom + 14, tick.label(), Anchor.MIDDLE, Ink.SOFT));
		}
		front.add(new Text(right, bottom + 28, words.say("chart.time", span.days(), span.zoneName()), Anchor.END, Ink.SOFT));
	}

	/// A rule with its number.
	void level(double y, String label) {
		behind.add(new Line(left, y, right, y, Ink.RULE, false));
		front.add(new Text(left - 5, y + 4, label, Anchor.END, Ink.SOFT));
	}

	/// A line across for a moment, with its words above; nothing when it lies outside.
	void moment(TimeSpan span, Instant at, String label, boolean isDashed) {
		if (!span.holds(at)) {
			return;
		}
		double x = x(span, at);
		double y = LEGEND + 12.0 + LINE * moments;
		boolean isRight = span.place(at) > MOST_RIGHT;
		front.add(new Line(x, y - 6, x, bottom, Ink.MARK, isDashed));
		front.add(new Text(isRight ? x - 4 : x + 4, y + 3, label, isRight ? Anchor.END : Anchor.START, Ink.TEXT));
		moments++;
	}

	/// In the middle of an empty chart.
	void nothing(String text) {
		front.add(new Text((left + right) / 2, (top + bottom) / 2, text, Anchor.MIDDLE, Ink.SOFT));
	}

	Picture picture(String title, String description) {
		List<Shape> all = new ArrayList<>(behind);
		all.addAll(shapes);
		all.add(new Line(left, bottom, right, bottom, Ink.SOFT, false));
		all.addAll(front);
		all.add(new Text(12, TITLE, title, Anchor.START, Ink.TEXT));
		return new Picture(WIDTH, height, title, description, all);
	}

	/// The least round number that is not less: 1, 2, 5, 10, 20 …
	static int round(int most) {
		for (long size = 1;; size *= 10) {
			for (int factor : new int[] {1, 2, 5}) {
				if (size * factor >= most) {
					return (int) Math.min(size * factor, Integer.MAX_VALUE);
				}
			}
		}
	}
}
