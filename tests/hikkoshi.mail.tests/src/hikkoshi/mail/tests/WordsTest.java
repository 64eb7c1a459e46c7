package hikkoshi.mail.tests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import hikkoshi.mail.internal.wire.Words;

/// What may be kept of a server's words.
class WordsTest {
	private static String keep(String secret, String text) {
		try (Words words = new Words()) {
			words.hide(secret.toCharArray());
			return words.keep(text);
		}
	}

	@ParameterizedTest
	@CsvSource({ "hunter2,you said hunter2.,you said ••••.", "hunter2,HUNTER2hunter2,••••••••", "hunter2,hunter,hunter", "aab5,aaab5,a••••", "abc,abc or abcd,•••• or abcd",
			"abc,(abc),(••••)" })
	void secretsAreReplaced(String secret, String text, String kept) {
		assertThat(keep(secret, text)).isEqualTo(kept);
	}

	/// Cut first and masked then, half a password would stay.
	@Test
	void aSecretAcrossTheCutIsStillASecret() {
		String text = "x".repeat(Words.MOST - 3) + "hunter2hunter2";

		assertThat(keep("hunter2hunter2", text)).doesNotContain("hun").hasSizeLessThanOrEqualTo(Words.MOST + 1);
	}

	@ParameterizedTest
	@CsvSource({ "'a\u0007b',a\\u0007b", "'\u202egnp.exe',\\u202egnp.exe", "'日本語 ok',日本語 ok", "'\u0085',\\u0085", "'\ud800',\\ud800" })
	void charactersThatCouldDeceiveAreWrittenOut(String text, String kept) {
		assertThat(Words.clean(text)).isEqualTo(kept);
	}

	@Test
	void longTextsAreCut() {
		assertThat(Words.clean("é".repeat(10_000))).hasSize(Words.MOST + 1).endsWith("…");
		assertThat(Words.clean("e".repeat(Words.MOST))).hasSize(Words.MOST);
	}
}
