package hikkoshi.core.tests.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ListResourceBundle;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.gate.GateReasons;
import hikkoshi.core.gate.Signature;
import hikkoshi.core.ledger.LedgerReasons;
import hikkoshi.core.gate.StepState;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.DnsStatus;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.PresenceReasons;
import hikkoshi.core.probe.Reasons;
import hikkoshi.core.secret.SecretReasons;
import hikkoshi.core.text.Phrases;

class PhrasesTest {
	private static final List<Locale> LOCALES = List.of(Locale.ENGLISH, Locale.JAPANESE);
	/// Ids whose sentence leaves nothing to be done, or whose remedy is that of the reason within.
	private static final Set<String> WITHOUT_REMEDY = Set.of(SecretReasons.FILE, SecretReasons.NO_FILE, SecretReasons.KEYRING, SecretReasons.MASTER_PASSWORD,
			SecretReasons.GIVEN_PASSWORD, SecretReasons.OTHER, Reasons.LOGIN_OK, Reasons.LOGIN_OK_MASTER, Signature.SIGNED_OFF, Signature.OVERRODE,
			GateReasons.ACCOUNT_FAILED,
			GateReasons.ACCOUNT_UNKNOWN, GateReasons.DNS_NOTHING, GateReasons.ACCOUNTS_FAILED, GateReasons.ACCOUNTS_UNKNOWN,
			GateReasons.RECIPIENT_MISSING, GateReasons.RECIPIENT_DISABLED, GateReasons.RECIPIENT_UNKNOWN, PresenceReasons.RECEIVES,
			PresenceReasons.CATCH_ALL, PresenceReasons.DOOR_SHUT, PresenceReasons.FORGOTTEN);
	private static final List<String> STORE = List.of("not-a-log", "read-only", "no-folder", "disk-full", "locked", "damaged", "newer", "unreadable",
			"closed", "failed", "broken.hash", "broken.missing", "broken.order", "broken.latest", "broken.schema", "broken.file");

	private static Stream<String> reasonIds() {
		return Stream.of(constants(Reasons.class), constants(SecretReasons.class), constants(GateReasons.class), constants(LedgerReasons.class), presences(), Stream.of(Signature.SIGNED_OFF, Signature.OVERRODE),
				STORE.stream().map(id -> "evidence." + id)).flatMap(ids -> ids);
	}

	private static Stream<String> presences() {
		return constants(PresenceReasons.class).filter(id -> !id.equals(PresenceReasons.PROBE));
	}

