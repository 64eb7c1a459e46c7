package hikkoshi.cli;

import java.util.Locale;

import hikkoshi.core.secret.Vault;
import hikkoshi.core.text.Phrases;

/// What every command stands on: where it prints, what the leaves offer, and the reader's language.
record Face(Terminal terminal, Services services, Locale locale) {
	/// Core's words and the commands' own; asks for no service.
	Phrases words() {
		return Words.of(locale);
	}

	/// Those, and the words of every probe.
	Phrases allWords() {
		return Words.of(locale, services.probeSets());
	}

	/// Secure storage.
	///
	/// @throws CommandFailure when this installation has none
	Vault vault(Phrases words) throws CommandFailure {
		return services.vaults().stream().filter(Vault.class::isInstance).map(Vault.class::cast).findFirst()
				.orElseThrow(() -> new CommandFailure(ExitCode.INPUT, words.say("passwords.no-vault")));
	}
}
