package hikkoshi.mail.internal.login;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

import hikkoshi.core.probe.Reasons;
import hikkoshi.mail.internal.wire.Phase;
import hikkoshi.mail.internal.wire.Stop;

/// SCRAM with SHA-256 (RFC 7677) or SHA-1 (RFC 5802), without channel binding. The login counts only when the server has proven that it knows the
/// password too.
public final class Scram implements Sasl {
	/// RFC 7677, 4: never fewer. The upper bound keeps a hostile server from burning our processor.
	private static final int LEAST_ROUNDS = 4096;
	private static final int MOST_ROUNDS = 600_000;
	private static final int NONCE_BYTES = 18;

	/// The hash function and its names in Java.
	public enum Hash {
		SHA_1("SHA-1", "HmacSHA1", 160),
		SHA_256("SHA-256", "HmacSHA256", 256);

		private final String digest;
		private final String hmac;
		private final int bits;

		Hash(String digest, String hmac, int bits) {
			this.digest = digest;
			this.hmac = hmac;
			this.bits = bits;
		}
	}

	private final Hash hash;
	private final Credentials credentials;
	private final String nonce;
	/// RFC 5802, 7: no channel binding, and whose mailbox is meant.
	private final String gs2;
	private String firstBare = "";
	private byte[] serverSignature = new byte[0];
	private int step;
	private boolean proven;

	Scram(Hash hash, Credentials credentials, SecureRandom random) {
		this(hash, credentials, nonce(random));
	}

	/// @param nonce printable, without a comma
	public Scram(Hash hash, Credentials credentials, String nonce) {
		this.hash = hash;
		this.credentials = credentials;
		this.nonce = nonce;
		gs2 = credentials.authorizationId().isEmpty() ? "n,," : "n,a=" + saslName(credentials.authorizationId()) + ",";
	}

	private static String nonce(SecureRandom random) {
		byte[] bytes = new byte[NONCE_BYTES];
		random.nextBytes(bytes);
		return Base64.getEncoder().encodeToString(bytes);
	}

	@Override
	public String name() {
		return "SCRAM-" + hash.digest;
	}

	@Override
	public boolean clientFirst() {
		return true;
	}

	@Override
	public boolean done() {
		return proven;
	}

	@Override
	public byte[] next(byte[] challenge) throws Stop {
		String text = new String(challenge, StandardCharsets.UTF_8);
		return switch (step++) {
			case 0 -> {
				firstBare = "n=" + saslName(normal(credentials.user())) + ",r=" + nonce;
				yield (gs2 + firstBare).getBytes(StandardCharsets.UTF_8);
			}
			case 1 -> proof(text);
			case 2 -> {
				if (!MessageDigest.isEqual(serverSignature, decode(field(text, 'v')))) {
					throw broken("the server did not prove that it knows the password");
				}
				proven = true;
				yield new byte[0];
			}
			default -> throw broken("a challenge too many");
		};
	}

	private byte[] proof(String serverFirst) throws Stop {
		String joint = field(serverFirst, 'r');
		if (!joint.startsWith(nonce) || joint.length() == nonce.length()) {
			throw broken("nonce");
		}
		byte[] salt = decode(field(serverFirst, 's'));
		int rounds = rounds(field(serverFirst, 'i'));
		String finalBare = "c=" + Base64.getEncoder().encodeToString(gs2.getBytes(StandardCharsets.UTF_8)) + ",r=" + joint;
		byte[] message = (firstBare + "," + serverFirst + "," + finalBare).getBytes(StandardCharsets.UTF_8);
		try {
			byte[] salted = salted(salt, rounds);
			byte[] key = hmac(salted, "Client Key".getBytes(StandardCharsets.US_ASCII));
			byte[] proof = hmac(MessageDigest.getInstance(hash.digest).digest(key), message);
			for (int i = 0; i < proof.length; i++) {
				proof[i] ^= key[i];
			}
			serverSignature = hmac(hmac(salted, "Server Key".getBytes(StandardCharsets.US_ASCII)), message);
			Arrays.fill(salted, (byte) 0);
			Arrays.fill(key, (byte) 0);
			return (finalBare + ",p=" + Base64.getEncoder().encodeToString(proof)).getBytes(StandardCharsets.UTF_8);
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException("every Java has HMAC and PBKDF2 with SHA", e);
		}
	}

	private byte[] salted(byte[] salt, int rounds) throws GeneralSecurityException {
		char[] password = credentials.password();
		char[] prepared = normal(new String(password)).toCharArray();
		PBEKeySpec spec = new PBEKeySpec(prepared, salt, rounds, hash.bits);
		Arrays.fill(password, '\0');
		Arrays.fill(prepared, '\0');
		try {
			return SecretKeyFactory.getInstance("PBKDF2With" + hash.hmac).generateSecret(spec).getEncoded();
		} finally {
			spec.clearPassword();
		}
	}

	private byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
		Mac mac = Mac.getInstance(hash.hmac);
		mac.init(new SecretKeySpec(key, hash.hmac));
		return mac.doFinal(message);
	}

	/// SASLprep (RFC 4013) as far as it changes anything: NFKC, which also turns the odd spaces into plain ones.
	private static String normal(String text) {
		return Normalizer.normalize(text, Normalizer.Form.NFKC);
	}

	/// RFC 5802, 5.1.
	static String saslName(String name) {
		return name.replace("=", "=3D").replace(",", "=2C");
	}

	private static String field(String message, char name) throws Stop {
		for (String part : message.split(",", 20)) {
			if (part.length() > 2 && part.charAt(0) == name && part.charAt(1) == '=') {
				return part.substring(2);
			}
		}
		throw broken("no " + name + "=");
	}

	private static int rounds(String text) throws Stop {
		if (!text.matches("[0-9]{4,6}") || Integer.parseInt(text) < LEAST_ROUNDS || Integer.parseInt(text) > MOST_ROUNDS) {
			throw broken("iteration count");
		}
		return Integer.parseInt(text);
	}

	private static byte[] decode(String text) throws Stop {
		try {
			return Base64.getDecoder().decode(text);
		} catch (IllegalArgumentException e) {
			throw broken("base64");
		}
	}

	private static Stop broken(String what) {
		return new Stop(Reasons.PROTOCOL_ERROR, Phase.LOGIN.token(), "SCRAM: " + what);
	}
}
