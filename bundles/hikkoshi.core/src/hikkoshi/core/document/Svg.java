package hikkoshi.core.document;

import hikkoshi.core.document.Shape.Box;
import hikkoshi.core.document.Shape.Dot;
import hikkoshi.core.document.Shape.Line;
import hikkoshi.core.document.Shape.Text;

/// A [Picture] as SVG 1.1 that loads nothing and runs nothing. The same picture gives the same bytes.
public final class Svg {
	private final StringBuilder svg;

	private Svg(StringBuilder svg) {
		this.svg = svg;
	}

	/// A file of its own: light or dark as its reader has it.
	public static String file(Picture picture) {
		StringBuilder svg = new StringBuilder(4_000).append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
		new Svg(svg).write(picture, " xmlns=\"http://www.w3.org/2000/svg\"", "<style>" + styles() + "</style>\n");
		return svg.toString();
	}

	/// An element of a page that has the [#styles].
	static String element(Picture picture) {
		StringBuilder svg = new StringBuilder(4_000);
		new Svg(svg).write(picture, "", "");
		return svg.toString();
	}

	/// The colours, by class.
	static String styles() {
		StringBuilder css = new StringBuilder(".pic text{font:" + Picture.TEXT + "px system-ui,\"Segoe UI\",\"Hiragino Sans\",\"Noto Sans CJK JP\",Meiryo,sans-serif}"
				+ ".pic rect,.pic circle,.pic text{fill:currentColor}.pic path,.pic .ring{fill:none;stroke:currentColor}\n");
		colours(css, false);
		css.append("@media (prefers-color-scheme:dark){\n");
		colours(css, true);
		return css.append("}\n").toString();
	}

	private static void colours(StringBuilder css, boolean isDark) {
		for (Ink ink : Ink.values()) {
			css.append(".pic .").append(name(ink)).append("{color:#").append(String.format("%06x", ink.rgb(isDark))).append('}');
		}
		css.append('\n');
	}

	private static String name(Ink ink) {
		return switch (ink) {
			case PAPER -> "paper";
			case TEXT -> "ink";
			case SOFT -> "soft";
			case RULE -> "rule";
			case VEIL -> "veil";
			case OLD -> "old";
			case NEW -> "new";
			case OTHER -> "other";
			case SILENT -> "silent";
			case MARK -> "mark";
		};
	}

	private void write(Picture picture, String namespace, String styles) {
		svg.append("<svg").append(namespace).append(" class=\"pic\" role=\"img\" viewBox=\"0 0 ").append(picture.width()).append(' ').append(picture.height())
				.append("\" width=\"").append(picture.width()).append("\" height=\"").append(picture.height()).append("\">\n<title>").append(Plain.markup(picture.title()))
				.append("</title>\n<desc>").append(Plain.markup(picture.description())).append("</desc>\n").append(styles);
		svg.append("<rect class=\"paper\" width=\"").append(picture.width()).append("\" height=\"").append(picture.height()).append("\"/>\n");
		picture.shapes().forEach(this::shape);
		svg.append("</svg>\n");
	}

	private void shape(Shape shape) {
		switch (shape) {
			case Box box -> {
				open("rect", box.ink(), "");
				at("x", box.x()).at("y", box.y()).at("width", box.width()).at("height", box.height()).close("rect", box.tip());
			}
			case Line line -> {
				open("path", line.ink(), "");
				svg.append(" d=\"M").append(number(line.x1())).append(' ').append(number(line.y1())).append('L').append(number(line.x2())).append(' ')
						.append(number(line.y2())).append('"').append(line.isDashed() ? " stroke-dasharray=\"5 3\"" : "");
				close("path", "");
			}
			case Dot dot -> dot(dot);
			case Text text -> {
				open("text", text.ink(), "");
				at("x", text.x()).at("y", text.y());
				svg.append(switch (text.anchor()) {
					case START -> "";
					case MIDDLE -> " text-anchor=\"middle\"";
					case END -> " text-anchor=\"end\"";
				}).append('>').append(Plain.markup(text.words())).append("</text>\n");
			}
		}
	}

	private void dot(Dot dot) {
		switch (dot.form()) {
			case DISC, RING -> {
				open("circle", dot.ink(), dot.form() == Shape.Form.RING ? " ring" : "");
				at("cx", dot.x()).at("cy", dot.y()).at("r", dot.size()).close("circle", dot.tip());
			}
			case SQUARE -> {
				open("rect", dot.ink(), "");
				at("x", dot.x() - dot.size()).at("y", dot.y() - dot.size()).at("width", 2 * dot.size()).at("height", 2 * dot.size()).close("rect", dot.tip());
			}
		}
	}

	private void open(String element, Ink ink, String more) {
		svg.append('<').append(element).append(" class=\"").append(name(ink)).append(more).append('"');
	}

	private Svg at(String name, double value) {
		svg.append(' ').append(name).append("=\"").append(number(value)).append('"');
		return this;
	}

	private void close(String element, String tip) {
		if (tip.isEmpty()) {
			svg.append("/>\n");
		} else {
			svg.append("><title>").append(Plain.markup(tip)).append("</title></").append(element).append(">\n");
		}
	}

	/// With one decimal at most, and a point in every country.
	private static String number(double value) {
		long tenths = Math.round(value * 10);
		String sign = tenths < 0 ? "-" : "";
		long size = Math.abs(tenths);
		return sign + size / 10 + (size % 10 == 0 ? "" : "." + size % 10);
	}
}
