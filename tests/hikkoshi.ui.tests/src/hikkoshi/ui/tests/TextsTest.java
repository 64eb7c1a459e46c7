package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.eclipse.core.runtime.Platform;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Bundle;

/// Every word that the window shows is there in English and in Japanese.
class TextsTest {
	private static final List<String> BUNDLES = List.of("hikkoshi.app", "hikkoshi.workspace", "hikkoshi.ui", "hikkoshi.ui.inventory",
			"hikkoshi.ui.dns", "hikkoshi.ui.mailbox", "hikkoshi.ui.checklist");

	static Stream<Arguments> files() {
		List<Arguments> files = new ArrayList<>();
		for (String name : BUNDLES) {
			Bundle bundle = Platform.getBundle(name);
			for (String pattern : List.of("texts.properties", "plugin.properties")) {
				var found = bundle.findEntries("/", pattern, true);
				for (URL url : found == null ? List.<URL>of() : Collections.list(found)) {
					files.add(Arguments.of(name + url.getPath(), url));
				}
			}
		}
		return files.stream();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("files")
	@SuppressWarnings("deprecation") // only the two-argument constructor keeps the bundle's own URL handler
	void bothLanguagesHaveTheSameKeysAndPlaceholders(String name, URL english) throws Exception {
		Properties en = load(english);
		Properties ja = load(new URL(english, english.getPath().replace(".properties", "_ja.properties")));
		assertThat(new TreeSet<>(ja.stringPropertyNames())).isEqualTo(new TreeSet<>(en.stringPropertyNames())).isNotEmpty();
		for (String key : en.stringPropertyNames()) {
			String text = en.getProperty(key);
			String japanese = ja.getProperty(key);
			assertThat(japanese).as(key).isNotBlank();
			assertThat(text).as(key).doesNotContain("'");
			assertThat(japanese).as(key).doesNotContain("'");
			assertThat(new MessageFormat(japanese).getFormatsByArgumentIndex()).as(key)
					.hasSameSizeAs(new MessageFormat(text).getFormatsByArgumentIndex());
		}
	}

	private static Properties load(URL url) throws IOException {
		Properties properties = new Properties();
		try (var reader = new InputStreamReader(url.openStream(), StandardCharsets.UTF_8)) {
			properties.load(reader);
		}
		return properties;
	}
}
