package hikkoshi.core.tests.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import hikkoshi.core.format.MigrationFiles;
import hikkoshi.core.format.PasswordImport;
import hikkoshi.core.format.PasswordImport.Outcome;
import hikkoshi.core.format.PasswordSheet;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Side;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.Secrets;

class PasswordImportTest {
	@TempDir
	Path folder;

	private static final class Memory implements Secrets {
		private final Map<CredentialId, String> kept = new HashMap<>();

		@Override
		public Optional<Secret> find(CredentialId id) {
			return Optional.ofNullable(kept.get(id)).map(Secret::of);
		}

		@Override
		public void store(CredentialId id, Secret secret) {
			kept.put(id, new String(secret.reveal()));
		}

		@Override
		public void remove(CredentialId id) {
			kept.remove(id);
		}

		@Override
		public boolean writable() {
			return true;
		}
	}

	private Migration migration(String auth) throws Exception {
		Path project = Files.createDirectories(folder.resolve("project"));
		Projects.write(project, Projects.MIGRATION.replace("      pins: []\n", auth), Projects.MAILBOXES, Projects.CHECKLIST);
		return MigrationFiles.load(project).migration().orElseThrow();
	}

	private record Came(Map<CredentialId, String> kept, List<String> refused, List<Outcome> outcomes) {}

	private Came read(String auth, byte[] bytes, @Nullable Side side) throws Exception {
		Path file = folder.resolve("pw.csv");
		Files.write(file, bytes);
		Memory memory = new Memory();
		List<Outcome> outcomes = new ArrayList<>();
		try (PasswordSheet sheet = PasswordSheet.read(file)) {
			assertThat(sheet.problem()).isEmpty();
			PasswordImport plan = new PasswordImport(migration(auth), sheet, side);
			for (PasswordImport.Entry entry : plan.entries()) {
				outcomes.add(PasswordImport.store(entry, memory));
			}
			return new Came(memory.kept, plan.refused().stream().map(each -> each.line() + " " + each.reason().id()).toList(), outcomes);
		}
	}

	private Came read(String text, @Nullable Side side) throws Exception {
		return read("", text.getBytes(StandardCharsets.UTF_8), side);
	}

	private static CredentialId id(String server, String user) {
		return new CredentialId(server, user);
	}

	@Test
	void twoColumnsOfPasswordsGoToBothSides() throws Exception {
		Came came = read("address,old_password,new_password\nann@example.org,old1,new1\nBOB@example.com,,\"n,e\"\"w\"\n", null);
		assertThat(came.kept).containsExactlyInAnyOrderEntriesOf(Map.of(id("mx-old", "ann"), "old1", id("mx-new", "ann@example.org"), "new1",
				id("mx-new", "bob@example.com"), "n,e\"w"));
		assertThat(came.refused).isEmpty();
		assertThat(came.outcomes).containsOnly(Outcome.STORED);
	}

	@ParameterizedTest
	@CsvSource({"address;side;password|ann@example.org;old;p w", "user;server;password|ann;mx-old;p w", "E-Mail;Server;PW|ann@example.org;mail.old.example;p w",
		"メールアドレス;側;パスワード|ann@example.org;old;p w"})
	void aColumnSaysWhichSideOrServer(String lines) throws Exception {
		assertThat(read(lines.replace('|', '\n') + "\n", null).kept).isEqualTo(Map.of(id("mx-old", "ann"), "p w"));
	}

	@Test
	void withoutAHeaderTheNumberOfColumnsSaysIt() throws Exception {
		assertThat(read("ann@example.org,secret\n", Side.NEW).kept).isEqualTo(Map.of(id("mx-new", "ann@example.org"), "secret"));
		assertThat(read("mx-old,ann,secret\n", null).kept).isEqualTo(Map.of(id("mx-old", "ann"), "secret"));
	}

