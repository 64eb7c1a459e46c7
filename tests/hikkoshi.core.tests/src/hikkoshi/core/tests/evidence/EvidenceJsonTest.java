package hikkoshi.core.tests.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.format.EvidenceJson;
import hikkoshi.core.model.Target;

class EvidenceJsonTest {
	private static final Evidence SAMPLE = new Evidence("imap.login", new Target.Id("account:old/x"), Instant.parse("2026-01-02T03:04:05.006Z"),
			Duration.ofMillis(1250), Outcome.WARN, Reason.of("tls.ends-soon", "CN=\"x\"", 7),
			Facts.Tree.of("login", "", Facts.Tree.of("phase.tls", "TLSv1.3", Facts.Tree.of("took.ms", 12)), Facts.Tree.of("phase.login", "PLAIN")));

	@Test
	void theFormIsFixed() {
		assertThat(EvidenceJson.write(SAMPLE)).isEqualTo("{\"probe\":\"imap.login\",\"target\":\"account:old/x\",\"at\":\"2026-01-02T03:04:05.006Z\","
				+ "\"took\":\"PT1.25S\",\"outcome\":\"WARN\",\"reason\":{\"id\":\"tls.ends-soon\",\"args\":[\"CN=\\\"x\\\"\",\"7\"]},"
				+ "\"facts\":{\"tree\":{\"key\":\"login\",\"value\":\"\",\"children\":[{\"key\":\"phase.tls\",\"value\":\"TLSv1.3\","
				+ "\"children\":[{\"key\":\"took.ms\",\"value\":\"12\"}]},{\"key\":\"phase.login\",\"value\":\"PLAIN\"}]}}}");
		assertThat(EvidenceJson.write(new Facts.Table(List.of("a", "b"), List.of(List.of("1", ""), List.of("é", "\u0000\n")))))
				.isEqualTo("{\"table\":{\"columns\":[\"a\",\"b\"],\"rows\":[[\"1\",\"\"],[\"é\",\"\\u0000\\n\"]]}}");
		assertThat(EvidenceJson.write(Facts.NONE)).isEqualTo("{\"text\":\"\"}");
		assertThat(EvidenceJson.write(new Sighting(7, SAMPLE, SAMPLE.at(), SAMPLE.at().plusSeconds(60), 3)))
				.startsWith("{\"row\":7,\"firstSeen\":\"2026-01-02T03:04:05.006Z\",\"lastSeen\":\"2026-01-02T03:05:05.006Z\",\"count\":3,\"evidence\":{\"probe\"");
	}

	@Test
	void whatIsWrittenIsReadBack() throws IOException {
		assertThat(EvidenceJson.evidence(EvidenceJson.write(SAMPLE))).isEqualTo(SAMPLE);
	}

	@RepeatedTest(200)
	void anyFactsComeBack(RepetitionInfo info) throws IOException {
		Random random = new Random(info.getCurrentRepetition());
		Facts facts = switch (random.nextInt(3)) {
			case 0 -> new Facts.Text(text(random));
			case 1 -> {
				int width = random.nextInt(4);
				yield new Facts.Table(IntStream.range(0, width).mapToObj(_ -> text(random)).toList(), IntStream.range(0, random.nextInt(5))
						.mapToObj(_ -> IntStream.range(0, width).mapToObj(_ -> text(random)).toList()).toList());
			}
			default -> tree(random, 5);
		};
		assertThat(EvidenceJson.fits(facts)).isTrue();
		String json = EvidenceJson.write(facts);
		assertThat(EvidenceJson.facts(json)).isEqualTo(facts);
		assertThat(EvidenceJson.write(EvidenceJson.facts(json))).isEqualTo(json);
	}

	private static Facts.Tree tree(Random random, int depth) {
		return new Facts.Tree(text(random), text(random),
				IntStream.range(0, depth == 0 ? 0 : random.nextInt(4)).mapToObj(_ -> tree(random, depth - 1)).toList());
	}

