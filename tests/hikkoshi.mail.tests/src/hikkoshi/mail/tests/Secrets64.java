package hikkoshi.mail.tests;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The forms in which the bench's password travels.
final class Secrets64 {
	private Secrets64() {}

	static String password() {
		return encode(Bench.PASSWORD);
	}

	static String plain() {
		return encode("\0" + Bench.USER + "\0" + Bench.PASSWORD);
	}

	static String quoted() {
		return Bench.PASSWORD.replace("\\", "\\\\").replace("\"", "\\\"");
	}

	static String encode(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}
}
