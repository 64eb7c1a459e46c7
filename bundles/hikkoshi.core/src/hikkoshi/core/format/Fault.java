package hikkoshi.core.format;

import hikkoshi.core.evidence.Reason;

/// What is wrong with a file, and where: a value that the editor marks and the command line prints.
///
/// @param file name within the project folder
/// @param line 1-based; 0 when it is about the file as a whole
/// @param column 1-based, in characters; 0 when unknown
/// @param reason the sentence's id (`fault.…`); `<id>.remedy` is the text that says what to do
public record Fault(String file, int line, int column, Severity severity, Reason reason) {
	public enum Severity {
		/// The migration cannot be used until it is mended.
		ERROR,
		/// It can be used, but a person should look.
		WARNING
	}
}
