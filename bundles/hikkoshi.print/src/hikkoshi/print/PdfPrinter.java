package hikkoshi.print;

import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.openpdf.text.DocumentException;
import org.openpdf.text.Element;
import org.openpdf.text.Font;
import org.openpdf.text.List;
import org.openpdf.text.ListItem;
import org.openpdf.text.PageSize;
import org.openpdf.text.Phrase;
import org.openpdf.text.pdf.BaseFont;
import org.openpdf.text.pdf.PdfName;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfString;
import org.openpdf.text.pdf.PdfWriter;

import hikkoshi.core.document.Block;
import hikkoshi.core.document.Block.Field;
import hikkoshi.core.document.Block.Fields;
import hikkoshi.core.document.Block.Figure;
import hikkoshi.core.document.Block.Grid;
import hikkoshi.core.document.Block.Heading;
import hikkoshi.core.document.Block.Notice;
import hikkoshi.core.document.Block.Paragraph;
import hikkoshi.core.document.Block.Steps;
import hikkoshi.core.document.Block.Subheading;
import hikkoshi.core.document.Block.Tone;
import hikkoshi.core.document.Document;
import hikkoshi.core.document.DocumentPrinter;
import hikkoshi.core.document.Plain;
import hikkoshi.core.document.Shape;

/// Documents on A4, through OpenPDF.
public final class PdfPrinter implements DocumentPrinter {
	private static final float MARGIN = 54;
	private static final float TEXT = 10;
	private static final float TITLE = 17;
	private static final float SECTION = 12.5f;
	private static final float LINE = 1.45f;
	private static final Color INK = new Color(0x1d2530);
	private static final Color SOFT = new Color(0x5b6675);
	private static final Color RULE = new Color(0xd5dbe3);
	private static final Color NOTE = new Color(0xf3f6fa);
	private static final Color WARNING = new Color(0xfff4dc);
	private static final Color EDGE = new Color(0xb36b00);

	private final Fonts fonts;

	public PdfPrinter() {
		this(new Fonts());
	}

	PdfPrinter(Fonts fonts) {
		this.fonts = fonts;
	}

	@Override
	public Optional<Path> font(Document document) {
		String text = text(document);
		return Fonts.isWestern(text) ? Optional.empty() : fonts.find(text);
	}

	@Override
	public void pdf(Document document, @Nullable Path font, OutputStream out) throws IOException {
		try (org.openpdf.text.Document pdf = new org.openpdf.text.Document(PageSize.A4, MARGIN, MARGIN, MARGIN, MARGIN)) {
			Page page = page(document, font);
			PdfWriter writer = PdfWriter.getInstance(pdf, out);
			writer.setCloseStream(false);
			pdf.addTitle(Plain.of(document.title()));
			pdf.open();
			writer.getExtraCatalog().put(PdfName.LANG, new PdfString(document.language().toLanguageTag()));
			pdf.add(page.paragraph(document.title(), page.title, 0, TITLE * 0.6f));
			for (Block block : document.blocks()) {
				page.add(block, pdf, writer);
			}
		} catch (DocumentException e) {
			throw new IOException(e);
		}
	}

	private Page page(Document document, @Nullable Path chosen) throws IOException {
		String text = text(document);
		if (chosen == null && Fonts.isWestern(text)) {
			return new Page(Fonts.western(false), Fonts.western(true));
		}
		Path path = chosen == null ? fonts.find(text).orElse(null) : chosen;
		if (path == null) {
			throw new NoFontException(text.codePoints().filter(c -> !Fonts.isWestern(Character.toString(c))).distinct().limit(10)
					.mapToObj(Character::toString).reduce((one, other) -> one + " " + other).orElse(""));
		}
		BaseFont font = fonts.font(path, text);
		return new Page(font, font);
	}

	/// Every character that will be printed.
	private static String text(Document document) {
		StringBuilder text = new StringBuilder(document.title());
		document.blocks().stream().flatMap(PdfPrinter::texts).forEach(text::append);
		return Plain.of(text.toString()) + "0123456789.";
	}

	private static Stream<String> texts(Block block) {
		return switch (block) {
			case Heading heading -> Stream.of(heading.text());
			case Subheading heading -> Stream.of(heading.text());
			case Paragraph paragraph -> Stream.of(paragraph.text());
			case Notice notice -> Stream.of(notice.text());
			case Fields fields -> Stream.concat(Stream.of(fields.caption()), fields.fields().stream().flatMap(field -> Stream.of(field.label(), field.value())));
			case Steps steps -> steps.steps().stream();
			case Grid grid -> Stream.concat(grid.columns().stream(), grid.rows().stream().flatMap(java.util.List::stream));
			case Figure figure -> Stream.concat(Stream.of(figure.picture().description()),
					figure.picture().shapes().stream().filter(Shape.Text.class::isInstance).map(shape -> ((Shape.Text) shape).words()));
		};
	}

