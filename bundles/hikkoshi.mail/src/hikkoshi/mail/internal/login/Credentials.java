package hikkoshi.mail.internal.login;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

import hikkoshi.core.model.Account;
import hikkoshi.core.model.Authentication;
import hikkoshi.core.model.Authentication.MasterUser;
import hikkoshi.core.secret.Secret;
import hikkoshi.mail.internal.wire.Words;

/// Who logs in, for whose mailbox, and the password or access token, as bytes to be sent. Wiped on [#close]. For one thread.
public final class Credentials implements AutoCloseable {
	private final String user;
	private final String authorizationId;
	private final boolean token;
	private final byte[] userBytes;
	private final char[] password;
	private final byte[] passwordBytes;

	private Credentials(String user, String authorizationId, boolean token, char[] password) {
		this.user = user;
		this.authorizationId = authorizationId;
		this.token = token;
		this.password = password;
		userBytes = user.getBytes(StandardCharsets.UTF_8);
		ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
		passwordBytes = new byte[encoded.remaining()];
		encoded.get(passwordBytes);
		Arrays.fill(encoded.array(), (byte) 0);
	}

	/// As the account's server wants it.
	///
	/// @param secret of `CredentialId.of(account)`
	/// @param words learns every form in which the secret will be on the wire
	public static Credentials of(Account account, Secret secret, Words words) {
		String user = account.user();
		return switch (account.server().authentication()) {
			case Authentication.Password _ -> of(user, secret, words);
			case Authentication.OAuth _ -> of(new Credentials(user, "", true, secret.reveal()), words);
			case MasterUser(String master, MasterUser.Form.Separator(String separator)) -> of(user + separator + master, secret, words);
			case MasterUser(String master, MasterUser.Form.AuthorizationId()) -> of(new Credentials(master, user, false, secret.reveal()), words);
		};
	}

	/// A user with the user's own password.
	///
	/// @param words learns every form in which the password will be on the wire
	public static Credentials of(String user, Secret secret, Words words) {
		return of(new Credentials(user, "", false, secret.reveal()), words);
	}

	private static Credentials of(Credentials credentials, Words words) {
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
		if (credentials.token) {
			for (String mechanism : Sasl.BEARERS) {
				byte[] message = new Bearer(mechanism, credentials).next(new byte[0]);
				words.hide(base64(message));
				Arrays.fill(message, (byte) 0);
			}
		}
		return credentials;
	}

	/// Whose mailbox is meant, when it is not the user's own; else empty.
	String authorizationId() {
		return authorizationId;
	}

	/// Whether the secret is an access token, which no password mechanism may carry.
	boolean isToken() {
		return token;
	}

	/// Whether a bare user name and password say it all: for commands older than SASL.
	boolean fitCommands() {
		return !token && authorizationId.isEmpty();
	}

	/// The name under which the server logs in.
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
		return indexOf(userBytes, (byte) 0) < 0 && indexOf(passwordBytes, (byte) 0) < 0 && authorizationId.indexOf(0) < 0;
	}

	/// `authorization-id NUL user NUL password` (RFC 4616); wipe it.
	byte[] plain() {
		byte[] whose = authorizationId.getBytes(StandardCharsets.UTF_8);
		byte[] message = new byte[whose.length + userBytes.length + passwordBytes.length + 2];
		System.arraycopy(whose, 0, message, 0, whose.length);
		System.arraycopy(userBytes, 0, message, whose.length + 1, userBytes.length);
		System.arraycopy(passwordBytes, 0, message, whose.length + userBytes.length + 2, passwordBytes.length);
		return message;
	}

	/// `head token tail`; wipe it.
	byte[] around(String head, String tail) {
		byte[] before = head.getBytes(StandardCharsets.UTF_8);
		byte[] after = tail.getBytes(StandardCharsets.UTF_8);
		byte[] message = Arrays.copyOf(before, before.length + passwordBytes.length + after.length);
		System.arraycopy(passwordBytes, 0, message, before.length, passwordBytes.length);
		System.arraycopy(after, 0, message, before.length + passwordBytes.length, after.length);
		return message;
	}

	/// A bearer token is one word of ASCII (RFC 6750, 2.1); anything else would end its field and begin another.
	boolean fitBearer() {
		for (byte b : passwordBytes) {
			if (b <= ' ' || b == 0x7f) {
				return false;
			}
		}
		return passwordBytes.length > 0 && user.chars().allMatch(c -> c > 1);
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
