package hikkoshi.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import javax.crypto.spec.PBEKeySpec;

import org.eclipse.core.runtime.RegistryFactory;
import org.eclipse.equinox.security.storage.ISecurePreferences;
import org.eclipse.equinox.security.storage.SecurePreferencesFactory;
import org.eclipse.equinox.security.storage.provider.IProviderHints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import hikkoshi.core.model.Authentication;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.SecretException;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.secret.ServerNameVault;

class SecretsTest {
	@TempDir
	Path folder;

	@ParameterizedTest
	@ValueSource(strings = {"ann", "ann@example.org", "DOMAIN\\ann", "a/b/c", "アン", "50%", "with space", "日本/語"})
	void whatIsStoredIsFoundAgainByTheNextOne(String user) throws Exception {
		CredentialId id = new CredentialId("mail.example", user);
		try (Secret secret = Secret.of("pässwörd 日本")) {
			secrets().store(id, secret);
			try (Secret found = secrets().find(id).orElseThrow()) {
				assertThat(found.sameAs(secret)).isTrue();
			}
		}
	}

	@Test
	void theFileHoldsNoPlainPassword() throws Exception {
		try (Secret secret = Secret.of("plain-to-see")) {
			secrets().store(new CredentialId("mail.example", "ann"), secret);
		}
		assertThat(Files.readString(folder.resolve("storage"), StandardCharsets.UTF_8)).doesNotContain("plain-to-see").contains("ann");
	}

	@Test
	void whatIsRemovedIsGoneAndTheOthersStay() throws Exception {
		Secrets secrets = secrets();
		CredentialId ann = new CredentialId("mail.example", "ann");
		CredentialId bob = new CredentialId("mail.example", "bob");
		try (Secret secret = Secret.of("x")) {
			secrets.store(ann, secret);
			secrets.store(bob, secret);
		}
		secrets.remove(ann);
		secrets.remove(new CredentialId("mail.example", "nobody"));
		assertThat(secrets.find(ann)).isEmpty();
		assertThat(secrets.find(bob)).isPresent();
	}

	@Test
	void askingMakesNoTrace() throws Exception {
		assertThat(secrets().find(new CredentialId("never", "asked"))).isEmpty();
		assertThat(storage().nodeExists("/hikkoshi/never")).isFalse();
	}

	@Test
	void twoCustomersWithTheSameKeyDoNotShareAPassword() throws Exception {
		Secrets vault = secrets();
		Secrets one = new ServerNameVault(migration("mail.one.example"), vault);
		Secrets two = new ServerNameVault(migration("mail.two.example"), vault);
		CredentialId info = new CredentialId("old", "info");
		try (Secret secret = Secret.of("of one")) {
			one.store(info, secret);
		}
		assertThat(one.find(info)).isPresent();
		assertThat(two.find(info)).isEmpty();
		assertThat(one.find(new CredentialId("unknown", "info"))).isEmpty();
	}

	private static Migration migration(String name) {
		Server server =
				new Server("old", Side.OLD, DomainName.parse(name), List.of(InetAddress.getLoopbackAddress()), List.of(), List.of());
		return new Migration("Test", List.of(server), List.of(), List.of(), List.of(), DnsSettings.DEFAULT, List.of(), Policy.DEFAULT);
	}

	@Test
	void whoseSecretsAreKeptIsKnownInTheirOwnWords() throws Exception {
		List<CredentialId> ids = List.of(new CredentialId("mail.example", "ann"), new CredentialId("mail.example https://x:1/a b", "DOMAIN\\ann/50%"),
				new CredentialId("日本", "アン"));
		try (Secret secret = Secret.of("x")) {
			for (CredentialId id : ids) {
				secrets().store(id, secret);
			}
		}
		assertThat(secrets().known()).containsExactlyInAnyOrderElementsOf(ids);
	}

	@Test
	void aRefreshTokenIsKeptForItsTokenEndpointOnly() throws Exception {
		Secrets vault = secrets();
		CredentialId ann = new CredentialId("old", "ann");
		try (Secret secret = Secret.of("refresh")) {
			new ServerNameVault(refreshing("https://login.good.example/token"), vault).store(ann, secret);
		}
		assertThat(new ServerNameVault(refreshing("https://login.good.example/token"), vault).find(ann)).isPresent();
		assertThat(new ServerNameVault(refreshing("https://login.evil.example/token"), vault).find(ann)).as("a stranger's project").isEmpty();
		assertThat(new ServerNameVault(migration("mail.example"), vault).find(ann)).as("nor as a password").isEmpty();
	}

	/// Equinox creates the file with the rights of any other.
	@Test
	void nobodyElseMayReadTheFile() throws Exception {
		assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
		try (Secret secret = Secret.of("x")) {
			secrets().store(new CredentialId("mail.example", "ann"), secret);
		}
		assertThat(StorageFile.mode(folder.resolve("storage"))).isEqualTo("rw-------");
	}

