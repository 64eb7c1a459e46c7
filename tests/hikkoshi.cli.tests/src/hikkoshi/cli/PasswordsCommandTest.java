package hikkoshi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.SecretReasons;
import hikkoshi.testkit.MemorySecrets;

/// `hikkoshi passwords` as a person runs it: what goes into secure storage, what is refused, and that nothing is ever printed.
class PasswordsCommandTest {
	private static final String OLD = "mail.old.example";
	private static final String NEW = "mail.new.example";

	private final MemorySecrets vault = new MemorySecrets();
	private final Keeping commands = new Keeping(vault);

	@TempDir
	Path folder;
	private Path project = Path.of("");

	@BeforeEach
	void project() throws IOException {
		project = folder.resolve("move");
		commands.run("init", project.toString(), "--domain", "example.org", "--old", OLD + "=192.0.2.1", "--new", NEW + "=192.0.2.2");
		Files.writeString(project.resolve("mailboxes.csv"), "address,old_user,new_user,wave,note\nann@example.org,ann,,,\nbob@example.org,bob,,,\n");
	}

	private int passwords(String... args) {
		String[] line = new String[args.length + 3];
		line[0] = "passwords";
		System.arraycopy(args, 0, line, 1, args.length);
		line[args.length + 1] = "-p";
		line[args.length + 2] = project.toString();
		return commands.run(line);
	}

	private Path sheet(String text) throws IOException {
		Path sheet = Files.writeString(folder.resolve("sheet.csv"), text);
		return Files.setPosixFilePermissions(sheet, PosixFilePermissions.fromString("rw-------"));
	}

	@Test
	void aTableGoesIntoSecureStorageAndChangesLater() throws IOException {
		Path sheet = sheet("address,old_password,new_password\nann@example.org,old-Ann,new-Ann\nbob@example.org,old-Bob,\n");
		assertThat(passwords("import", sheet.toString())).as(commands.said()).isZero();
		assertThat(vault.value(OLD, "ann")).contains("old-Ann");
		assertThat(vault.value(NEW, "ann@example.org")).contains("new-Ann");
		assertThat(vault.value(OLD, "bob")).contains("old-Bob");
		assertThat(commands.out()).contains("stored: ann at old (line 2)", "3 stored, 0 changed, 0 the same, 0 refused.", "was not copied").doesNotContain("old-Ann", "new-Ann");

		sheet("address,old_password,new_password\nann@example.org,old-Ann,newer-Ann\n");
		assertThat(passwords("import", sheet.toString())).isZero();
		assertThat(commands.out()).contains("changed: ann@example.org at new (line 2)", "0 stored, 1 changed, 1 the same");
		assertThat(vault.value(NEW, "ann@example.org")).contains("newer-Ann");
	}

	@Test
	void theSideIsSaidByTheOptionWhereTheFileDoesNot() throws IOException {
		Path sheet = sheet("ann@example.org,secret-Ann\n");
		assertThat(passwords("import", sheet.toString())).isEqualTo(66);
		assertThat(commands.err()).contains("sheet.csv, line 1:", "side").doesNotContain("secret-Ann");
		assertThat(vault.known()).isEmpty();
		assertThat(passwords("import", sheet.toString(), "--side", "new")).as(commands.said()).isZero();
		assertThat(vault.known()).containsExactly(new CredentialId(NEW, "ann@example.org"));
	}

	@Test
	void theGoodLinesOfABadFileAreStored() throws IOException {
		Path sheet = sheet("server,user,password\nold,ann,secret-1\nold,nobody,secret-2\nnowhere,bob,secret-3\nold,bob\n\"old,bob,secret-4\n");
		assertThat(passwords("import", sheet.toString())).isEqualTo(66);
		assertThat(vault.known()).containsExactly(new CredentialId(OLD, "ann"));
		assertThat(commands.out()).contains("1 stored");
		assertThat(commands.err()).contains("line 3: ", "line 4: ", "line 5: ", "nowhere").doesNotContain("secret");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {"a;b;c;d|no column of passwords", "|is empty", "address,note\\nx,y|no column of passwords"})
	void aFileOfNoUseIsRefused(String text, String words) throws IOException {
		Path sheet = sheet(text == null ? "" : text.replace("\\n", "\n"));
		assertThat(passwords("import", sheet.toString())).isEqualTo(66);
		assertThat(commands.err()).contains(words);
	}

