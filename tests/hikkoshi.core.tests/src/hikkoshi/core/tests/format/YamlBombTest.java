package hikkoshi.core.tests.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import hikkoshi.core.format.Fault;
import hikkoshi.core.format.MigrationYaml;
import hikkoshi.core.format.Roster;
import hikkoshi.core.format.YamlDocument;

/// Text that would eat memory or time is refused while it is read. The time-out is far above what any machine needs: it tells bounded from not.
@Timeout(60)
class YamlBombTest {
	private static List<Fault> faults(String text) {
		return YamlDocument.parse(text, "bomb.yaml").faults();
	}

	@Test
	void billionLaughs() {
		StringBuilder text = new StringBuilder("a0: &a0 lol\n");
		for (int i = 1; i < 30; i++) {
			text.append("a%d: &a%d [%s]\n".formatted(i, i, "*a%d,".formatted(i - 1).repeat(9)));
		}
		assertThat(Projects.brief(faults(text.toString()))).containsExactly("bomb.yaml:2:10 fault.yaml.alias [a0]");
	}

	@Test
	void depth() {
		assertThat(Projects.ids(faults("[".repeat(1_000_000)))).containsExactly("fault.yaml.depth");
		assertThat(Projects.ids(faults("- ".repeat(1_000_000)))).containsExactly("fault.yaml.depth");
		assertThat(Projects.ids(faults("{a: ".repeat(500_000)))).containsExactly("fault.yaml.depth");
		assertThat(Projects.ids(faults("? ".repeat(500_000)))).hasSize(1);
	}

	@Test
	void breadth() {
		assertThat(Projects.ids(faults("- a\n".repeat(900_000)))).containsExactly("fault.yaml.size");
		assertThat(Projects.ids(faults("[" + "a,".repeat(1_900_000) + "]"))).containsExactly("fault.yaml.size");
	}

	@Test
	void length() {
		assertThat(Projects.brief(faults("a: " + "x".repeat(50_000_000)))).containsExactly("bomb.yaml:0:0 fault.file.too-large [bomb.yaml, 4]");
	}

	@Test
	void longLinesOfEveryKind() {
		int most = 3_900_000;
		assertThat(faults("a: " + "x".repeat(most))).isEmpty();
		assertThat(faults("a: '" + "x".repeat(most) + "'")).isEmpty();
		assertThat(faults("a: |\n " + "x".repeat(most))).isEmpty();
		assertThat(faults("#" + "x".repeat(most))).isEmpty();
		assertThat(faults("\n".repeat(most))).isEmpty();
		assertThat(faults("x".repeat(most) + ": a")).hasSize(1);
		assertThat(faults("a: \"" + "\\u0041".repeat(most / 6) + "\"")).isEmpty();
		assertThat(faults("a: '" + "x ".repeat(most / 2))).hasSize(1);
	}

	@Test
	void longValuesInEveryPlace() {
		for (String value : List.of("x", ":", "1", "a.", "\u3042", "-", "0:", "P", "1d", "@")) {
			String longValue = '"' + value.repeat(300_000 / value.length()) + '"';
			for (String place : List.of("mail.old.example", "192.0.2.1", "imap:143/starttls", "mx-old", "first", "2026-12-01T20:00:00+09:00", "9.9.9.9",
					"12h", "example.com")) {
				String text = Projects.MIGRATION.replaceFirst(Pattern.quote(place), longValue);
				assertThat(MigrationYaml.parse(text, "migration.yaml").faults()).as(value + " at " + place).isNotEmpty();
			}
			assertThat(Roster.parse("address,old_user\n" + value.repeat(1_000_000) + "," + value.repeat(1_000_000) + "\n").faults()).isNotEmpty();
		}
	}

	@Test
	void manyUnknownKeys() {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < 140_000; i++) {
			text.append("servesr").append(i).append(": 1\n");
		}
		assertThat(MigrationYaml.parse(text.toString(), "migration.yaml").faults()).hasSizeLessThan(600);
	}

	@Test
	void noObjectIsEverMade() {
		assertThat(Projects.ids(faults("a: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL ['http://x.example']]]]")))
				.containsOnly("fault.yaml.tag");
	}
}
