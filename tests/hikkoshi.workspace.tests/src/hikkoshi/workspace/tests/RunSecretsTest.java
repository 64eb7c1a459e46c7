package hikkoshi.workspace.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.Secrets;
import hikkoshi.workspace.RunSecrets;

class RunSecretsTest {
	@Test
	void passwordsOfARunComeFirstAndAreWiped() throws Exception {
		CredentialId id = new CredentialId("old", "ann");
		Map<CredentialId, String> memory = new HashMap<>();
		Secrets vault = new Secrets() {
			@Override
			public Optional<Secret> find(CredentialId wanted) {
				return Optional.ofNullable(memory.get(wanted)).map(Secret::of);
			}

			@Override
			public void store(CredentialId wanted, Secret secret) {
				memory.put(wanted, new String(secret.reveal()));
			}

			@Override
			public void remove(CredentialId wanted) {
				memory.remove(wanted);
			}

			@Override
			public boolean writable() {
				return true;
			}
		};
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
}
