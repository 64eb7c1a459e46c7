package hikkoshi.workspace.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.Test;

import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.Secrets;
import hikkoshi.workspace.RunSecrets;

class RunSecretsTest {
	private static Secrets vault(Map<CredentialId, String> memory) {
		return new Secrets() {
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
	}

	@Test
	void passwordsOfARunComeFirstAndAreWiped() throws Exception {
		CredentialId id = new CredentialId("old", "ann");
		Map<CredentialId, String> memory = new HashMap<>();
		Secrets vault = vault(memory);
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

	/// What a person gave for one run only is exchanged in memory; what is to be remembered is kept as it is by then.
	@Test
	void anExchangedTokenGoesWhereTheOldOneLies() throws Exception {
		Map<CredentialId, String> memory = new ConcurrentHashMap<>();
		Secrets vault = vault(memory);
		CredentialId kept = new CredentialId("old", "kept");
		CredentialId once = new CredentialId("old", "once");
		CredentialId both = new CredentialId("old", "both");
		try (Secret first = Secret.of("first"); Secret next = Secret.of("next"); RunSecrets run = new RunSecrets(vault)) {
			vault.store(kept, first);
			run.give(once, first);
			run.give(both, first);
			run.willRemember(Set.of(both));
			assertThat(run.replace(kept, next)).isTrue();
			assertThat(run.replace(once, next)).isFalse();
			assertThat(run.replace(both, next)).isTrue();
			run.remember(Set.of(both));
			assertThat(memory).containsOnly(Map.entry(kept, "next"), Map.entry(both, "next"));
			try (Secret found = run.find(once).orElseThrow()) {
				assertThat(found.sameAs(next)).isTrue();
			}
		}
	}
}
