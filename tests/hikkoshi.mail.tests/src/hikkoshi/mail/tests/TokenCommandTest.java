package hikkoshi.mail.tests;

import static hikkoshi.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Authentication.OAuth;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Reasons;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.core.secret.SecretReasons;
import hikkoshi.mail.internal.login.LoginProbe;
import hikkoshi.mail.internal.token.Tokens;
import hikkoshi.testkit.MemorySecrets;
import hikkoshi.testkit.Script.Rules;
import hikkoshi.testkit.ScriptedServer;
import hikkoshi.testkit.TlsKit;
import hikkoshi.testkit.Wait;

/// Access tokens that a person's program prints: what it is told, what it may print, and every way in which it can fail.
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class TokenCommandTest {
	private static final TlsKit TLS = new TlsKit(Bench.NAME);

	@TempDir
	Path folder;

	private Path log;
	private final MemorySecrets secrets = new MemorySecrets();
	private LoginProbe probe = new LoginProbe("imap.login", Protocol.IMAP, new Tokens());

	@BeforeEach
	void paths() {
		log = folder.resolve("runs");
	}

	/// A program of these lines.
	private Path program(String... lines) throws Exception {
		Path program = Files.createTempFile(folder, "token", ".sh");
		Files.writeString(program, "#!/bin/sh\necho run >>\"" + log + "\"\n" + String.join("\n", lines) + "\n");
		Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
		return program;
	}

	private long runs() throws Exception {
		return Files.exists(log) ? Files.readAllLines(log).size() : 0;
	}

	private static ScriptedServer mail(String... tokens) throws Exception {
		Rules rules = new Rules();
		for (String token : tokens) {
			String message = "user=" + Bench.USER + "\1auth=Bearer " + token + "\1\1";
			rules.on("(\\S+) AUTHENTICATE XOAUTH2 " + Pattern.quote(Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8))),
					script().lines("${1} OK in"));
		}
		String refusal = Base64.getEncoder().encodeToString("{\"status\":\"401\",\"schemes\":\"Bearer\"}".getBytes(StandardCharsets.UTF_8));
		rules.on("(\\S+) AUTHENTICATE XOAUTH2 .*", script().lines("+ " + refusal).expect("").lines("${1} NO [AUTHENTICATIONFAILED] no"));
		return ScriptedServer.start(script().startTls(TLS.good()).lines("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] ready").serve(rules
				.on("(\\S+) STATUS .*", script().lines("* STATUS INBOX (MESSAGES 7)", "${1} OK done"))
				.on("(\\S+) LOGOUT", script().lines("* BYE bye", "${1} OK done").close())));
	}

	private static Bench bench(ScriptedServer server) {
		return new Bench().at(Protocol.IMAP, Security.TLS, server.port()).trust(TLS.anchor()).auth(new OAuth(null));
	}

	private Finding examine(Bench bench, RunMemo memo) throws Exception {
		return probe.examine(bench.account(), bench.secrets(secrets).context(memo));
	}

	private Finding examine(String... lines) throws Exception {
		secrets.command("mx", program(lines).toString());
		try (ScriptedServer server = mail("tok-1"); RunMemo memo = new RunMemo()) {
			return examine(bench(server), memo);
		}
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', value = {"printf tok-1", "echo tok-1", "echo '  tok-1  '", "printf 'tok-1\\r\\nmore words\\n'", "echo '{\"access_token\":\"tok-1\"}'",
		"`printf '{\\n \"expires_in\": 3600,\\n \"access_token\": \"tok-1\"}\\n'`", "echo tok-1; echo grumble >&2", "echo tok-1; (exec sleep 30 </dev/null >/dev/null 2>&1 &)"})
	void theTokenIsTheFirstLineOrInJson(String script) throws Exception {
		Finding finding = examine(script);
		assertThat(finding.reason()).isEqualTo(Reason.of(Reasons.LOGIN_OK, "imap", "TLSv1.3", "XOAUTH2"));
		assertThat(Bench.everything(finding)).doesNotContain("tok-1");
	}

	@Test
	void theProgramIsToldWhoseTokenAndNothingSecret() throws Exception {
		Path told = folder.resolve("told");
		examine("env >\"" + told + "\"", "cat >>\"" + told + "\"", "printf '%s\\n' \"$#\" >>\"" + told + "\"", "echo tok-1");
		assertThat(Files.readAllLines(told)).contains("HIKKOSHI_USER=" + Bench.USER, "HIKKOSHI_ADDRESS=anna@example.test", "HIKKOSHI_SERVER=" + Bench.NAME,
				"HIKKOSHI_SERVER_KEY=mx", "0").noneMatch(line -> line.startsWith("HIKKOSHI_PASSWORD_"));
	}

	/// A user's name comes from the project, and so from a stranger.
	@Test
	void noShellReadsAUsersName() throws Exception {
		Path planted = folder.resolve("planted");
		secrets.command("mx", program("echo tok-1").toString());
		try (ScriptedServer server = mail(); RunMemo memo = new RunMemo()) {
			examine(bench(server).user("$(touch " + planted + ");`touch " + planted + "`"), memo);
			assertThat(planted).doesNotExist();
			assertThat(examine(bench(server).user("a\0b"), memo).reason().id()).isEqualTo(SecretReasons.COMMAND_START);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
		"exit 3 | token.command-failed | 3;",
		"echo tok-1; echo 'first' >&2; printf 'sign in \\033[2J again\\n' >&2; exit 1 | token.command-failed | 1;sign in \\u001b[2J again",
		"echo 'key ya29.a0AfH6SMBxyz1234567890 refused' >&2; exit 1 | token.command-failed | 1;key •••• refused",
		"kill -9 $$ | token.command-failed | 137;"
	})
	void anErrorIsSaidWithItsLastWords(String script, String id, String words) throws Exception {
		Finding finding = examine(script);
		assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
		assertThat(finding.reason().id()).isEqualTo(id);
		assertThat(finding.reason().args().subList(1, 3)).containsExactlyElementsOf(List.of(words.split(";", -1)));
		assertThat(Bench.everything(finding)).doesNotContain("tok-1");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', value = {"true", "echo", "echo Please sign in", "echo '{\"error\":\"x\"}'", "echo '{'", "printf 'a\\001b'", "head -c 200000 /dev/zero | tr '\\0' a",
		"printf '\\n\\ntok-1\\n'"})
	void whatIsNoTokenIsNoneAndIsNotRepeated(String script) throws Exception {
		Finding finding = examine(script);
		assertThat(finding.reason().id()).isEqualTo(SecretReasons.COMMAND_OUTPUT);
		assertThat(finding.reason().args()).hasSize(1);
	}

	@Test
	void aProgramThatIsNotThereIsTriedOnce() throws Exception {
		secrets.command("mx", folder.resolve("nothing").toString(), "--key=s3cret");
		try (ScriptedServer server = mail(); RunMemo memo = new RunMemo()) {
			Finding finding = examine(bench(server), memo);
			assertThat(finding.reason().id()).isEqualTo(SecretReasons.COMMAND_START);
			assertThat(Bench.everything(finding)).doesNotContain("s3cret");
			program("true").toFile().renameTo(folder.resolve("nothing").toFile());
			assertThat(examine(bench(server).user("bob"), memo).reason()).isEqualTo(finding.reason());
			assertThat(runs()).isZero();
		}
	}

	@Test
	void itRunsOncePerAccountAndRunUntilTheTokenIsOver() throws Exception {
		secrets.command("mx", program("echo tok-1").toString());
		try (ScriptedServer server = mail("tok-1")) {
			try (RunMemo memo = new RunMemo()) {
				examine(bench(server), memo);
				assertThat(examine(bench(server), memo).outcome()).isEqualTo(Outcome.PASS);
				assertThat(runs()).isEqualTo(1);
				examine(bench(server).user("bob"), memo);
				assertThat(runs()).isEqualTo(2);
			}
			try (RunMemo memo = new RunMemo()) {
				examine(bench(server), memo);
				assertThat(runs()).isEqualTo(3);
			}
		}
	}

	@Test
	void aFailureIsNotRepeatedForTheOtherProtocols() throws Exception {
		secrets.command("mx", program("exit 1").toString());
		try (ScriptedServer server = mail(); RunMemo memo = new RunMemo()) {
			Finding finding = examine(bench(server), memo);
			assertThat(examine(bench(server), memo).reason()).isEqualTo(finding.reason());
			assertThat(runs()).isEqualTo(1);
			assertThat(server.conversations()).as("the door was looked at all the same").hasSize(2);
		}
	}

	/// Programs keep tokens too, and may give one that is over by now: asked again, they may know better.
	@Test
	void aTokenThatTheServerCallsOverIsAskedForAgainOnce() throws Exception {
		secrets.command("mx", program("echo tok-$(wc -l <\"" + log + "\" | tr -d ' ')").toString());
		try (ScriptedServer first = mail("tok-1"); ScriptedServer server = mail("tok-2"); RunMemo memo = new RunMemo()) {
			examine(bench(first), memo);
			assertThat(examine(bench(server), memo).outcome()).isEqualTo(Outcome.PASS);
			assertThat(runs()).isEqualTo(2);
		}
	}

	@Test
	void theSameTokenIsNotTriedAgain() throws Exception {
		secrets.command("mx", program("echo tok-1").toString());
		try (ScriptedServer first = mail("tok-1"); ScriptedServer server = mail(); RunMemo memo = new RunMemo()) {
			examine(bench(first), memo);
			assertThat(examine(bench(server), memo).reason().id()).isEqualTo(Reasons.BAD_TOKEN);
			assertThat(server.received().lines().filter(line -> line.contains("XOAUTH2"))).hasSize(1);
		}
	}

	@Test
	void whatWaitsForAPersonIsEndedWithAllThatItStarted() throws Exception {
		Path child = folder.resolve("child");
		probe = new LoginProbe("imap.login", Protocol.IMAP, new Tokens(Duration.ofMillis(500)));
		Finding finding = examine("sleep 600 &", "echo $! >\"" + child + "\"", "wait");
		assertThat(finding.reason().id()).isEqualTo(SecretReasons.COMMAND_TIMEOUT);
		assertGone(child);
	}

	@Test
	void aCancelledRunEndsIt() throws Exception {
		Path child = folder.resolve("child");
		secrets.command("mx", program("sleep 600 &", "echo $! >\"" + child + ".new\"", "mv \"" + child + ".new\" \"" + child + "\"", "wait").toString());
		try (ScriptedServer server = mail(); RunMemo memo = new RunMemo(); var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<Finding> run = executor.submit(() -> examine(bench(server), memo));
			Wait.until("the program runs", () -> Files.exists(child));
			executor.shutdownNow();
			assertThat(run).failsWithin(Duration.ofSeconds(30)).withThrowableThat().withCauseInstanceOf(InterruptedException.class);
			assertGone(child);
		}
	}

	private static void assertGone(Path child) throws Exception {
		long pid = Long.parseLong(Files.readString(child).strip());
		Wait.until("process " + pid + " is gone", () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
	}

	/// Without a program, what is kept is the access token itself, as before.
	@Test
	void withoutAProgramTheTokenItselfIsKept() throws Exception {
		secrets.with("mx", Bench.USER, "tok-1");
		try (ScriptedServer server = mail("tok-1"); RunMemo memo = new RunMemo()) {
			assertThat(examine(bench(server), memo).outcome()).isEqualTo(Outcome.PASS);
		}
	}
}
