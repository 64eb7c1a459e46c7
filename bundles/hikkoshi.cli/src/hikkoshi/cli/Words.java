package hikkoshi.cli;

import java.util.List;
import java.util.Locale;

import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.text.Phrases;

/// The phrases of the headless face: core's, the leaves' and its own.
final class Words {
	private Words() {}

	static Phrases of(Locale locale) {
		return of(locale, List.of());
	}

	static Phrases of(Locale locale, List<ProbeSet> leaves) {
		return Phrases.of(locale, leaves).with(Phrases.bundle(Hikkoshi.class, locale));
	}
}
