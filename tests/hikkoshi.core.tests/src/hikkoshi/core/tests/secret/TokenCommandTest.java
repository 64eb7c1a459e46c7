package hikkoshi.core.tests.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import hikkoshi.core.secret.TokenCommand;

class TokenCommandTest {
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
		"oauth2l | oauth2l",
		"` /usr/bin/oauth2l  fetch\t--scope mail ` | /usr/bin/oauth2l¦fetch¦--scope¦mail",
		"`'/opt/my tools/token' \"--name=it's\" ''` | /opt/my tools/token¦--name=it's¦",
		"`\"C:\\Program Files\\token.exe\" /q` | C:\\Program Files\\token.exe¦/q",
		"token --user=$USER;rm * | token¦--user=$USER;rm¦*",
		"a\"b c\"d | ab cd"
	})
	void wordsAreSplitAsTheyStand(String line, String words) {
		assertThat(TokenCommand.parse(line)).contains(new TokenCommand(List.of(words.split("¦", -1))));
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "  ", "\"open", "'", "''", "' ' x", "token 'open"})
	void whatIsNoProgramIsNone(String line) {
		assertThat(TokenCommand.parse(line)).isEmpty();
	}

	@Test
	void argumentsAreNotPrinted() {
		assertThat(new TokenCommand(List.of("token", "--key", "s3cret")).toString()).contains("token").doesNotContain("s3cret");
	}
}
