package hikkoshi.mail.tests;

import static hikkoshi.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

import org.junit.jupiter.api.Test;

import hikkoshi.core.compare.Offer;
import hikkoshi.core.compare.Profile;
import hikkoshi.core.evidence.Facts.Tree;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Reasons;
import hikkoshi.mail.MailProbes;
import hikkoshi.mail.internal.login.Outcomes;
import hikkoshi.rehearsal.mail.MailServer;
import hikkoshi.rehearsal.mail.MailServerSettings;
import hikkoshi.rehearsal.mail.MailService;
import hikkoshi.rehearsal.tls.ThrowAwayCa;
import hikkoshi.rehearsal.tls.Validity;
import hikkoshi.testkit.Script;
import hikkoshi.testkit.Script.Rules;
import hikkoshi.testkit.ScriptedServer;
import hikkoshi.testkit.TlsKit;

/// What an account looks like behind the login, also on a server that means ill.
class ProfileTest {
	private static final TlsKit TLS = new TlsKit(Bench.NAME);
	private static final long GIGABYTE = 1L << 30;

	private static Finding look(String capabilities, Rules rules) throws Exception {
		Rules all = new Rules().on("(\\S+) AUTHENTICATE PLAIN \\S+", script().lines("${1} OK in"))
				.on("(\\S+) CAPABILITY", script().lines("* CAPABILITY IMAP4rev1 " + capabilities, "${1} OK done")).plus(rules)
				.on("(\\S+) STATUS INBOX \\(MESSAGES.*", script().lines("* STATUS INBOX (MESSAGES 7)", "${1} OK done"))
				.on("(\\S+) LIST \"\" \"\"", script().lines("* LIST (\\Noselect) \"/\" \"\"", "${1} OK done"))
				.on("(\\S+) LIST .*", script().lines("* LIST () \"/\" INBOX", "${1} OK done"))
				.on("(\\S+) LOGOUT", script().lines("* BYE bye", "${1} OK done").close());
		Script script = script().startTls(TLS.good()).lines("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready").serve(all);
		try (ScriptedServer server = ScriptedServer.start(script)) {
			Finding finding = new Bench().at(Protocol.IMAP, Security.TLS, server.port()).trust(TLS.anchor()).profile();
			assertThat(server.received()).doesNotContain(" SELECT ", " CREATE ", " APPEND ", " STORE ");
			return finding;
		}
	}

	private static Profile profile(Finding finding) {
		return Profile.in(finding.facts()).orElseThrow(() -> new AssertionError(Bench.everything(finding)));
	}

	@Test
	void everythingThatAServerShows() throws Exception {
		Finding finding = look("ID NAMESPACE QUOTA LIST-EXTENDED SPECIAL-USE APPENDLIMIT ENABLE CONDSTORE QRESYNC UIDPLUS", new Rules()
				.on("(\\S+) ID NIL", script().lines("* ID (\"name\" \"Dovecot\" \"version\" \"2.4\" \"os\" NIL)", "${1} OK"))
				.on("(\\S+) NAMESPACE", script().lines("* NAMESPACE ((\"INBOX.\" \".\")) ((\"~\" \".\")) ((\"#shared.\" \".\")(\"#news.\" \".\"))", "${1} OK"))
				.on("(\\S+) LIST \"\" \"\"", script().lines("* LIST (\\Noselect) \".\" \"\"", "${1} OK"))
				.on("(\\S+) LIST \"\" \"\\*\" RETURN \\(SPECIAL-USE\\)", script().lines("* LIST (\\HasNoChildren) \".\" INBOX",
						"* LIST (\\Sent) \".\" \"INBOX.Sent Items\"", "* LIST (\\Trash) \".\" {11}", "INBOX.Trash", "* LIST (\\NonExistent) \".\" INBOX.gone",
						"* LIST () \".\" \"INBOX.a/b\"", "* LIST () \".\" \"INBOX.c/d \\\"e\\\"\"", "${1} OK"))
				.on("(\\S+) GETQUOTAROOT INBOX", script().lines("* QUOTAROOT INBOX \"User quota\"", "* QUOTA \"User quota\" (STORAGE 10 512 MESSAGE 20 1000)", "${1} OK"))
				.on("(\\S+) STATUS INBOX \\(APPENDLIMIT\\)", script().lines("* STATUS INBOX (APPENDLIMIT 257890)", "${1} OK"))
				.on("(\\S+) ENABLE CONDSTORE QRESYNC", script().lines("* ENABLED CONDSTORE QRESYNC", "${1} OK")));

		assertThat(finding.reason()).as(Bench.everything(finding)).isEqualTo(Reason.of(Outcomes.PROFILE_OK, 5, "."));
		assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
		Profile profile = profile(finding);
		assertThat(profile.product()).isEqualTo("Dovecot 2.4");
		assertThat(profile.namespaces()).containsExactly(new Profile.Namespace("personal", "INBOX.", "."), new Profile.Namespace("others", "~", "."),
				new Profile.Namespace("shared", "#shared.", "."), new Profile.Namespace("shared", "#news.", "."));
		assertThat(profile.separator()).contains(".");
		assertThat(profile.folders()).isEqualTo(OptionalLong.of(5));
		assertThat(profile.specialUse()).containsEntry("\\sent", "INBOX.Sent Items").containsEntry("\\trash", "INBOX.Trash").hasSize(2);
		assertThat(profile.namesWith()).containsEntry("/", 2L).hasSize(1);
		assertThat(profile.quotas()).containsExactly(new Profile.Quota("User quota", "STORAGE", 10, 512), new Profile.Quota("User quota", "MESSAGE", 20, 1000));
		assertThat(profile.appendLimit()).isEqualTo(OptionalLong.of(257_890));
		assertThat(profile.enabled()).containsExactly("CONDSTORE", "QRESYNC");
		assertThat(profile.refused()).isEmpty();
		assertThat(Offer.in(finding.facts()).orElseThrow().features()).containsKeys("UIDPLUS", "QUOTA");
		assertThat(Bench.all((Tree) finding.facts())).allSatisfy(fact -> assertThat(new MailProbes().texts(Locale.ENGLISH).keySet()).contains("fact." + fact.key()));
	}

