package hikkoshi.mail.internal.token;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Authentication.OAuth.Refresh;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.SecretException;

/// A refresh token with what came of it in this run: an access token, and the refresh tokens that took its place one after the other. Accounts that
/// were given the same refresh token share it, each with a place of its own to keep the new one in. Safe for several threads.
final class Family implements AutoCloseable {
	/// How long a cancelled run waits for an answer that is under way: with it comes the new refresh token, and without that one a person may have to
	/// sign in again.
	private static final Duration OWED = Duration.ofSeconds(3);

	private final Refresh refresh;
	private final Exclusion exclusion;
	private final ReentrantLock lock = new ReentrantLock();
	/// The newest.
	private Secret grant;
	private @Nullable AccessToken current;
	private @Nullable Reason failed;

	private record Key(String fingerprint) {}

	/// The one of this run to which a refresh token belongs.
	static Family of(Refresh refresh, Secret held, ProbeContext context, Exclusion exclusion) throws IOException, InterruptedException {
		return context.memo().once(new Key(Exclusion.fingerprint(refresh, held)), Family.class, () -> new Family(refresh, held, exclusion));
	}

	/// @param first as it was found; copied
	private Family(Refresh refresh, Secret first, Exclusion exclusion) {
		this.refresh = refresh;
		this.exclusion = exclusion;
		grant = copy(first);
	}

	private static Secret copy(Secret secret) {
		char[] characters = secret.reveal();
		try {
			return Secret.of(characters);
		} finally {
			Arrays.fill(characters, '\0');
		}
	}

	/// A token for one login of an account.
	///
	/// An interrupt ends it at once, but for the moment between sending a refresh token and hearing of its successor: that lasts [#OWED] at most.
	///
	/// @param held what lies in the account's place now
	/// @return empty when something else lies there by now
	Optional<AccessToken> token(Account account, Secret held, ProbeContext context, Optional<AccessToken> refused) throws IOException, InterruptedException {
		lock.lockInterruptibly();
		try {
			Reason reason = failed;
			if (reason != null) {
				throw new SecretException(reason);
			}
			AccessToken known = current;
			if (known != null && !known.isOver(context.clock().instant()) && refused.filter(known::sameAs).isEmpty()) {
				return Optional.of(known.copy(false, keep(account, held, context)));
			}
			ReentrantLock one = exclusion.lock(Exclusion.fingerprint(refresh, grant));
			one.lockInterruptibly();
			try {
				if (!liesThere(account, held, context)) {
					return Optional.empty();
				}
				return Optional.of(exchange(account, held, context));
			} finally {
				one.unlock();
			}
		} finally {
			lock.unlock();
		}
	}

	private static boolean liesThere(Account account, Secret held, ProbeContext context) throws IOException {
		Optional<Secret> now = context.secrets().find(CredentialId.of(account));
		try {
			return now.filter(held::sameAs).isPresent();
		} finally {
			now.ifPresent(Secret::close);
		}
	}

	private AccessToken exchange(Account account, Secret held, ProbeContext context) throws IOException, InterruptedException {
		Patience patience = Patience.of(refresh, context);
		patience.check();
		try {
			AccessToken got = waited(account, held, context);
			patience.worked();
			return got;
		} catch (SecretException e) {
			failed = e.reason();
			patience.failed(e.reason());
			throw e;
		}
	}

	/// On a thread of its own, so that an interrupt of ours does not tear the connection from under an answer.
	private AccessToken waited(Account account, Secret held, ProbeContext context) throws IOException, InterruptedException {
		TokenEndpoint endpoint = new TokenEndpoint(refresh, context);
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<AccessToken> answer = executor.submit(() -> take(endpoint, account, held, context));
			try {
				return answer.get();
			} catch (InterruptedException e) {
				if (endpoint.hasSent()) {
					hear(answer);
				}
				executor.shutdownNow();
				throw e;
			} catch (ExecutionException e) {
				if (e.getCause() instanceof IOException io) {
					throw io;
				}
				throw new IllegalStateException(e.getCause());
			}
		}
	}

	private static void hear(Future<AccessToken> answer) throws InterruptedException {
		try {
			answer.get(OWED.toNanos(), TimeUnit.NANOSECONDS).close();
		} catch (ExecutionException | TimeoutException e) {
			// there is nothing to keep
		}
	}

	private AccessToken take(TokenEndpoint endpoint, Account account, Secret held, ProbeContext context) throws IOException, InterruptedException {
		Optional<Secret> client = context.secrets().find(new CredentialId(account.server().key(), CredentialId.client(refresh.clientId())));
		Instant asked = context.clock().instant();
		TokenEndpoint.Granted granted;
		try {
			granted = endpoint.exchange(account.user(), grant, client.orElse(null));
		} finally {
			client.ifPresent(Secret::close);
		}
		AccessToken known = current;
		if (known != null) {
			known.close();
		}
		AccessToken got = AccessToken.got(granted.access(), asked, granted.lifetime());
		current = got;
		Secret next = granted.next();
		if (next != null) {
			Secret before = grant;
			grant = next;
			before.close();
			// whoever finds the new one, in whatever place, is to find this family
			context.memo().once(new Key(Exclusion.fingerprint(refresh, next)), Family.class, () -> this);
		}
		return got.copy(true, keep(account, held, context));
	}

	/// Puts the newest refresh token into an account's place, where an older one lies.
	///
	/// @return false when the older one will be found there again
	private boolean keep(Account account, Secret held, ProbeContext context) {
		if (grant.sameAs(held)) {
			return true;
		}
		try {
			return context.secrets().replace(CredentialId.of(account), grant);
		} catch (IOException e) {
			// said by what is found, not by how the vault puts it
			return false;
		}
	}

	@Override
	public void close() {
		grant.close();
		AccessToken known = current;
		if (known != null) {
			known.close();
		}
	}
}
