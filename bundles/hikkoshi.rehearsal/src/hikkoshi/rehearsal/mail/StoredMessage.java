package hikkoshi.rehearsal.mail;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;

/// One message in a folder. A change of flags makes a new value with the same bytes; nobody may change the array.
///
/// @param uid unique and rising within its folder (RFC 3501, 2.3.1.1)
/// @param received what IMAP calls INTERNALDATE
/// @param flags as sent, `\Seen` with its backslash
/// @param bytes header, empty line and body, lines ended by CRLF
public record StoredMessage(long uid, Instant received, Set<String> flags, byte[] bytes) {

	public StoredMessage {
		flags = Set.copyOf(flags);
	}

	public int size() {
		return bytes.length;
	}

	/// The whole message, a character a byte.
	public String text() {
		return new String(bytes, StandardCharsets.ISO_8859_1);
	}

	boolean has(String flag) {
		return flags.stream().anyMatch(flag::equalsIgnoreCase);
	}

	StoredMessage withFlags(Set<String> other) {
		return new StoredMessage(uid, received, other, bytes);
	}

	@Override
	public String toString() {
		return "StoredMessage[uid=" + uid + ", " + bytes.length + " bytes, " + flags + "]";
	}
}
