package hikkoshi.rehearsal.mail;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;

/// A login with its folders. Keeps a salted digest of the password, not the password.
final class MailAccount {

	private static final SecureRandom RANDOM = new SecureRandom();

	private final String user;
	private final MailStore store;
	private final byte[] salt = new byte[16];
	private final byte[] digest;

	MailAccount(String user, char[] password, MailStore store) {
		this.user = user;
		this.store = store;
		RANDOM.nextBytes(salt);
		byte[] bytes = utf8(password);
		digest = digest(bytes);
		Arrays.fill(bytes, (byte) 0);
	}

	String user() {
		return user;
	}

	MailStore store() {
		return store;
	}

	boolean accepts(byte[] password) {
		return MessageDigest.isEqual(digest, digest(password));
	}

	private byte[] digest(byte[] password) {
		try {
			MessageDigest sha = MessageDigest.getInstance("SHA-256");
			sha.update(salt);
			return sha.digest(password);
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("every Java has SHA-256", e);
		}
	}

	private static byte[] utf8(char[] password) {
		var encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
		byte[] bytes = new byte[encoded.remaining()];
		encoded.get(bytes);
		Arrays.fill(encoded.array(), (byte) 0);
		return bytes;
	}
}
