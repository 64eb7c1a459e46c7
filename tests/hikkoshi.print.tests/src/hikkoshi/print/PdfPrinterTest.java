package hikkoshi.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;

import hikkoshi.core.document.Block;
import hikkoshi.core.document.Block.Field;
import hikkoshi.core.document.Block.Fields;
import hikkoshi.core.document.Block.Heading;
import hikkoshi.core.document.Block.Notice;
import hikkoshi.core.document.Block.Paragraph;
import hikkoshi.core.document.Block.Steps;
import hikkoshi.core.document.Block.Tone;
import hikkoshi.core.document.Document;
import hikkoshi.core.document.DocumentPrinter.NoFontException;

/// What can be read back from the PDF, with fonts of this machine (`releng/test-packages.txt` has a Japanese one).
class PdfPrinterTest {
	private final PdfPrinter printer = new PdfPrinter();

	@TempDir
	Path folder;

	private static Document document(Locale language, String word) {
		return new Document("Title " + word, language, List.of(new Heading("Heading " + word), new Paragraph("Paragraph " + word),
				new Notice(Tone.WARNING, "Warning " + word), new Notice(Tone.NOTE, "Note " + word),
				new Fields("Caption " + word, List.of(new Field("Label " + word, "literal-" + word, true), new Field("Second", "value " + word, false))),
				new Steps(List.of("First " + word, "Second " + word))));
	}

	private byte[] print(Document document, PdfPrinter by) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		by.pdf(document, null, out);
		return out.toByteArray();
	}

	private static String text(byte[] pdf) throws IOException {
		try (PdfReader reader = new PdfReader(pdf)) {
			StringBuilder text = new StringBuilder();
			for (int page = 1; page <= reader.getNumberOfPages(); page++) {
				text.append(new PdfTextExtractor(reader).getTextFromPage(page)).append('\n');
			}
			return text.toString();
		}
	}

	@Test
	void everythingOfAWesternDocumentIsThereAndNoFontIsEmbedded() throws IOException {
		byte[] pdf = print(document(Locale.ENGLISH, "Müller’s"), printer);
		assertThat(text(pdf)).contains("Title Müller’s", "Heading Müller’s", "Paragraph Müller’s", "Warning Müller’s", "Note Müller’s", "Caption Müller’s",
				"Label Müller’s", "literal-Müller’s", "value Müller’s", "First Müller’s", "Second Müller’s");
		assertThat(pdf).hasSizeLessThan(20_000);
		assertThat(printer.font(document(Locale.ENGLISH, "x"))).isEmpty();
	}

	@Test
	void japaneseIsPrintedWithAFontOfThisMachine() throws IOException {
		Document document = document(Locale.JAPANESE, "引越し");
		assertThat(printer.font(document)).isPresent();
		byte[] pdf = print(document, printer);
		assertThat(text(pdf)).contains("Title 引越し", "literal-引越し", "Second 引越し");
		try (PdfReader reader = new PdfReader(pdf)) {
			assertThat(reader.getCatalog().get(org.openpdf.text.pdf.PdfName.LANG)).hasToString("ja");
		}
	}

	@Test
	void longDocumentsGoOnToMorePages() throws IOException {
		List<Block> many = java.util.stream.IntStream.range(0, 200).<Block>mapToObj(i -> new Paragraph("line " + i)).toList();
		byte[] pdf = print(new Document("long", Locale.ENGLISH, many), printer);
		try (PdfReader reader = new PdfReader(pdf)) {
			assertThat(reader.getNumberOfPages()).isGreaterThan(2);
		}
		assertThat(text(pdf)).contains("line 0", "line 199");
	}

	@Test
	void withoutAFontForItNothingIsWritten() {
		PdfPrinter poor = new PdfPrinter(new Fonts(List.of(folder.resolve("none.ttf"))));
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		assertThatThrownBy(() -> poor.pdf(document(Locale.JAPANESE, "引越し"), null, out)).isInstanceOf(NoFontException.class).hasMessageContaining("引");
		assertThat(out.size()).isZero();
	}

	@Test
	void aFileThatIsNoFontIsNamed() throws IOException {
		Path bad = Files.write(folder.resolve("bad.ttf"), "no font".getBytes(StandardCharsets.UTF_8));
		assertThatThrownBy(() -> printer.pdf(document(Locale.ENGLISH, "x"), bad, new ByteArrayOutputStream())).isInstanceOf(IOException.class)
				.hasMessageContaining("bad.ttf");
		assertThatThrownBy(() -> printer.pdf(document(Locale.ENGLISH, "x"), folder.resolve("none.ttf"), new ByteArrayOutputStream()))
				.isInstanceOf(IOException.class).hasMessageContaining("none.ttf");
		assertThat(new Fonts(List.of(bad)).find("引")).isEmpty();
	}

	@Test
	void directionCharactersAreShownNotObeyed() throws IOException {
		assertThat(text(print(document(Locale.ENGLISH, "a\u202eb"), printer))).contains("Title a[U+202E]b");
	}
}
