package hikkoshi.core.document;

import java.util.List;
import java.util.Locale;

/// One page for people, in one language.
///
/// @param language of its sentences, for hyphenation, fonts and screen readers
public record Document(String title, Locale language, List<Block> blocks) {
	public Document {
		blocks = List.copyOf(blocks);
	}
}
