package hikkoshi.core.tests.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;

import org.junit.jupiter.api.Test;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.format.FaultKind;
import hikkoshi.core.format.MigrationFiles;
import hikkoshi.core.text.Phrases;

class FaultTextsTest {
	@Test
	void everyFaultHasItsSentenceAndRemedyInEnglishAndJapanese() {
		Set<String> wanted = new HashSet<>();
		Arrays.stream(FaultKind.values()).forEach(kind -> wanted.addAll(List.of(kind.id(), kind.id() + ".remedy")));
		ResourceBundle english = Phrases.bundle(MigrationFiles.class, Locale.ENGLISH);
		ResourceBundle japanese = Phrases.bundle(MigrationFiles.class, Locale.JAPAN);
		assertThat(english.keySet()).filteredOn(key -> !key.startsWith("mend.")).containsExactlyInAnyOrderElementsOf(wanted);
		assertThat(japanese.keySet()).isEqualTo(english.keySet());
		for (String key : english.keySet()) {
			assertThat(japanese.getString(key)).as(key).matches("(?s).*[\\u3040-\\u30ff\\u4e00-\\u9fff].*").doesNotContain("'");
			assertThat(english.getString(key)).as(key).isNotBlank().doesNotContain("'");
			assertThat(used(japanese.getString(key))).as(key + ": the same arguments").isEqualTo(used(english.getString(key)));
		}
	}

	private static List<Integer> used(String pattern) {
		Object[] args = {"\u0001", "\u0002", "\u0003", "\u0004", "\u0005", "\u0006"};
		return new MessageFormat(pattern, Locale.ROOT).format(args).chars().filter(c -> c <= 6).boxed().distinct().sorted().toList();
	}

	@Test
	void idsAreUnique() {
		assertThat(Arrays.stream(FaultKind.values()).map(FaultKind::id)).doesNotHaveDuplicates().allMatch(id -> id.matches("fault(\\.[a-z0-9-]+)+"));
	}

	@Test
	void phrasesSayFaults() {
		Phrases words = Phrases.of(Locale.ENGLISH, List.of());
		Reason reason = Reason.of(FaultKind.YAML_UNKNOWN_KEY_NEAR.id(), "nmae", "name");
		assertThat(words.say(reason)).isEqualTo("“nmae” is unknown here.");
		assertThat(words.remedy(reason)).hasValue("Did you mean “name”?");
	}
}