	private static Stream<String> constants(Class<?> type) {
		List<String> ids = new ArrayList<>();
		for (Field field : type.getFields()) {
			if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
				try {
					ids.add((String) field.get(null));
				} catch (IllegalAccessException e) {
					throw new AssertionError(e);
				}
			}
		}
		assertThat(ids).as(type.getName()).hasSizeGreaterThan(10);
		return ids.stream();
	}

	@ParameterizedTest
	@MethodSource("reasonIds")
	void everyReasonHasASentenceAndARemedyInBothLanguages(String id) {
		for (Locale locale : LOCALES) {
			ResourceBundle texts = Phrases.bundle(Phrases.class, locale);
			assertThat(texts.getLocale().getLanguage()).isEqualTo(locale == Locale.JAPANESE ? "ja" : "");
			assertThat(texts.containsKey(id)).as("%s in %s", id, locale).isTrue();
			if (!WITHOUT_REMEDY.contains(id)) {
				assertThat(texts.containsKey(id + ".remedy")).as("%s.remedy in %s", id, locale).isTrue();
			}
		}
	}

	@Test
	void everyWordOfTheModelHasAName() {
		List<String> ids = new ArrayList<>(List.of("opening.open", "opening.blocked", "opening.stale", "status.regressed", "facts.too-large"));
		Stream.of(Outcome.values()).forEach(outcome -> ids.add("outcome." + lower(outcome)));
		Stream.of(Side.values()).forEach(side -> ids.add("side." + side.token()));
		Stream.of(Protocol.values()).forEach(protocol -> ids.add("protocol." + protocol.token()));
		Stream.of(Security.values()).forEach(security -> ids.add("security." + security.token()));
		Stream.of(StepState.Status.values()).forEach(status -> ids.add("status." + lower(status)));
		Stream.of(DnsStatus.values()).forEach(status -> ids.add("dns-status." + lower(status)));
		for (String person : List.of(Signature.SIGN_OFF, Signature.OVERRIDE)) {
			ids.add(person + ".title");
			ids.add(person + ".help");
		}
		for (Locale locale : LOCALES) {
			ResourceBundle texts = Phrases.bundle(Phrases.class, locale);
			assertThat(ids).as(locale.toString()).allMatch(texts::containsKey);
		}
	}

	private static String lower(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	@Test
	void bothFilesHaveTheSameKeysWithTheSameArguments() {
		ResourceBundle english = Phrases.bundle(Phrases.class, Locale.ENGLISH);
		ResourceBundle japanese = Phrases.bundle(Phrases.class, Locale.JAPANESE);
		assertThat(new TreeSet<>(japanese.keySet())).isEqualTo(new TreeSet<>(english.keySet()));
		for (String key : english.keySet()) {
			String one = english.getString(key);
			String other = japanese.getString(key);
			if (key.endsWith(".args")) {
				assertThat(other).as(key).isEqualTo(one);
				continue;
			}
			assertThat(one + other).as("an apostrophe would swallow arguments: " + key).doesNotContain("'");
			assertThat(arguments(other)).as(key).isEqualTo(arguments(one));
		}
	}

	private static Set<String> arguments(String pattern) {
		Set<String> arguments = new TreeSet<>();
		for (int i = 0; i < 10; i++) {
			if (pattern.contains("{" + i + "}")) {
				arguments.add(String.valueOf(i));
			}
		}
		assertThat(new MessageFormat(pattern).getFormatsByArgumentIndex()).hasSize(arguments.stream().mapToInt(Integer::parseInt).max().orElse(-1) + 1);
		return arguments;
	}

	@Test
	void japaneseSentencesAreJapanese() {
		ResourceBundle japanese = Phrases.bundle(Phrases.class, Locale.JAPANESE);
		for (String id : reasonIds().toList()) {
			assertThat(japanese.getString(id)).as(id).containsPattern("[\\p{IsHiragana}\\p{IsKatakana}\\p{IsHan}]");
		}
	}

	private static Phrases phrases(Locale locale) {
		return Phrases.of(locale, List.of());
	}

	@Test
	void argumentsAreReadOutByTheirKind() {
		Reason reason = Reason.of(GateReasons.ACCOUNT_FAILED, "ann@example.org", "new", "pop3", "192.0.2.2:995", "2026-03-01T09:00:00Z",
				Reasons.BAD_CREDENTIALS, "NO sorry");
		assertThat(phrases(Locale.ENGLISH).say(reason)).isEqualTo("ann@example.org: POP3 on the new side (192.0.2.2:995) fails since Mar 1, 2026, 9:00:00\u202fAM UTC. "
				+ "User or password refused: NO sorry");
		assertThat(phrases(Locale.JAPANESE).say(reason))
				.isEqualTo("ann@example.org: 新側の POP3（192.0.2.2:995）は 2026/03/01 9:00:00 UTC から失敗しています。ユーザー名またはパスワードが拒否されました: NO sorry");
		assertThat(phrases(Locale.ENGLISH).remedy(reason)).hasValue(
				"Check that the account exists there, its user name in mailboxes.csv, and its password.");
	}

	@ParameterizedTest
	@CsvSource({"PT24H,1 d,1 日", "PT25H,1 d 1 h,1 日 1 時間", "PT90M,1 h 30 min,1 時間 30 分", "PT0S,0 s,0 秒", "PT1M5S,1 min 5 s,1 分 5 秒", "soon,soon,soon"})
	void durationsAreReadOut(String duration, String english, String japanese) {
		Reason reason = Reason.of(GateReasons.DNS_STALE, "example.org", "2026-03-01T09:00:00Z", duration);
		assertThat(phrases(Locale.ENGLISH).say(reason)).endsWith("counts for " + english + ".");
		assertThat(phrases(Locale.JAPANESE).say(reason)).endsWith("有効期間は " + japanese + "です。");
	}

	@Test
	void aServersWordsCannotPaintOnTheTerminalOrTurnTheSentence() {
		String said = phrases(Locale.ENGLISH).say(Reason.of(Reasons.BAD_CREDENTIALS, "NO \u001b[2J\r\n\u202eevil\u2066 {0} '"));
		assertThat(said).isEqualTo("User or password refused: NO \\u001b[2J\\u000d\\u000a\\u202eevil\\u2066 {0} '");
		assertThat(phrases(Locale.ENGLISH).say(Reason.of("no.such.id", "\u0007"))).isEqualTo("no.such.id [\\u0007]");
		assertThat(phrases(Locale.ENGLISH).say(Reason.of(Reasons.BAD_CREDENTIALS, "x".repeat(100_000)))).hasSizeLessThan(2_100).endsWith("…");
	}

	@Test
	void aServersWordsAreNeverTakenForAReason() {
		Reason reason = Reason.of(Reasons.BAD_CREDENTIALS, Reasons.LOGIN_OK);
		assertThat(phrases(Locale.ENGLISH).say(reason)).isEqualTo("User or password refused: login.ok");
	}

	@Test
	void anUnknownIdIsShownWithItsArguments() {
		assertThat(phrases(Locale.ENGLISH).say(new Reason("x.y", List.of()))).isEqualTo("x.y");
		assertThat(phrases(Locale.ENGLISH).say(Reason.of("x.y", "a", 1))).isEqualTo("x.y [a, 1]");
		assertThat(phrases(Locale.ENGLISH).remedy(Reason.of("x.y"))).isEmpty();
		assertThat(phrases(Locale.ENGLISH).title("x.y")).isEqualTo("x.y");
		assertThat(phrases(Locale.ENGLISH).say(Reason.of(GateReasons.ACCOUNT_FAILED, "too", "few"))).contains("too");
	}

	@Test
	void leavesBringTheirWordsAndAFaceWins() {
		ProbeSet leaf = new ProbeSet() {
			@Override
			public List<Probe<?>> probes() {
				return List.of();
			}

			@Override
			public ResourceBundle texts(Locale locale) {
				return words("leaf.x", "leaf in " + locale.getLanguage(), "leaf.title", "t");
			}
		};
		Phrases phrases = Phrases.of(Locale.JAPANESE, List.of(leaf));
		assertThat(phrases.say("leaf.x")).isEqualTo("leaf in ja");
		assertThat(phrases.title("leaf")).isEqualTo("t");
		assertThat(phrases.with(words("leaf.x", "face", "outcome.pass", "ok")).say("leaf.x")).isEqualTo("face");
		assertThat(phrases.with(words("outcome.pass", "ok")).outcome(Outcome.PASS)).isEqualTo("ok");
		assertThat(phrases.outcome(Outcome.PASS)).isEqualTo("合格");
	}

	private static ResourceBundle words(String... pairs) {
		Object[][] contents = new Object[pairs.length / 2][];
		Arrays.setAll(contents, i -> new Object[] {pairs[2 * i], pairs[2 * i + 1]});
		return new ListResourceBundle() {
			@Override
			protected Object[][] getContents() {
				return contents;
			}
		};
	}

	@Test
	void aLanguageWithoutTextsSpeaksEnglish() {
		assertThat(phrases(Locale.of("sw")).outcome(Outcome.FAIL)).isEqualTo("failed");
	}

	@Test
	void aNumberOfAReasonChoosesItsWords() {
		Phrases words = Phrases.of(Locale.ENGLISH, List.of());
		assertThat(words.say(Reason.of("next.probe", 1))).contains("one mailbox has a login");
		assertThat(words.say(Reason.of("next.probe", 1200))).contains("1,200 mailboxes have a login");
		assertThat(words.say(Reason.of("next.probe", "many"))).contains("mailboxes have a login");
	}
}
