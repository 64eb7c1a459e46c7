package hikkoshi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

class TextsTest {
	private static Properties texts(String name) throws IOException {
		Properties texts = new Properties();
		try (InputStream in = Hikkoshi.class.getResourceAsStream(name)) {
			texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
		}
		return texts;
	}

	@Test
	void bothLanguagesHaveTheSameWords() throws IOException {
		Properties english = texts("texts.properties");
		Properties japanese = texts("texts_ja.properties");
		assertThat(new TreeSet<>(japanese.keySet())).isEqualTo(new TreeSet<>(english.keySet()));
		for (String id : english.stringPropertyNames()) {
			assertThat(arguments(japanese.getProperty(id))).as(id).isEqualTo(arguments(english.getProperty(id)));
			assertThat(japanese.getProperty(id)).as(id).doesNotContain("'");
			assertThat(english.getProperty(id)).as(id).doesNotContain("'");
		}
	}

	private static Set<Integer> arguments(String pattern) {
		Set<Integer> arguments = new TreeSet<>();
		int count = new MessageFormat(pattern).getFormatsByArgumentIndex().length;
		Arrays.setAll(new int[count], i -> {
			if (pattern.contains("{" + i + "}")) {
				arguments.add(i);
			}
			return i;
		});
		return arguments;
	}
}
