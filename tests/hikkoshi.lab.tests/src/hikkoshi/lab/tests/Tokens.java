package hikkoshi.lab.tests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Access tokens (JWT, RFC 7519) as the identity provider of the lab's part `mail` issues them: its servers know the keys.
record Tokens(String issuer, Path secret, Path key) {
	static Tokens of(Lab lab) {
		return new Tokens(lab.get("login.issuer"), Path.of(lab.get("login.token-secret")), Path.of(lab.get("login.token-key")));
	}

	/// Signed with the shared secret.
	///
	/// @param life from now; negative for a token that has expired
	String hs256(String user, Duration life) throws IOException, GeneralSecurityException {
		return hs256(user, life, issuer, Base64.getDecoder().decode(Files.readString(secret)));
	}

	/// By somebody else.
	String forged(String user, Duration life) throws GeneralSecurityException {
		return hs256(user, life, issuer, "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
	}

	/// By a provider that the server does not trust, though it has the key.
	String stranger(String user, Duration life) throws IOException, GeneralSecurityException {
		return hs256(user, life, "https://elsewhere.test", Base64.getDecoder().decode(Files.readString(secret)));
	}

	private static String hs256(String user, Duration life, String issuer, byte[] key) throws GeneralSecurityException {
		String signed = claims("HS256", user, life, issuer);
		Mac mac = Mac.getInstance("HmacSHA256");
		mac.init(new SecretKeySpec(key, "HmacSHA256"));
		return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
	}

	/// Signed with the provider's private key.
	String rs256(String user, Duration life) throws IOException, GeneralSecurityException {
		String signed = claims("RS256", user, life, issuer);
		String pem = Files.readString(key).replaceAll("-----[A-Z ]+-----", "");
		Signature signature = Signature.getInstance("SHA256withRSA");
		signature.initSign(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem))));
		signature.update(signed.getBytes(StandardCharsets.US_ASCII));
		return signed + "." + base64(signature.sign());
	}

	private static String claims(String algorithm, String user, Duration life, String issuer) {
		long now = Instant.now().getEpochSecond();
		String header = "{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"}";
		String claims = "{\"iss\":\"" + issuer + "\",\"sub\":\"" + user + "\",\"email\":\"" + user + "\",\"iat\":" + (now - Duration.ofDays(1).toSeconds())
				+ ",\"exp\":" + (now + life.toSeconds()) + "}";
		return base64(header.getBytes(StandardCharsets.UTF_8)) + "." + base64(claims.getBytes(StandardCharsets.UTF_8));
	}

	private static String base64(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}
}