	/// The fonts of one document, and how each block looks in them.
	private static final class Page {
		final Font title;
		private final Font section;
		private final Font text;
		private final Font strong;
		private final Font soft;

		Page(BaseFont plain, BaseFont bold) {
			// a font without a bold face is made bold by its outline
			int weight = plain.equals(bold) ? Font.BOLD : Font.NORMAL;
			title = new Font(bold, TITLE, weight, INK);
			section = new Font(bold, SECTION, weight, INK);
			text = new Font(plain, TEXT, Font.NORMAL, INK);
			strong = new Font(bold, TEXT, weight, INK);
			soft = new Font(plain, TEXT, Font.NORMAL, SOFT);
		}

		void add(Block block, org.openpdf.text.Document pdf, PdfWriter writer) throws IOException {
			switch (block) {
				case Heading heading -> {
					org.openpdf.text.Paragraph line = paragraph(heading.text(), section, TEXT * 1.2f, TEXT * 0.3f);
					line.setKeepTogether(true);
					pdf.add(line);
				}
				case Subheading heading -> pdf.add(paragraph(heading.text(), strong, TEXT * 0.5f, TEXT * 0.2f));
				case Paragraph paragraph -> pdf.add(paragraph(paragraph.text(), text, 0, TEXT * 0.5f));
				case Notice notice -> pdf.add(notice(notice));
				case Fields fields -> pdf.add(table(fields));
				case Steps steps -> pdf.add(list(steps));
				case Grid grid -> pdf.add(table(grid));
				case Figure figure -> {
					pdf.add(PictureImage.of(figure.picture(), text.getBaseFont(), writer, pdf.getPageSize().getWidth() - 2 * MARGIN));
					pdf.add(paragraph(figure.picture().description(), soft, 0, TEXT * 0.5f));
				}
			}
		}

		org.openpdf.text.Paragraph paragraph(String words, Font font, float before, float after) {
			org.openpdf.text.Paragraph paragraph = new org.openpdf.text.Paragraph(font.getSize() * LINE, Plain.of(words), font);
			paragraph.setSpacingBefore(before);
			paragraph.setSpacingAfter(after);
			return paragraph;
		}

		private PdfPTable notice(Notice notice) {
			PdfPCell cell = cell(notice.text(), text);
			boolean isWarning = notice.tone() == Tone.WARNING;
			cell.setBackgroundColor(isWarning ? WARNING : NOTE);
			cell.setBorder(PdfPCell.LEFT);
			cell.setBorderWidthLeft(3);
			cell.setBorderColor(isWarning ? EDGE : SOFT);
			cell.setPadding(6);
			cell.setPaddingLeft(10);
			cell.setPaddingBottom(8);
			return table(new float[] {1}, cell);
		}

		private PdfPTable table(Fields fields) {
			PdfPTable table = table(new float[] {32, 68});
			if (!fields.caption().isEmpty()) {
				PdfPCell caption = cell(fields.caption(), strong);
				caption.setColspan(2);
				caption.setBorder(PdfPCell.BOTTOM);
				table.addCell(caption);
			}
			for (Field field : fields.fields()) {
				table.addCell(cell(field.label(), soft));
				table.addCell(cell(field.value(), field.isLiteral() ? strong : text));
			}
			table.setKeepTogether(true);
			return table;
		}

		private PdfPTable table(Grid grid) {
			float[] widths = new float[grid.columns().size()];
			Arrays.fill(widths, 1);
			PdfPTable table = table(widths);
			table.setHeaderRows(1);
			grid.columns().forEach(column -> table.addCell(cell(column, strong)));
			grid.rows().forEach(row -> row.forEach(value -> table.addCell(cell(value, text))));
			return table;
		}

		private static PdfPTable table(float[] widths, PdfPCell... cells) {
			PdfPTable table = new PdfPTable(widths);
			table.setWidthPercentage(100);
			table.setSpacingBefore(4);
			table.setSpacingAfter(6);
			for (PdfPCell cell : cells) {
				table.addCell(cell);
			}
			return table;
		}

		private static PdfPCell cell(String words, Font font) {
			Phrase phrase = new Phrase(font.getSize() * 1.35f, Plain.of(words), font);
			PdfPCell cell = new PdfPCell(phrase);
			cell.setBorder(PdfPCell.BOTTOM);
			cell.setBorderColor(RULE);
			cell.setPadding(3);
			cell.setPaddingBottom(5);
			cell.setPaddingLeft(0);
			cell.setVerticalAlignment(Element.ALIGN_TOP);
			return cell;
		}

		private List list(Steps steps) {
			List list = new List(List.ORDERED, 16);
			list.getSymbol().setFont(text);
			list.setListSymbol(new org.openpdf.text.Chunk("", text));
			steps.steps().forEach(step -> {
				ListItem item = new ListItem(TEXT * LINE, Plain.of(step), text);
				item.setSpacingAfter(2);
				list.add(item);
			});
			return list;
		}
	}
}
