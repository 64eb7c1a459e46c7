package hikkoshi.mail.internal.login;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

import hikkoshi.core.secret.Secret;
import hikkoshi.mail.internal.wire.Words;

/// User and password of one login, as bytes to be sent. Wiped on [#close]. For one thread.
public final class Credentials implements AutoCloseable {
	private final String user;
	private final byte[] userBytes;
	private final char[] password;
	private final byte[] passwordBytes;

	private Credentials(String user, char[] password) {
		this.user = user;
		this.password = password;
		userBytes = user.getBytes(StandardCharsets.UTF_8);
		ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
		passwordBytes = new byte[encoded.remaining()];
		encoded.get(passwordBytes);
		Arrays.fill(encoded.array(), (byte) 0);
	}

	/// @param words learns every form in which the password will be on the wire
	public static Credentials of(String user, Secret secret, Words words) {
		Credentials credentials = new Credentials(user, secret.reveal());
		words.hide(credentials.password.clone());
		words.hide(base64(credentials.passwordBytes));
		byte[] plain = credentials.plain();
		words.hide(base64(plain));
		Arrays.fill(plain, (byte) 0);
		byte[] quoted = credentials.quoted(credentials.passwordBytes);
		if (quoted.length != credentials.passwordBytes.length) {
			words.hide(StandardCharsets.UTF_8.decode(ByteBuffer.wrap(quoted)).toString().toCharArray());
		}
		Arrays.fill(quoted, (byte) 0);
		return credentials;
	}

	String user() {
		return user;
	}

	/// A copy; wipe it.
	byte[] userBytes() {
		return userBytes.clone();
	}

	/// A copy; wipe it.
	byte[] passwordBytes() {
		return passwordBytes.clone();
	}

	/// A copy; wipe it.
	char[] password() {
		return password.clone();
	}

	/// Whether both can be written into a line as they are: no CR, LF or NUL, which would end the command and begin another.
	boolean fitLines() {
		return clean(userBytes) && clean(passwordBytes);
	}

	/// SASL PLAIN cannot carry NUL (RFC 4616).
	boolean fitPlain() {
		return indexOf(userBytes, (byte) 0) < 0 && indexOf(passwordBytes, (byte) 0) < 0;
	}

	/// `NUL user NUL password` (RFC 4616); wipe it.
	byte[] plain() {
		byte[] message = new byte[userBytes.length + passwordBytes.length + 2];
		System.arraycopy(userBytes, 0, message, 1, userBytes.length);
		System.arraycopy(passwordBytes, 0, message, userBytes.length + 2, passwordBytes.length);
		return message;
	}

	/// The inside of an IMAP quoted string (RFC 3501, 4.3).
	byte[] quoted(byte[] text) {
		byte[] out = new byte[text.length * 2];
		int length = 0;
		for (byte b : text) {
			if (b == '"' || b == '\\') {
				out[length++] = '\\';
			}
			out[length++] = b;
		}
		byte[] exact = Arrays.copyOf(out, length);
		Arrays.fill(out, (byte) 0);
		return exact;
	}

	/// Without its padding, so that a server's sloppy echo is found too.
	private static char[] base64(byte[] bytes) {
		byte[] text = Base64.getEncoder().withoutPadding().encode(bytes);
		char[] chars = new char[text.length];
		for (int i = 0; i < text.length; i++) {
			chars[i] = (char) text[i];
		}
		Arrays.fill(text, (byte) 0);
		return chars;
	}

	private static boolean clean(byte[] text) {
		for (byte b : text) {
			if (b == '\r' || b == '\n' || b == 0) {
				return false;
			}
		}
		return true;
	}

	private static int indexOf(byte[] text, byte wanted) {
		for (int i = 0; i < text.length; i++) {
			if (text[i] == wanted) {
				return i;
			}
		}
		return -1;
	}

	@Override
	public void close() {
		Arrays.fill(password, '\0');
		Arrays.fill(passwordBytes, (byte) 0);
	}

	@Override
	public String toString() {
		return "Credentials[" + user + "]";
	}
}