	@Test
	void aFileWithinTheProjectIsRefusedAndOneThatOthersMayReadIsWarnedOf() throws IOException {
		Path inside = Files.writeString(project.resolve("sheet.csv"), "server,user,password\nold,ann,x\n");
		assertThat(passwords("import", inside.toString())).isEqualTo(66);
		assertThat(commands.err()).contains("lies in the project folder");
		Path link = Files.createSymbolicLink(folder.resolve("link.csv"), inside);
		assertThat(passwords("import", link.toString())).as("by another name").isEqualTo(66);
		assertThat(vault.known()).isEmpty();
		Path open = Files.setPosixFilePermissions(sheet("server,user,password\nold,ann,x\n"), PosixFilePermissions.fromString("rw-r--r--"));
		assertThat(passwords("import", open.toString())).isZero();
		assertThat(commands.err()).contains("chmod 600");
	}

	@Test
	void wrongWordsAreSaid() throws IOException {
		assertThat(passwords("import")).isEqualTo(64);
		assertThat(passwords("import", folder.resolve("none.csv").toString())).isEqualTo(66);
		assertThat(passwords("import", folder.toString())).isEqualTo(66);
		assertThat(passwords("remove")).isEqualTo(64);
		assertThat(passwords("forget", "ann")).isEqualTo(64);
		assertThat(new Keeping().run("passwords", "status")).as("no secure storage at all").isEqualTo(66);
	}

	@Test
	void theListSaysWhoHasOneAndNeverWhat() throws IOException {
		vault.with(OLD, "ann", "secret-Ann").with(NEW, "ann@example.org", "x").with("mail.elsewhere.example", "bob", "y");
		assertThat(passwords("list")).isEqualTo(3);
		assertThat(commands.out()).contains("2 of 4 accounts have a secret").doesNotContain("secret-Ann");
		assertThat(commands.out().lines().filter(line -> line.contains("ann"))).allMatch(line -> line.endsWith("known"));
		assertThat(commands.out().lines().filter(line -> line.contains("bob"))).hasSize(2).allMatch(line -> line.endsWith("missing"));
		vault.with(OLD, "bob", "x").with(NEW, "bob@example.org", "x");
		assertThat(passwords("list")).isZero();
		assertThat(commands.run(Locale.JAPANESE, "passwords", "list", "-p", project.toString())).isZero();
		assertThat(commands.out()).contains("登録済み", "アカウント 4 件のうち 4 件");
	}

	/// A master's password is one, a refresh token is kept with its endpoint.
	@Test
	void theListFollowsTheWayToLogIn() throws IOException {
		auth("{method: master, user: admin}", "{method: oauth2, client-id: c, token-endpoint: 'https://login.example/token'}");
		vault.with(OLD, "ann", "x").with(NEW, "ann@example.org", "x");
		assertThat(passwords("list")).isEqualTo(3);
		assertThat(commands.out()).contains("0 of 3 accounts", "admin");
		vault.with(OLD, "admin", "x").with(NEW + " https://login.example/token", "ann@example.org", "x").with(NEW + " https://login.example/token", "bob@example.org", "x");
		assertThat(passwords("list")).as(commands.said()).isZero();
		Path sheet = sheet("server,user,password\nnew,oauth2-client:c,client-secret\nold,admin,m\n");
		assertThat(passwords("import", sheet.toString())).as(commands.said()).isZero();
		assertThat(vault.value(NEW + " https://login.example/token", "oauth2-client:c")).contains("client-secret");
	}