	@Test
	void whatIsRefusedIsNotedAndTheRestIsAskedNevertheless() throws Exception {
		Finding finding = look("ID NAMESPACE QUOTA", new Rules().on("(\\S+) ID NIL", script().lines("${1} BAD what?"))
				.on("(\\S+) NAMESPACE", script().lines("${1} NO not for you")).on("(\\S+) GETQUOTAROOT INBOX", script().lines("${1} NO quota is off")));

		assertThat(finding.outcome()).as(Bench.everything(finding)).isEqualTo(Outcome.PASS);
		assertThat(profile(finding).refused()).containsExactly("ID NIL", "NAMESPACE", "GETQUOTAROOT INBOX");
		assertThat(profile(finding).folders()).isEqualTo(OptionalLong.of(1));
	}

	@Test
	void thousandsOfFoldersAreCounted() throws Exception {
		String[] folders = new String[20_001];
		for (int i = 0; i < 20_000; i++) {
			folders[i] = "* LIST (\\HasNoChildren) \"/\" \"Archive/folder number " + i + "\"";
		}
		folders[20_000] = "${1} OK done";
		Finding finding = look("", new Rules().on("(\\S+) LIST \"\" \"\\*\"", script().lines(folders)));

		assertThat(profile(finding).folders()).as(finding.reason().toString()).isEqualTo(OptionalLong.of(20_000));
	}

	@Test
	void endlessDataIsCut() throws Exception {
		for (String command : List.of("NAMESPACE", "LIST \"\" \"\\*\"")) {
			Finding finding = look(command.startsWith("LIST") ? "" : "NAMESPACE", new Rules().on("(\\S+) " + command, script().flood("* LIST () \"/\" more\r\n", GIGABYTE)));

			assertThat(finding.reason().id()).as(command).isEqualTo(Reasons.OVERSIZED);
			assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
			assertThat(Bench.everything(finding).length()).isLessThan(100_000);
		}
	}

	@Test
	void aLiteralBombIsRefused() throws Exception {
		Finding finding = look("NAMESPACE", new Rules().on("(\\S+) NAMESPACE", script().lines("* NAMESPACE {999999}").flood("x", GIGABYTE)));

		assertThat(finding.reason().id()).isEqualTo(Reasons.OVERSIZED);
	}

	@Test
	void nestedBeyondAllReason() throws Exception {
		Finding finding = look("NAMESPACE", new Rules().on("(\\S+) NAMESPACE", script().lines("* NAMESPACE " + "(".repeat(5_000), "${1} OK")));

		assertThat(finding.outcome()).as(finding.reason().toString()).isEqualTo(Outcome.PASS);
		assertThat(profile(finding).namespaces()).isEmpty();
	}

	@Test
	void aPasswordSaidBackIsMasked() throws Exception {
		String wire = new String(Bench.PASSWORD.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.ISO_8859_1)
				.replace("\\", "\\\\").replace("\"", "\\\"");
		Finding finding = look("ID", new Rules().on("(\\S+) ID NIL", script().lines("* ID (\"name\" \"" + wire + "\")", "${1} OK"))
				.on("(\\S+) LIST \"\" \"\\*\"", script().lines("* LIST (\\Sent) \"/\" \"" + wire + "\"", "${1} OK")));

		assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
		assertThat(Bench.everything(finding)).doesNotContain(Bench.PASSWORD).doesNotContain(Bench.PASSWORD.replace("\\", "\\\\"));
	}

	@Test
	void theEmbeddedServerIsRead() throws Exception {
		ThrowAwayCa ca = ThrowAwayCa.create("Rehearsal", Instant.now());
		try (MailServer server = MailServer.start(MailServerSettings.of(Bench.NAME, Set.of("example.test"), ca.issue(List.of(Bench.NAME), Validity.around(Instant.now()))))) {
			server.addAccount(Bench.USER, "anna@example.test", Bench.PASSWORD.toCharArray());

			Finding finding = new Bench().at(Protocol.IMAP, Security.TLS, server.port(MailService.IMAPS)).trust(ca.certificate()).profile();

			assertThat(finding.outcome()).as(Bench.everything(finding)).isEqualTo(Outcome.PASS);
			assertThat(profile(finding).separator()).isPresent();
			assertThat(profile(finding).folders()).isNotEqualTo(OptionalLong.empty());
		}
	}
}
