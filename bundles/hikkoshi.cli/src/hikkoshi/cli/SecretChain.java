package hikkoshi.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.Secrets;

/// Asks one source after the other. Read only, but for what replaces a secret: that goes where the old one lies.
record SecretChain(List<Secrets> sources) implements ReadOnlySecrets {
	SecretChain {
		sources = List.copyOf(sources);
	}

	@Override
	public Optional<Secret> find(CredentialId id) throws IOException {
		for (Secrets source : sources) {
			Optional<Secret> found = source.find(id);
			if (found.isPresent()) {
				return found;
			}
		}
		return Optional.empty();
	}

	@Override
	public boolean replace(CredentialId id, Secret secret) throws IOException {
		for (Secrets source : sources) {
			if (source.knows(id)) {
				return source.replace(id, secret);
			}
		}
		return false;
	}
}
