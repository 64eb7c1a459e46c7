package hikkoshi.cli;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.text.Phrases;

/// Passwords that a person types at the prompt, each asked for once per run, one question at a time.
final class AskedPasswords implements ReadOnlySecrets {
	private final Terminal terminal;
	private final Phrases words;
	private final Map<CredentialId, Optional<Secret>> known = new HashMap<>();

	AskedPasswords(Terminal terminal, Phrases words) {
		this.terminal = terminal;
		this.words = words;
	}

	@Override
	public synchronized Optional<Secret> find(CredentialId id) {
		return known.computeIfAbsent(id, missing -> terminal.askPassword(words.say("ask.prompt", missing.user(), missing.server())))
				.map(secret -> {
					char[] copy = secret.reveal();
					try {
						return Secret.of(copy);
					} finally {
						Arrays.fill(copy, '\0');
					}
				});
	}
}
