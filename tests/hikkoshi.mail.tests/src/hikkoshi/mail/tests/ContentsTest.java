package hikkoshi.mail.tests;

import static hikkoshi.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;

import hikkoshi.core.compare.Contents;
import hikkoshi.core.compare.Contents.Folder;
import hikkoshi.core.evidence.Facts.Tree;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Reasons;
import hikkoshi.mail.MailProbes;
import hikkoshi.mail.internal.login.Outcomes;
import hikkoshi.testkit.Script;
import hikkoshi.testkit.Script.Rules;
import hikkoshi.testkit.ScriptedServer;
import hikkoshi.testkit.TlsKit;

/// What lies in an account is counted without a change to it, also at servers that know little or mean ill.
class ContentsTest {
	private static final TlsKit TLS = new TlsKit(Bench.NAME);
	private static final long GIGABYTE = 1L << 30;
	/// What the kernel may have taken from a flood before the probe hung up.
	private static final long FLOOD_SEEN = 64L << 20;

	private static Finding count(String capabilities, Rules rules) throws Exception {
		return count(capabilities, rules, OptionalLong.empty());
	}

	private static Finding count(String capabilities, Rules rules, OptionalLong allowed) throws Exception {
		Rules all = new Rules().on("(\\S+) AUTHENTICATE PLAIN \\S+", script().lines("${1} OK in"))
				.on("(\\S+) CAPABILITY", script().lines("* CAPABILITY IMAP4rev1 " + capabilities, "${1} OK done")).plus(rules)
				.on("(\\S+) STATUS INBOX \\(MESSAGES UID.*", script().lines("* STATUS INBOX (MESSAGES 7)", "${1} OK done"))
				.on("(\\S+) LOGOUT", script().lines("* BYE bye", "${1} OK done").close());
		Script script = script().startTls(TLS.good()).lines("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready").serve(all);
		try (ScriptedServer server = ScriptedServer.start(script)) {
			Finding finding = new Bench().at(Protocol.IMAP, Security.TLS, server.port()).trust(TLS.anchor()).contents(allowed);
			assertThat(server.received()).doesNotContain(" SELECT ", " CREATE ", " APPEND ", " STORE ", " FETCH ");
			assertThat(server.conversations()).allSatisfy(talk -> assertThat(talk.sent()).isLessThan(FLOOD_SEEN));
			return finding;
		}
	}

	private static Contents contents(Finding finding) {
		return Contents.in(finding.facts()).orElseThrow(() -> new AssertionError(Bench.everything(finding)));
	}

	@Test
	void oneCommandWhereTheServerKnowsIt() throws Exception {
		Finding finding = count("NAMESPACE LIST-EXTENDED LIST-STATUS SPECIAL-USE STATUS=SIZE QUOTA", new Rules()
				.on("(\\S+) NAMESPACE", script().lines("* NAMESPACE ((\"INBOX.\" \".\")) NIL NIL", "${1} OK"))
				.on("(\\S+) LIST \"\" \"\\*\" RETURN \\(SPECIAL-USE STATUS \\(MESSAGES SIZE\\)\\)", script().lines("* LIST () \".\" INBOX",
						"* STATUS INBOX (MESSAGES 4 SIZE 4000)", "* LIST (\\Sent) \".\" INBOX.Sent", "* STATUS INBOX.Sent (SIZE 96 MESSAGES 1)",
						"* LIST (\\Noselect) \".\" INBOX.x", "* STATUS stranger (MESSAGES 9)", "${1} OK"))
				.on("(\\S+) GETQUOTAROOT INBOX", script().lines("* QUOTAROOT INBOX a", "* QUOTA a (STORAGE 5 512 MESSAGE 1 2)", "${1} OK")));

		assertThat(finding.reason()).as(Bench.everything(finding)).isEqualTo(Reason.of(Outcomes.CONTENTS_OK, 2, 5));
		assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
		Contents contents = contents(finding);
		assertThat(contents.folders()).containsExactly(new Folder("INBOX", "", 4, 4000), new Folder("INBOX.Sent", "\\sent", 1, 96));
		assertThat(contents.limit()).isEqualTo(OptionalLong.of(512 * 1024));
		assertThat(contents.bytes()).isEqualTo(OptionalLong.of(5 * 1024));
		assertThat(contents.prefix()).isEqualTo("INBOX.");
		assertThat(Bench.all((Tree) finding.facts())).allSatisfy(fact -> assertThat(new MailProbes().texts(Locale.ENGLISH).keySet()).contains("fact." + fact.key()));
	}

