package hikkoshi.mail.internal.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

import hikkoshi.core.model.Authentication.OAuth.Refresh;
import hikkoshi.core.secret.Secret;

/// Lets one refresh token be exchanged by one at a time: an endpoint that gives a new one each time may take the second use of the old one for a
/// theft, and revoke all. Safe for several threads.
final class Exclusion {
	/// Tokens share locks by chance, which costs a wait and nothing else.
	private static final int LOCKS = 64;

	private final ReentrantLock[] locks = IntStream.range(0, LOCKS).mapToObj(_ -> new ReentrantLock()).toArray(ReentrantLock[]::new);

	ReentrantLock lock(String fingerprint) {
		return locks[Math.floorMod(fingerprint.hashCode(), LOCKS)];
	}

	/// The same for the same token of the same client at the same endpoint; tells nothing of the token.
	static String fingerprint(Refresh refresh, Secret token) {
		byte[] encoded = Form.encoded(token);
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			digest.update((refresh.tokenEndpoint() + " " + refresh.clientId() + " " + refresh.scope() + " ").getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest.digest(encoded));
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("every Java has SHA-256", e);
		} finally {
			Arrays.fill(encoded, (byte) 0);
		}
	}
}
