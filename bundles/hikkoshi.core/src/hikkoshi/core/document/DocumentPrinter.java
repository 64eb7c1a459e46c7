package hikkoshi.core.document;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/// Service: documents for paper. Safe for several threads.
public interface DocumentPrinter {
	/// Writes a document as PDF.
	///
	/// @param font a font file to use where the document needs one; null for one that this machine has
	/// @throws NoFontException when neither has the characters of the document
	/// @throws IOException when the font cannot be read or the stream does not take it
	void pdf(Document document, @Nullable Path font, OutputStream out) throws IOException;

	/// The font of this machine that [#pdf] would take for a text, where it needs one.
	Optional<Path> font(Document document);

	/// No font for the characters of a document. The message names the characters.
	final class NoFontException extends IOException {
		private static final long serialVersionUID = 1;

		public NoFontException(String characters) {
			super(characters);
		}
	}
}
