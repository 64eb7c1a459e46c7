package hikkoshi.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.text.Phrases;

/// Passwords that a person types at the prompt, once each, before the run begins: while it runs, the terminal belongs to the progress line.
final class AskedPasswords implements ReadOnlySecrets {
	private final Map<CredentialId, Secret> typed;

	private AskedPasswords(Map<CredentialId, Secret> typed) {
		this.typed = typed;
	}

	/// Asks for what `known` does not know, in the order of `wanted`.
	static AskedPasswords ask(Collection<CredentialId> wanted, Secrets known, Terminal terminal, Phrases words) throws IOException {
		Map<CredentialId, Secret> typed = new HashMap<>();
		for (CredentialId id : wanted) {
			if (!known.knows(id)) {
				terminal.askPassword(words.say("ask.prompt", id.user(), id.server())).ifPresent(secret -> typed.put(id, secret));
			}
		}
		return new AskedPasswords(typed);
	}

	@Override
	public Optional<Secret> find(CredentialId id) {
		return Optional.ofNullable(typed.get(id)).map(secret -> {
			char[] copy = secret.reveal();
			try {
				return Secret.of(copy);
			} finally {
				Arrays.fill(copy, '\0');
			}
		});
	}
}