	@Test
	void folderByFolderElseAndWhatIsRefusedIsNotCalledEmpty() throws Exception {
		Finding finding = count("", new Rules().on("(\\S+) LIST \"\" \"\\*\"", script().lines("* LIST () \"/\" INBOX", "* LIST () \"/\" \"a \\\"b\\\"\"", "* LIST () \"/\" shut", "${1} OK"))
				.on("(\\S+) STATUS \"INBOX\" \\(MESSAGES\\)", script().lines("* STATUS INBOX (MESSAGES 4)", "${1} OK"))
				.on("(\\S+) STATUS \"a .*", script().lines("* STATUS \"a \\\"b\\\"\" (MESSAGES 2)", "${1} OK")).on("(\\S+) STATUS \"shut\".*", script().lines("${1} NO no")));

		assertThat(finding.reason()).as(Bench.everything(finding)).isEqualTo(Reason.of(Outcomes.CONTENTS_PARTLY, 3, 6, 1));
		assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
		assertThat(contents(finding).bytes()).isEmpty();
	}

	@Test
	void aQuotaThatIsNearlyUsedUp() throws Exception {
		for (int used : new int[] { 94, 95, 100, 120 }) {
			Finding finding = count("QUOTA", new Rules().on("(\\S+) LIST .*", script().lines("* LIST () \"/\" INBOX", "${1} OK"))
					.on("(\\S+) STATUS \"INBOX\".*", script().lines("* STATUS INBOX (MESSAGES 4)", "${1} OK"))
					.on("(\\S+) GETQUOTAROOT INBOX", script().lines("* QUOTA \"\" (STORAGE " + used + " 100)", "${1} OK")));

			assertThat(finding.reason()).isEqualTo(used < 95 ? Reason.of(Outcomes.CONTENTS_OK, 1, 4) : Reason.of(Outcomes.CONTENTS_FULL, used, 100));
		}
	}

	@Test
	void messagesTooLongForTheNewServer() throws Exception {
		Finding finding = count("LIST-EXTENDED LIST-STATUS STATUS=SIZE", new Rules()
				.on("(\\S+) LIST .*", script().lines("* LIST () \"/\" INBOX", "* STATUS INBOX (MESSAGES 4 SIZE 9000)", "* LIST () \"/\" small",
						"* STATUS small (MESSAGES 4 SIZE 1000)", "* LIST () \"/\" empty", "* STATUS empty (MESSAGES 0 SIZE 0)", "${1} OK"))
				.on("(\\S+) EXAMINE \"INBOX\"", script().lines("* 4 EXISTS", "${1} OK")).on("(\\S+) SEARCH LARGER 1000", script().lines("* SEARCH 2 4", "${1} OK")), OptionalLong.of(1000));

		assertThat(finding.reason()).as(Bench.everything(finding)).isEqualTo(Reason.of(Outcomes.CONTENTS_LONGER, 2, 1000, "INBOX"));
		assertThat(finding.outcome()).isEqualTo(Outcome.WARN);
		assertThat(contents(finding).longer()).containsExactly(new Contents.Longer("INBOX", 2, 1000));
	}

	@Test
	void endlessAnswersAreCut() throws Exception {
		Rules list = new Rules().on("(\\S+) LIST .*", script().lines("* LIST () \"/\" INBOX", "${1} OK"));
		for (Rules rules : List.of(new Rules().on("(\\S+) LIST .*", script().flood("* LIST () \"/\" more\r\n", GIGABYTE)),
				new Rules().on("(\\S+) LIST .*", script().lines("* LIST () \"/\" {999999}").flood("x", GIGABYTE)),
				new Rules().on("(\\S+) LIST .*", script().flood("x", GIGABYTE)),
				new Rules().plus(list).on("(\\S+) STATUS \"INBOX\".*", script().flood("* STATUS INBOX (MESSAGES 1)\r\n", GIGABYTE)))) {
			Finding finding = count("", rules);

			assertThat(finding.reason().id()).isEqualTo(Reasons.OVERSIZED);
			assertThat(Bench.everything(finding).length()).isLessThan(100_000);
		}
	}

	@Test
	void moreFoldersThanOneLookCounts() throws Exception {
		String[] folders = new String[3_001];
		for (int i = 0; i < 3_000; i++) {
			folders[i] = "* LIST () \"/\" f" + i;
		}
		folders[3_000] = "${1} OK done";
		Finding finding = count("", new Rules().on("(\\S+) LIST .*", script().lines(folders)).on("(\\S+) STATUS \"(f\\d+)\".*", script().lines("* STATUS ${2} (MESSAGES 1)", "${1} OK")));

		assertThat(finding.reason()).isEqualTo(Reason.of(Outcomes.CONTENTS_PARTLY, 2_000, 500, 2_500));
	}
}