	private static String text(Random random) {
		StringBuilder text = new StringBuilder();
		for (int n = random.nextInt(12); n > 0; n--) {
			int c = switch (random.nextInt(4)) {
				case 0 -> random.nextInt(0x20);
				case 1 -> random.nextInt(0x80);
				case 2 -> random.nextInt(0xd800);
				default -> 0x10000 + random.nextInt(0x100000);
			};
			text.appendCodePoint(c);
		}
		return text.toString();
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "null", "[]", "{}", "x", "{\"text\":\"\"", "{\"text\":\"\"}{", "{\"text\":1}", "{\"text\":null}",
		"{\"text\":\"\",\"text\":\"\"}", "{\"text\":\"\",\"more\":1}", "{\"other\":\"\"}", "{\"tree\":{}}", "{\"tree\":{\"value\":\"\",\"key\":\"\"}}",
		"{\"tree\":{\"key\":\"\",\"value\":\"\",\"kids\":[]}}", "{\"tree\":{\"key\":\"\",\"value\":\"\",\"children\":[1]}}",
		"{\"tree\":{\"key\":\"\",\"value\":\"\",\"children\":{}}}", "{\"table\":{\"columns\":[\"a\"],\"rows\":[[]]}}",
		"{\"table\":{\"columns\":[\"a\"],\"rows\":[[\"a\",\"b\"]]}}", "{\"table\":{\"columns\":[1],\"rows\":[]}}", "{\"table\":{\"rows\":[],\"columns\":[]}}",
		"{\"table\":{\"columns\":[],\"rows\":[\"a\"]}}", "{'text':''}", "{\"text\":\"\u0001\"}", "// c\n{\"text\":\"\"}"})
	void anythingElseIsRefused(String json) {
		assertThatThrownBy(() -> EvidenceJson.facts(json)).isInstanceOf(IOException.class);
	}

	@ParameterizedTest
	@ValueSource(strings = {"PASSED", "pass", ""})
	void outcomesAndTimesAreStrict(String outcome) {
		String json = EvidenceJson.write(SAMPLE);
		assertThatThrownBy(() -> EvidenceJson.evidence(json.replace("WARN", outcome))).isInstanceOf(IOException.class);
		assertThatThrownBy(() -> EvidenceJson.evidence(json.replace("2026-01-02T03:04:05.006Z", "yesterday"))).isInstanceOf(IOException.class);
		assertThatThrownBy(() -> EvidenceJson.evidence(json.replace("PT1.25S", "1.25"))).isInstanceOf(IOException.class);
		assertThatThrownBy(() -> EvidenceJson.reason("{\"id\":\"x\"}")).isInstanceOf(IOException.class);
	}

	@Test
	void boundsHoldInBothDirections() {
		Facts.Tree deep = Facts.Tree.of("x", "");
		for (int i = 1; i < EvidenceJson.MAX_DEPTH; i++) {
			deep = Facts.Tree.of("x", "", deep);
		}
		Facts.Tree deepest = deep;
		assertThat(EvidenceJson.fits(deepest)).isTrue();
		assertThat(deepest).satisfies(tree -> assertThat(EvidenceJson.facts(EvidenceJson.write(tree))).isEqualTo(tree));
		Facts.Tree tooDeep = Facts.Tree.of("x", "", deepest);
		assertThat(EvidenceJson.fits(tooDeep)).isFalse();
		assertThatThrownBy(() -> EvidenceJson.write(tooDeep)).isInstanceOf(IllegalArgumentException.class);
		String bomb = "{\"tree\":" + "{\"key\":\"\",\"value\":\"\",\"children\":[".repeat(100_000);
		assertThatThrownBy(() -> EvidenceJson.facts(bomb)).isInstanceOf(IOException.class);
		String wide = "{\"table\":{\"columns\":[" + "\"\",".repeat(EvidenceJson.MAX_VALUES) + "\"\"],\"rows\":[]}}";
		assertThatThrownBy(() -> EvidenceJson.facts(wide)).isInstanceOf(IOException.class);
		String large = "{\"text\":\"" + "x".repeat(EvidenceJson.MAX_TEXT) + "\"}";
		assertThatThrownBy(() -> EvidenceJson.facts(large)).isInstanceOf(IOException.class);
		assertThat(EvidenceJson.fits(new Facts.Text("x".repeat(EvidenceJson.MAX_TEXT)))).isFalse();
	}

	@Test
	void halfASurrogateBecomesAReplacementCharacter() {
		assertThat(EvidenceJson.wellFormed("a\ud800b\udc00\ud83d\udce6\ud83d")).isEqualTo("a\ufffdb\ufffd\ud83d\udce6\ufffd");
		String fine = "plain";
		assertThat(EvidenceJson.wellFormed(fine)).isSameAs(fine);
	}

	@Test
	void sameWordsMakeTheSameEvidenceWhateverTheTime() {
		Evidence later = new Evidence(SAMPLE.probe(), SAMPLE.target(), SAMPLE.at().plusSeconds(9), Duration.ZERO, SAMPLE.outcome(), SAMPLE.reason(), Facts.NONE);
		assertThat(SAMPLE.saysSameAs(later)).isTrue();
		assertThat(SAMPLE.saysSameAs(new Evidence(SAMPLE.probe(), SAMPLE.target(), SAMPLE.at(), SAMPLE.took(), Outcome.PASS, SAMPLE.reason(), SAMPLE.facts())))
				.isFalse();
		assertThat(SAMPLE.saysSameAs(
				new Evidence(SAMPLE.probe(), SAMPLE.target(), SAMPLE.at(), SAMPLE.took(), SAMPLE.outcome(), Reason.of("tls.ends-soon"), SAMPLE.facts())))
				.isFalse();
		assertThat(Outcome.PASS.worst(Outcome.UNKNOWN)).isEqualTo(Outcome.UNKNOWN);
		assertThat(Outcome.FAIL.worst(Outcome.UNKNOWN)).isEqualTo(Outcome.FAIL);
	}
}
