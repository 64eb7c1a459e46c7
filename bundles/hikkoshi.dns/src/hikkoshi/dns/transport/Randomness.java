package hikkoshi.dns.transport;

import java.security.SecureRandom;

/// Numbers that an attacker cannot guess, drawn in batches: one draw for each question would cost more than the question.
final class Randomness {
	private final SecureRandom source = new SecureRandom();
	private final byte[] batch = new byte[4096];
	private int next = batch.length;

	/// @param bound a power of two up to 65,536
	synchronized int number(int bound) {
		if (next + 2 > batch.length) {
			source.nextBytes(batch);
			next = 0;
		}
		int number = Outgoing.u16(batch, next);
		next += 2;
		return number & bound - 1;
	}

	synchronized byte[] bytes(int count) {
		byte[] bytes = new byte[count];
		source.nextBytes(bytes);
		return bytes;
	}
}
