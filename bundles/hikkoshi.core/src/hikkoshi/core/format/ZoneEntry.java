package hikkoshi.core.format;

import java.util.Optional;
import java.util.OptionalLong;

/// A record or directive of a master file (RFC 1035, 5.1), what it says and where.
///
/// @param offset of the first character of its first line
/// @param end behind its last line and that line's end
/// @param contentEnd behind its last word or parenthesis: a comment that follows is not part of it
/// @param owner absolute, lower case, with its final dot; empty for a directive
/// @param isOwnerWritten whether it says its owner itself, instead of leaving it to the record before
/// @param ttl in force, in seconds
/// @param writtenTtl what it says itself
/// @param type upper case; of a directive its word
/// @param data its words, with one space between them; names as they are written
/// @param origin in force for its names; of `$ORIGIN` the new one
/// @param places of its words
/// @param wrong empty when it can be read so far
public record ZoneEntry(Kind kind, int offset, int end, int contentEnd, String owner, boolean isOwnerWritten, long ttl, OptionalLong writtenTtl, String type,
		String data, String origin, Places places, Optional<Wrong> wrong) {
	public enum Kind {
		RECORD,
		DIRECTIVE
	}

	/// From … to, in characters of the text; empty where there is nothing, at the place where it would be.
	public record Span(int from, int to) {
		int length() {
			return to - from;
		}
	}

	/// @param isPlain whether every word up to the type stands before the first parenthesis, so that each may be changed for itself
	public record Places(Span owner, Span ttl, Span dnsClass, Span type, Span data, boolean isPlain) {}

	/// @param at offset in the text
	/// @param argument of the sentence
	public record Wrong(FaultKind kind, int at, String argument) {}
}
