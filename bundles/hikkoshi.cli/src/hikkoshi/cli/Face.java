package hikkoshi.cli;

import java.util.Locale;

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
}
