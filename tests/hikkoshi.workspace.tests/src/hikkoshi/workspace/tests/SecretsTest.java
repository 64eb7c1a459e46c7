package hikkoshi.workspace.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import javax.crypto.spec.PBEKeySpec;

import org.eclipse.equinox.security.storage.ISecurePreferences;
import org.eclipse.equinox.security.storage.SecurePreferencesFactory;
import org.eclipse.equinox.security.storage.provider.IProviderHints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.secret.ServerNameVault;
import hikkoshi.workspace.RunSecrets;
import hikkoshi.workspace.internal.EquinoxSecrets;

class SecretsTest {
	@TempDir
	Path folder;

	@ParameterizedTest
	@ValueSource(strings = {"ann", "ann@example.org", "DOMAIN\\ann", "a/b/c", "アン", "50%", "with space", "日本/語"})
	void whatIsStoredIsFoundAgainByTheNextOne(String user) throws Exception {
		CredentialId id = new CredentialId("mail.example", user);
		try (Secret secret = Secret.of("pässwörd 日本")) {
			EquinoxSecrets.in(storage()).store(id, secret);
			try (Secret found = EquinoxSecrets.in(storage()).find(id).orElseThrow()) {
				assertThat(found.sameAs(secret)).isTrue();
			}
		}
	}

	@Test
	void theFileHoldsNoPlainPassword() throws Exception {
		try (Secret secret = Secret.of("plain-to-see")) {
			EquinoxSecrets.in(storage()).store(new CredentialId("mail.example", "ann"), secret);
		}
		assertThat(Files.readString(folder.resolve("storage"), StandardCharsets.UTF_8)).doesNotContain("plain-to-see").contains("ann");
	}

	@Test
	void whatIsRemovedIsGoneAndTheOthersStay() throws Exception {
		Secrets secrets = EquinoxSecrets.in(storage());
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
		assertThat(EquinoxSecrets.in(storage()).find(new CredentialId("never", "asked"))).isEmpty();
		assertThat(storage().nodeExists("/hikkoshi/never")).isFalse();
	}

	@Test
	void passwordsOfARunComeFirstAndAreWiped() throws Exception {
		CredentialId id = new CredentialId("old", "ann");
		Secrets vault = EquinoxSecrets.in(storage());
		try (Secret kept = Secret.of("kept"); Secret given = Secret.of("given")) {
			vault.store(id, kept);
			RunSecrets run = new RunSecrets(vault);
			run.give(id, given);
			try (Secret found = run.find(id).orElseThrow()) {
				assertThat(found.sameAs(given)).isTrue();
			}
			run.close();
			try (Secret found = run.find(id).orElseThrow()) {
				assertThat(found.sameAs(kept)).isTrue();
			}
		}
	}

	@Test
	void twoCustomersWithTheSameKeyDoNotShareAPassword() throws Exception {
		Secrets vault = EquinoxSecrets.in(storage());
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

	private ISecurePreferences storage() throws Exception {
		URL location = folder.resolve("storage").toUri().toURL();
		return SecurePreferencesFactory.open(location, Map.of(IProviderHints.DEFAULT_PASSWORD, new PBEKeySpec("test".toCharArray()),
				IProviderHints.PROMPT_USER, false));
	}
}