	private void auth(String old, String fresh) throws IOException {
		Path yaml = project.resolve("migration.yaml");
		String text = Files.readString(yaml);
		Files.writeString(yaml, text.replaceFirst("(?m)^( *)name: " + OLD + "$", "$0\n$1auth: " + old).replaceFirst("(?m)^( *)name: " + NEW + "$", "$0\n$1auth: " + fresh));
		assertThat(Files.readString(yaml)).contains("auth: " + old, "auth: " + fresh);
	}

	@Test
	void whatIsRemovedIsGoneOnTheSideThatWasMeant() {
		vault.with(OLD, "ann", "x").with(NEW, "ann", "y").with(OLD, "bob", "z").with("mail.elsewhere.example", "ann", "w");
		assertThat(passwords("remove", "ann", "--side", "old")).isZero();
		assertThat(commands.out()).contains("removed: ann at old", "1 removed.");
		assertThat(passwords("remove", "ann", "bob")).isZero();
		assertThat(vault.known()).as("another customer's stays").containsExactly(new CredentialId("mail.elsewhere.example", "ann"));
		assertThat(passwords("remove", "ann")).isEqualTo(3);
		assertThat(commands.out()).contains("0 removed.");
	}

	@Test
	void theStatusSaysHowItIsProtectedAndWhatIsNot() {
		vault.protectedBy(Reason.of(SecretReasons.FILE, "/home/x/storage", "rw-------"), Reason.of(SecretReasons.KEYRING, "secret service"));
		assertThat(commands.run("passwords")).isZero();
		assertThat(commands.out()).contains("/home/x/storage", "rw-------", "secret service");
		for (Reason bad : List.of(Reason.of(SecretReasons.NONE), Reason.of(SecretReasons.CLEAR, 2), Reason.of(SecretReasons.ELSEWHERE, 3, "some.window"))) {
			vault.protectedBy(bad);
			assertThat(commands.run("passwords", "status")).as(bad.id()).isEqualTo(1);
			assertThat(commands.out()).as("and what to do").hasLineCount(2);
		}
	}

	/// Nothing is written down where nothing encrypts.
	@Test
	void aVaultThatCannotEncryptKeepsNothing() throws IOException {
		Path sheet = sheet("server,user,password\nold,ann,secret-Ann\n");
		vault.refusing(Reason.of(SecretReasons.NONE));
		assertThat(passwords("import", sheet.toString())).isEqualTo(66);
		assertThat(commands.err()).isNotBlank().doesNotContain("secret-Ann");
		assertThat(vault.known()).isEmpty();
	}

	@Test
	void anImportOfMailboxesKeepsPasswordsWhenAsked() throws IOException {
		Path batch = sheet("EmailAddress,UserName,Password\nann@example.org,ann,s3cret-Ann\ncarol@example.org,carol,s3cret-Carol\n");
		String[] line = {"import", batch.toString(), "-p", project.toString()};
		assertThat(commands.run(line)).as(commands.said()).isZero();
		assertThat(vault.known()).isEmpty();
		assertThat(commands.out()).contains("2 passwords and 0 hashes. None of them was kept.");
		assertThat(commands.run("import", batch.toString(), "-p", project.toString(), "--keep-passwords", "--dry-run")).isZero();
		assertThat(vault.known()).isEmpty();
		assertThat(commands.run("import", batch.toString(), "-p", project.toString(), "--keep-passwords", "--password-side", "both")).as(commands.said()).isZero();
		assertThat(commands.out()).contains("Secrets in secure storage from it: 4.").doesNotContain("s3cret");
		assertThat(vault.value(OLD, "carol")).contains("s3cret-Carol");
		assertThat(vault.value(NEW, "carol@example.org")).contains("s3cret-Carol");
		vault.remove(new CredentialId(OLD, "ann"));
		assertThat(commands.run("import", batch.toString(), "-p", project.toString(), "--keep-passwords", "--password-side", "new")).isZero();
		assertThat(vault.value(OLD, "ann")).isEmpty();
		assertThat(commands.run("import", batch.toString(), "-p", project.toString(), "--password-side", "middle")).isEqualTo(64);
	}
}
