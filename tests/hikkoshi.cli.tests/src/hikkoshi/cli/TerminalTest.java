package hikkoshi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
	private final ByteArrayOutputStream out = new ByteArrayOutputStream();
	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	private Terminal terminal(boolean interactive) {
		return new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), interactive);
	}

	@Test
	void aServersWordsCannotSteerTheTerminal() {
		terminal(false).line("* OK \u001b[2Jhello \u009b31m \u202egnp.exe\r");
		assertThat(out.toString(StandardCharsets.UTF_8))
				.isEqualTo("* OK \\u{1b}[2Jhello \\u{9b}31m \\u{202e}gnp.exe\\u{d}" + System.lineSeparator());
	}

	@Test
	void wordsOfEveryLanguageStay() {
		assertThat(Terminal.safe("メールボックス é 📦\tx\ny")).isEqualTo("メールボックス é 📦\tx\ny");
	}

	@Test
	void progressIsDrawnOnlyForAPerson() {
		terminal(false).progress("1 of 2");
		assertThat(err.size()).isZero();
		Terminal watched = terminal(true);
		watched.progress("1 of 2");
		watched.line("done");
		assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("\r1 of 2\r      \r");
	}

	@ParameterizedTest
	@CsvSource({"abc,3", "メール,6", "é,1", "漢字x,5", "ﾒｰﾙ,3"})
	void eastAsianCharactersTakeTwoCells(String text, int cells) {
		assertThat(Columns.width(text)).isEqualTo(cells);
	}

	@Test
	void columnsAlign() {
		assertThat(new Columns().row("合格", "a").row("x", "bb").lines()).containsExactly("合格  a", "x     bb");
	}
}
