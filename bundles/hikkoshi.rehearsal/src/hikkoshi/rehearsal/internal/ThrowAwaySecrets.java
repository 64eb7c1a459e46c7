package hikkoshi.rehearsal.internal;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.Secrets;

/// The passwords of one rehearsal: made up at its start, in memory only, wiped at its end. Safe for several threads.
final class ThrowAwaySecrets implements Secrets, AutoCloseable {

	private static final SecureRandom RANDOM = new SecureRandom();
	private static final String LETTERS = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
	private static final int LENGTH = 20;

	private final Map<CredentialId, Secret> secrets = new ConcurrentHashMap<>();

	/// Makes up a password and keeps it. The last characters are such as trip clients that quote badly.
	Secret invent(CredentialId id) {
		char[] password = new char[LENGTH];
		for (int i = 0; i < LENGTH; i++) {
			password[i] = LETTERS.charAt(RANDOM.nextInt(LETTERS.length()));
		}
		password[LENGTH - 2] = '"';
		password[LENGTH - 1] = '\\';
		Secret secret = Secret.of(password);
		Arrays.fill(password, '\0');
		secrets.put(id, secret);
		return secret;
	}

	@Override
	public Optional<Secret> find(CredentialId id) {
		Secret kept = secrets.get(id);
		if (kept == null) {
			return Optional.empty();
		}
		char[] copy = kept.reveal();
		try {
			return Optional.of(Secret.of(copy));
		} finally {
			Arrays.fill(copy, '\0');
		}
	}

	@Override
	public void store(CredentialId id, Secret secret) {
		throw new UnsupportedOperationException("the passwords of a rehearsal are given");
	}

	@Override
	public void remove(CredentialId id) {
		throw new UnsupportedOperationException("the passwords of a rehearsal are given");
	}

	@Override
	public boolean writable() {
		return false;
	}

	@Override
	public void close() {
		secrets.values().forEach(Secret::close);
		secrets.clear();
	}
}