	/// Without a window Equinox keeps it in the clear then, and prints a line.
	@Test
	void whatCannotBeEncryptedIsNotKept() throws Exception {
		assumeTrue(RegistryFactory.getRegistry() != null, "providers are found in the product's runtime only");
		ISecurePreferences open = SecurePreferencesFactory.open(folder.resolve("open").toUri().toURL(),
				Map.of(IProviderHints.REQUIRED_MODULE_ID, "hikkoshi.vault.tests.none", IProviderHints.PROMPT_USER, false));
		try (Secret secret = Secret.of("plain-to-see")) {
			assertThatThrownBy(() -> EquinoxSecrets.in(open, folder.resolve("open")).store(new CredentialId("mail.example", "ann"), secret))
					.isInstanceOf(IOException.class).hasMessageNotContaining("plain-to-see");
		}
		open.flush();
		assertThat(Files.notExists(folder.resolve("open")) || !Files.readString(folder.resolve("open")).contains("plain-to-see")).isTrue();
	}

	@Test
	void aNewRefreshTokenTakesTheOldOnesPlace() throws Exception {
		CredentialId ann = new CredentialId("mail.example https://login.example/token", "ann");
		put(secrets(), ann, "old");
		try (Secret secret = Secret.of("new")) {
			assertThat(secrets().replace(ann, secret)).isTrue();
		}
		assertThat(value(secrets(), ann)).isEqualTo("new");
		assertThat(secrets().known()).as("nothing is left of the trial").containsExactly(ann);
		assertThat(folder).as("nor of the copy").isDirectoryNotContaining(file -> file.toString().endsWith(".before"));
	}

	@Test
	void whatNothingEncryptsDoesNotTakeTheOldOnesPlace() throws Exception {
		CredentialId ann = new CredentialId("mail.example", "ann");
		put(secrets(), ann, "old");
		ISecurePreferences bare = failing((method, answer) -> method.getName().equals("isEncrypted") ? false : answer.call());
		try (Secret secret = Secret.of("new")) {
			assertThatThrownBy(() -> EquinoxSecrets.in(bare, folder.resolve("storage")).replace(ann, secret)).isInstanceOf(SecretException.class);
		}
		assertThat(value(EquinoxSecrets.in(bare, folder.resolve("storage")), ann)).isEqualTo("old");
		assertThat(value(secrets(), ann)).isEqualTo("old");
	}

	/// Equinox writes over its own file: a full disk would leave half of it.
	@Test
	void aFileThatCannotBeWrittenStaysWhatItWas() throws Exception {
		CredentialId ann = new CredentialId("mail.example", "ann");
		put(secrets(), ann, "old");
		String before = Files.readString(folder.resolve("storage"));
		ISecurePreferences full = failing((method, answer) -> {
			if (method.getName().equals("flush")) {
				Files.writeString(folder.resolve("storage"), before.substring(0, before.length() / 2));
				throw new IOException("No space left on device");
			}
			return answer.call();
		});
		try (Secret secret = Secret.of("new")) {
			assertThatThrownBy(() -> EquinoxSecrets.in(full, folder.resolve("storage")).replace(ann, secret)).hasMessageContaining("No space");
		}
		assertThat(Files.readString(folder.resolve("storage"))).isEqualTo(before);
		assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".before"));
	}

	private interface Fault {
		Object on(Method method, Callable<Object> answer) throws Exception;
	}

	/// The storage, with a fault in it and in all its nodes.
	private ISecurePreferences failing(Fault fault) throws Exception {
		return failing(storage(), fault);
	}

	private static ISecurePreferences failing(ISecurePreferences real, Fault fault) {
		return (ISecurePreferences) Proxy.newProxyInstance(ISecurePreferences.class.getClassLoader(), new Class<?>[] {ISecurePreferences.class},
				(_, method, arguments) -> {
					Object answer = fault.on(method, () -> method.invoke(real, arguments));
					return answer instanceof ISecurePreferences node ? failing(node, fault) : answer;
				});
	}

	private static void put(Secrets secrets, CredentialId id, String value) throws IOException {
		try (Secret secret = Secret.of(value)) {
			secrets.store(id, secret);
		}
	}

	private static String value(Secrets secrets, CredentialId id) throws IOException {
		try (Secret secret = secrets.find(id).orElseThrow()) {
			return new String(secret.reveal());
		}
	}

	private EquinoxSecrets secrets() throws Exception {
		return EquinoxSecrets.in(storage(), folder.resolve("storage"));
	}

	private static Migration refreshing(String endpoint) {
		Server plain = migration("mail.example").servers().getFirst();
		Server server = new Server(plain.key(), plain.side(), plain.name(), plain.addresses(), plain.endpoints(), plain.pins(),
				new Authentication.OAuth(new Authentication.OAuth.Refresh(URI.create(endpoint), "client", "")));
		return new Migration("Test", List.of(server), List.of(), List.of(), List.of(), DnsSettings.DEFAULT, List.of(), Policy.DEFAULT);
	}

	private ISecurePreferences storage() throws Exception {
		URL location = folder.resolve("storage").toUri().toURL();
		return SecurePreferencesFactory.open(location, Map.of(IProviderHints.DEFAULT_PASSWORD, new PBEKeySpec("test".toCharArray()),
				IProviderHints.PROMPT_USER, false));
	}
}
