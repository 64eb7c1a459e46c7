package hikkoshi.ui.inventory.importing;

import hikkoshi.core.format.roster.ImportSummary;
import hikkoshi.core.text.Phrases;

/// An import in a sentence.
final class ImportWords {
	private ImportWords() {}

	static String summary(ImportSummary summary, Phrases words) {
		return words.say("import.in-numbers", summary.added(), summary.changed(), summary.same(), summary.refused(), summary.deselected(),
				summary.domainsAdded());
	}
}
