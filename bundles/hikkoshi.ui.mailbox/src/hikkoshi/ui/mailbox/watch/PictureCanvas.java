package hikkoshi.ui.mailbox.watch;

import java.util.Optional;

import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.events.PaintEvent;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.FontData;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.document.Ink;
import hikkoshi.core.document.Picture;
import hikkoshi.core.document.Plain;
import hikkoshi.core.document.Shape;
import hikkoshi.core.document.Shape.Box;
import hikkoshi.core.document.Shape.Dot;
import hikkoshi.core.document.Shape.Line;
import hikkoshi.core.document.Shape.Text;

/// Paints a [Picture], as wide as there is room: the same shapes as a report has. What the mouse points at is told; a screen reader hears the description.
/// UI thread only.
final class PictureCanvas extends Canvas {
	private static final double LARGEST = 1.25;
	private static final double POINTS_PER_INCH = 72;
	private static final double HALF = 127.5;
	private static final int NEAR = 2;

	private @Nullable Picture picture;
	private @Nullable Font font;
	private double fontScale;

	PictureCanvas(Composite parent) {
		super(parent, SWT.DOUBLE_BUFFERED);
		addPaintListener(this::paint);
		addListener(SWT.MouseMove, event -> {
			String tip = tip(event.x, event.y).orElse("");
			if (!tip.equals(getToolTipText() == null ? "" : getToolTipText())) {
				setToolTipText(tip.isEmpty() ? null : tip.replace("&", "&&"));
			}
		});
		addDisposeListener(_ -> forget());
		getAccessible().addAccessibleListener(new AccessibleAdapter() {
			@Override
			public void getName(AccessibleEvent event) {
				event.result = picture == null ? "" : picture.title();
			}

			@Override
			public void getDescription(AccessibleEvent event) {
				event.result = picture == null ? "" : picture.description();
			}
		});
	}

	void show(@Nullable Picture next) {
		boolean sameSize = next != null && picture != null && next.height() == picture.height();
		picture = next;
		if (!sameSize) {
			requestLayout();
		}
		redraw();
	}

	@Nullable Picture picture() {
		return picture;
	}

	@Override
	public Point computeSize(int width, int height, boolean changed) {
		Picture mine = picture;
		if (mine == null) {
			return new Point(width == SWT.DEFAULT ? 1 : width, 0);
		}
		int wide = width == SWT.DEFAULT ? mine.width() : width;
		return new Point(wide, (int) Math.ceil(mine.height() * scale(wide, mine)));
	}

	private static double scale(int width, Picture picture) {
		return Math.min(LARGEST, Math.max(1, width) / (double) picture.width());
	}

	private boolean isDark() {
		RGB background = getParent().getBackground().getRGB();
		return 0.3 * background.red + 0.59 * background.green + 0.11 * background.blue < HALF;
	}

	private void paint(PaintEvent event) {
		Picture mine = picture;
		if (mine == null) {
			return;
		}
		boolean isDark = isDark();
		double scale = scale(getClientArea().width, mine);
		GC gc = event.gc;
		gc.setAntialias(SWT.ON);
		gc.setTextAntialias(SWT.ON);
		gc.setFont(font(scale));
		gc.setBackground(colour(Ink.PAPER, isDark));
		gc.fillRectangle(getClientArea());
		mine.shapes().forEach(shape -> paint(gc, shape, scale, isDark));
	}

	private static void paint(GC gc, Shape shape, double scale, boolean isDark) {
		switch (shape) {
			case Box box -> {
				gc.setBackground(colour(box.ink(), isDark));
				int x = at(box.x(), scale);
				int y = at(box.y(), scale);
				gc.fillRectangle(x, y, Math.max(1, at(box.x() + box.width(), scale) - x), Math.max(1, at(box.y() + box.height(), scale) - y));
			}
			case Line line -> {
				gc.setForeground(colour(line.ink(), isDark));
				gc.setLineStyle(line.isDashed() ? SWT.LINE_DASH : SWT.LINE_SOLID);
				gc.drawLine(at(line.x1(), scale), at(line.y1(), scale), at(line.x2(), scale), at(line.y2(), scale));
				gc.setLineStyle(SWT.LINE_SOLID);
			}
			case Dot dot -> {
				gc.setBackground(colour(dot.ink(), isDark));
				gc.setForeground(colour(dot.ink(), isDark));
				int x = at(dot.x() - dot.size(), scale);
				int y = at(dot.y() - dot.size(), scale);
				int size = at(2 * dot.size(), scale);
				switch (dot.form()) {
					case DISC -> gc.fillOval(x, y, size, size);
					case RING -> gc.drawOval(x, y, size, size);
					case SQUARE -> gc.fillRectangle(x, y, size, size);
				}
			}
			case Text text -> {
				gc.setForeground(colour(text.ink(), isDark));
				String words = Plain.of(text.words());
				Point extent = gc.textExtent(words, SWT.DRAW_TRANSPARENT);
				int x = at(text.x(), scale) - switch (text.anchor()) {
					case START -> 0;
					case MIDDLE -> extent.x / 2;
					case END -> extent.x;
				};
				// the base line is given
				gc.drawText(words, x, at(text.y(), scale) - gc.getFontMetrics().getAscent() - gc.getFontMetrics().getLeading(), SWT.DRAW_TRANSPARENT);
			}
		}
	}

	private static int at(double value, double scale) {
		return (int) Math.round(value * scale);
	}

	private static Color colour(Ink ink, boolean isDark) {
		int rgb = ink.rgb(isDark);
		return new Color(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255);
	}

	/// Of the window's own, in the size of the picture's letters.
	private Font font(double scale) {
		Font mine = font;
		if (mine == null || fontScale != scale) {
			forget();
			FontData data = getFont().getFontData()[0];
			data.setHeight(Math.max(6, (int) Math.round(Picture.TEXT * scale * POINTS_PER_INCH / getDisplay().getDPI().y)));
			mine = new Font(getDisplay(), data);
			font = mine;
			fontScale = scale;
		}
		return mine;
	}

	private void forget() {
		if (font != null) {
			font.dispose();
			font = null;
		}
	}

	/// Of the topmost shape there.
	private Optional<String> tip(int x, int y) {
		Picture mine = picture;
		if (mine == null) {
			return Optional.empty();
		}
		double scale = scale(getClientArea().width, mine);
		double left = x / scale;
		double top = y / scale;
		return mine.shapes().reversed().stream().map(shape -> switch (shape) {
			case Box box -> left >= box.x() && left <= box.x() + box.width() && top >= box.y() && top <= box.y() + box.height() ? box.tip() : "";
			case Dot dot -> Math.hypot(left - dot.x(), top - dot.y()) <= dot.size() + NEAR ? dot.tip() : "";
			case Line _, Text _ -> "";
		}).filter(tip -> !tip.isEmpty()).findFirst();
	}
}
