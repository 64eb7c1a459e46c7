package hikkoshi.dns.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import hikkoshi.core.probe.Probe;
import hikkoshi.dns.DnsProbes;

class TextsTest {
	private static Properties file(String name) throws IOException {
		Properties texts = new Properties();
		try (var in = new InputStreamReader(DnsProbes.class.getResourceAsStream(name), StandardCharsets.UTF_8)) {
			texts.load(in);
		}
		return texts;
	}

	@Test
	void bothLanguagesSayTheSameThings() throws Exception {
		Properties english = file("texts.properties");
		Properties japanese = file("texts_ja.properties");
		assertThat(new TreeSet<>(japanese.stringPropertyNames())).isEqualTo(new TreeSet<>(english.stringPropertyNames()));
		for (String key : english.stringPropertyNames()) {
			for (Properties texts : List.of(english, japanese)) {
				String text = texts.getProperty(key);
				assertThat(text).as(key).isNotBlank().doesNotContain("'");
				assertThat(new MessageFormat(text).getFormatsByArgumentIndex().length).as("arguments of " + key).isLessThanOrEqualTo(5);
			}
			assertThat(arguments(japanese.getProperty(key))).as(key).isEqualTo(arguments(english.getProperty(key)));
		}
	}

	private static Set<String> arguments(String text) {
		Set<String> found = new TreeSet<>();
		var matcher = Pattern.compile("\\{\\d}").matcher(text);
		while (matcher.find()) {
			found.add(matcher.group());
		}
		return found;
	}

	@Test
	void everyProbeHasATitleAndHelp() {
		DnsProbes probes = new DnsProbes();
		assertThat(probes.probes()).extracting(Probe::id).containsExactly("dns.mx", "dns.a", "dns.aaaa", "dns.ns", "dns.soa", "dns.txt", "dns.setup-name", "dns.watch", "discover.dns", "discover.host",
				"dns.trace");
		for (Locale locale : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
			ResourceBundle texts = probes.texts(locale);
			probes.probes().forEach(probe -> assertThat(List.of(texts.getString(probe.id() + ".title"), texts.getString(probe.id() + ".help"))).doesNotContain(""));
		}
	}

	/// The ids stand in an enum that only the leaf sees; whoever adds one and forgets the words learns it here.
	@Test
	void everyReasonHasItsWordsAndEveryBadOneARemedy() throws Exception {
		Properties english = file("texts.properties");
		List<String> without = new ArrayList<>();
		for (Object constant : Class.forName("hikkoshi.dns.DnsReasons").getEnumConstants()) {
			String id = (String) call(constant, "id");
			String outcome = String.valueOf(call(constant, "outcome"));
			if (!english.containsKey(id) || !outcome.equals("PASS") && !english.containsKey(id + ".remedy")) {
				without.add(id);
			}
		}
		assertThat(without).isEmpty();
	}

	private static Object call(Object on, String method) throws ReflectiveOperationException {
		var found = on.getClass().getDeclaredMethod(method);
		found.setAccessible(true);
		return found.invoke(on);
	}
}
