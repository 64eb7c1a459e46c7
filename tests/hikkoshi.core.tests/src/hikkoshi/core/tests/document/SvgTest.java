package hikkoshi.core.tests.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

import hikkoshi.core.document.Block;
import hikkoshi.core.document.Document;
import hikkoshi.core.document.HtmlPage;
import hikkoshi.core.document.Ink;
import hikkoshi.core.document.Picture;
import hikkoshi.core.document.Shape;
import hikkoshi.core.document.Svg;

class SvgTest {
	private static final String EVIL = "</title><script>alert(1)</script>\"'&\u202e\u0000";

	private static Picture picture(String words) {
		return new Picture(200, 100, words, words, List.of(new Shape.Box(1, 2.25, 30, 40, Ink.OLD, words), new Shape.Line(0, 0, 10, -0.25, Ink.RULE, true),
				new Shape.Dot(5, 6, 3, Shape.Form.DISC, Ink.NEW, words), new Shape.Dot(5, 6, 3, Shape.Form.RING, Ink.NEW, ""),
				new Shape.Dot(5, 6, 3, Shape.Form.SQUARE, Ink.OLD, ""), new Shape.Text(1, 1, words, Shape.Anchor.END, Ink.TEXT)));
	}

	@Test
	void isXmlWhateverIsWrittenInIt() throws Exception {
		String svg = Svg.file(picture(EVIL));
		Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8))).getDocumentElement();
		assertThat(root.getElementsByTagName("script").getLength()).isZero();
		assertThat(root.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("</title><script>alert(1)</script>\"'&[U+202E][U+0000]");
		assertThat(root.getElementsByTagName("desc").getLength()).isEqualTo(1);
		assertThat(root.getElementsByTagName("rect").getLength()).isEqualTo(3);
	}

	@Test
	void numbersHaveAPointInEveryCountryAndTheSameBytesComeOut() {
		Locale before = Locale.getDefault();
		try {
			Locale.setDefault(Locale.GERMANY);
			String german = Svg.file(picture("x"));
			assertThat(german).contains("y=\"2.3\"", "L10 -0.2");
			Locale.setDefault(Locale.JAPAN);
			assertThat(Svg.file(picture("x"))).isEqualTo(german);
		} finally {
			Locale.setDefault(before);
		}
	}

	@Test
	void standsInAPageWithItsDescriptionAndTheColoursOnce() {
		String page = HtmlPage.of(new Document("t", Locale.ENGLISH, List.of(new Block.Figure(picture(EVIL)), new Block.Figure(picture("two")),
				new Block.Grid(List.of("a", "<b>"), List.of(List.of("1", EVIL))))));
		assertThat(page).doesNotContain("<script", "<b>", "<?xml").contains("<figcaption>two</figcaption>", "<th scope=\"col\">&lt;b&gt;</th>", "role=\"img\"");
		assertThat(page.split("\\.pic \\.old\\{", -1)).as("light and dark").hasSize(3);
		assertThatThrownBy(() -> new Block.Grid(List.of("a"), List.of(List.of()))).isInstanceOf(IllegalArgumentException.class);
	}

	@Test
	void whatIsOldIsToldFromWhatIsNewOnEitherPaper() {
		for (boolean isDark : new boolean[] {false, true}) {
			for (Ink ink : List.of(Ink.OLD, Ink.NEW, Ink.OTHER, Ink.TEXT, Ink.SOFT, Ink.MARK)) {
				assertThat(contrast(ink.rgb(isDark), Ink.PAPER.rgb(isDark))).as("%s on %s paper", ink, isDark ? "dark" : "light").isGreaterThan(3);
			}
			assertThat(contrast(Ink.TEXT.rgb(isDark), Ink.VEIL.rgb(isDark))).isGreaterThan(7);
			assertThat(contrast(Ink.SOFT.rgb(isDark), Ink.PAPER.rgb(isDark))).isGreaterThan(4.5);
		}
	}

	/// WCAG 2, 1.4.3.
	private static double contrast(int one, int other) {
		double first = light(one);
		double second = light(other);
		return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
	}

	private static double light(int rgb) {
		return 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);
	}

	private static double linear(int channel) {
		double value = channel / 255.0;
		return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
	}
}
