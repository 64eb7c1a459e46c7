package hikkoshi.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.SecretException;
import hikkoshi.core.secret.TokenCommand;
import hikkoshi.core.secret.Vault;

/// A place of secrets in memory, which can be made read-only or broken. Safe for several threads.
public final class MemorySecrets implements Vault {
	private final Map<CredentialId, String> kept = new ConcurrentHashMap<>();
	private final Map<String, TokenCommand> commands = new TreeMap<>();
	private volatile boolean readOnly;
	private volatile boolean broken;
	private volatile List<Reason> protection = List.of();
	private volatile @Nullable Reason refusal;

	public MemorySecrets with(String server, String user, String secret) {
		kept.put(new CredentialId(server, user), secret);
		return this;
	}

	public MemorySecrets command(String server, String... words) {
		commands.put(server, new TokenCommand(List.of(words)));
		return this;
	}

	public MemorySecrets readOnly() {
		readOnly = true;
		return this;
	}

	/// Cannot write any more.
	public MemorySecrets broken() {
		broken = true;
		return this;
	}

	/// What it says of itself.
	public MemorySecrets protectedBy(Reason... reasons) {
		protection = List.of(reasons);
		return this;
	}

	/// Keeps nothing any more, and says why.
	public MemorySecrets refusing(Reason why) {
		refusal = why;
		return this;
	}

	/// What lies there, or nothing.
	public Optional<String> value(String server, String user) {
		return Optional.ofNullable(kept.get(new CredentialId(server, user)));
	}

	@Override
	public Optional<Secret> find(CredentialId id) {
		return Optional.ofNullable(kept.get(id)).map(Secret::of);
	}

	@Override
	public Optional<TokenCommand> tokenCommand(String server) {
		return Optional.ofNullable(commands.get(server));
	}

	@Override
	public void store(CredentialId id, Secret secret) throws IOException {
		if (readOnly) {
			throw new UnsupportedOperationException("read-only");
		}
		Reason why = refusal;
		if (why != null) {
			throw new SecretException(why);
		}
		if (broken) {
			throw new IOException("the disk is full");
		}
		char[] characters = secret.reveal();
		kept.put(id, new String(characters));
		Arrays.fill(characters, '\0');
	}

	@Override
	public void remove(CredentialId id) {
		kept.remove(id);
	}

	@Override
	public boolean writable() {
		return !readOnly;
	}

	@Override
	public List<CredentialId> known() {
		return new ArrayList<>(kept.keySet());
	}

	@Override
	public List<Reason> protection() {
		return protection;
	}
}
