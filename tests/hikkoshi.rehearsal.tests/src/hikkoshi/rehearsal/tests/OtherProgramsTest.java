package hikkoshi.rehearsal.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.command.AsCommand;
import hikkoshi.core.command.Tool;
import hikkoshi.core.format.MigrationFiles;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Door;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.RehearsalStage.Play;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.rehearsal.internal.EmbeddedStage;
import hikkoshi.rehearsal.internal.Grounds;

/// The lines that are copied for other programs, given to these programs, where this machine has them.
@Timeout(120)
class OtherProgramsTest {
	@TempDir
	Path folder;

	private record Said(int code, String text) {}

	private Migration migration() throws Exception {
		return MigrationFiles.load(folder).migration().orElseThrow();
	}

	/// The programs believe the project's own authority, told by the environment: the line itself stays what it is.
	private Said run(String line, String input) throws Exception {
		Path authority = folder.resolve(migration().trust().getFirst());
		// without a terminal of its own, so that a password is read from the input
		ProcessBuilder builder = new ProcessBuilder("setsid", "timeout", "20", "sh", "-c", line).redirectErrorStream(true);
		builder.environment().put("SSL_CERT_FILE", authority.toString());
		builder.environment().put("CURL_CA_BUNDLE", authority.toString());
		Process process = builder.start();
		process.outputWriter(StandardCharsets.UTF_8).append(input).close();
		String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		return new Said(process.exitValue(), text);
	}

	private static void needs(String program) {
		assumeTrue(Stream.of(System.getenv("PATH").split(File.pathSeparator)).anyMatch(place -> Files.isExecutable(Path.of(place, program))), program);
		assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "setsid");
	}

	private static String password(Play play, Account account) throws IOException {
		Optional<Secret> secret = play.secrets().find(CredentialId.of(account));
		try (Secret mine = secret.orElseThrow()) {
			return new String(mine.reveal());
		}
	}

	@Test
	void opensslSeesEachDoorAndProvesItsName() throws Exception {
		needs("openssl");
		try (Play _ = new EmbeddedStage(Grounds.find()).open(folder, Locale.ENGLISH)) {
			int tried = 0;
			for (Server server : migration().servers()) {
				for (Door door : Migration.doors(server)) {
					Optional<String> line = AsCommand.of(Tool.OPENSSL, door);
					if (line.isPresent()) {
						Said said = run(line.get(), "");
						assertThat(said.text()).as(line.get()).contains("Verification: OK", "Verified peername: " + server.name().ascii());
						tried++;
					}
				}
			}
			assertThat(tried).isPositive();
			Door door = Migration.doors(migration().servers().getFirst()).stream().filter(each -> AsCommand.of(Tool.OPENSSL, each).isPresent()).findFirst().orElseThrow();
			String wrong = AsCommand.of(Tool.OPENSSL, new Door(door.server().under(DomainName.parse("wrong.example")), door.endpoint(), door.address())).orElseThrow();
			assertThat(run(wrong, "").text()).containsIgnoringCase("hostname mismatch");
		}
	}

	@Test
	void curlAsksForThePasswordLogsInAndTellsARightOneFromAWrongOne() throws Exception {
		needs("curl");
		try (Play play = new EmbeddedStage(Grounds.find()).open(folder, Locale.ENGLISH)) {
			Mailbox alice = migration().mailboxes().stream().filter(each -> each.address().toString().startsWith("alice")).findFirst().orElseThrow();
			List<Account> accounts = migration().accounts(alice, Side.OLD);
			assertThat(accounts).isNotEmpty();
			for (Account account : accounts) {
				String line = AsCommand.of(Tool.CURL, account).orElseThrow();
				Said right = run(line, password(play, account) + "\n");
				assertThat(right.code()).as(line + "\n" + right.text()).isZero();
				if (account.endpoint().protocol() == Protocol.IMAP) {
					assertThat(right.text()).contains("* STATUS");
				}
				assertThat(right.text()).doesNotContain(password(play, account));
				Said wrong = run(line, "wrong\n");
				assertThat(wrong.code()).as(wrong.text()).isEqualTo(67);
			}
		}
	}
}