	@Test
	void everyRefusalHasItsLineAndItsOwnReason() throws Exception {
		Came came = read("""
				address,side,password
				ann@example.org,,x
				eve@example.org,old,x
				ann@example.org,old,
				ann@example.org,nowhere,x
				ann@example.org,old,x,y
				ann@example.org,old,first

				ann@example.org,old,second
				ann@example.org,old,first
				bob@example.com,old,"never closed
				""", null);
		assertThat(came.kept).isEqualTo(Map.of(id("mx-old", "ann"), "first"));
		assertThat(came.refused).containsExactlyInAnyOrder("2 password.side", "3 password.unknown", "4 password.empty", "5 password.server",
				"6 password.line", "9 password.twice", "11 password.line");
	}

	@Test
	void aMastersPasswordIsTheMasters() throws Exception {
		String auth = "      auth: {method: master, user: admin}\n";
		byte[] text = "user,server,password\nadmin,mx-old,m\nann,mx-old,own\n".getBytes(StandardCharsets.UTF_8);
		Came came = read(auth, text, null);
		assertThat(came.kept).isEqualTo(Map.of(id("mx-old", "admin"), "m"));
		assertThat(came.refused).containsExactly("3 password.unknown");
	}

	@Test
	void aClientsSecretHasAPlaceToo() throws Exception {
		String auth = "      auth: {method: oauth2, token-endpoint: 'https://l.example/t', client-id: c1}\n";
		byte[] text = "user,server,token\noauth2-client:c1,mx-old,s\nann,mx-old,refresh\n".getBytes(StandardCharsets.UTF_8);
		assertThat(read(auth, text, null).kept).isEqualTo(Map.of(id("mx-old", "oauth2-client:c1"), "s", id("mx-old", "ann"), "refresh"));
	}

	@ParameterizedTest
	@ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "windows-31j"})
	void theEncodingIsFound(String charset) throws Exception {
		String text = (charset.startsWith("UTF-16") ? "\ufeff" : "") + "address,side,password\r\nann@example.org,old,パスワード語\r\n";
		assertThat(read("", text.getBytes(Charset.forName(charset)), null).kept).isEqualTo(Map.of(id("mx-old", "ann"), "パスワード語"));
	}

	@ParameterizedTest
	@CsvSource({"'', EMPTY", "'a,b,c,d\n', COLUMNS", "'address,side\nx,old\n', COLUMNS", "'password,x\nsecret,y\n', COLUMNS"})
	void aFileOfNoUseSaysWhy(String text, PasswordSheet.Problem problem) throws Exception {
		Path file = folder.resolve("pw.csv");
		Files.writeString(file, text.replace("password,x", "password,x,y,z").replace("secret,y", "secret,y,z,a"));
		try (PasswordSheet sheet = PasswordSheet.read(file)) {
			assertThat(sheet.problem()).contains(problem);
		}
	}

	@Test
	void whatIsThereAlreadyIsTheSame() throws Exception {
		Path file = folder.resolve("pw.csv");
		Files.writeString(file, "address,side,password\nann@example.org,old,a\nbob@example.com,old,b\n");
		Memory memory = new Memory();
		memory.kept.put(id("mx-old", "ann"), "a");
		memory.kept.put(id("mx-old", "bob@example.com"), "before");
		try (PasswordSheet sheet = PasswordSheet.read(file)) {
			List<Outcome> outcomes = new ArrayList<>();
			for (PasswordImport.Entry entry : new PasswordImport(migration(""), sheet, null).entries()) {
				assertThat(entry.toString()).contains("secret=Secret[masked]");
				outcomes.add(PasswordImport.store(entry, memory));
			}
			assertThat(outcomes).containsExactly(Outcome.SAME, Outcome.CHANGED);
		}
	}

	@Test
	void closingWipesEveryPassword() throws Exception {
		Path file = folder.resolve("pw.csv");
		Files.writeString(file, "address,side,password\nann@example.org,old,secret\n");
		PasswordSheet sheet = PasswordSheet.read(file);
		Secret held = sheet.rows().getFirst().secret(PasswordSheet.Column.PASSWORD).orElseThrow();
		assertThat(new String(held.reveal())).isEqualTo("secret");
		sheet.close();
		assertThat(new String(held.reveal())).isEqualTo("\0".repeat(6));
	}
}
