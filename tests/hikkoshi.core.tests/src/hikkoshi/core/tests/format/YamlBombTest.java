package hikkoshi.core.tests.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import hikkoshi.core.format.Fault;
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
	void noObjectIsEverMade() {
		assertThat(Projects.ids(faults("a: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL ['http://x.example']]]]")))
				.containsOnly("fault.yaml.tag");
	}
}
