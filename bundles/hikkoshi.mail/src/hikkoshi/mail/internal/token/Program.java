package hikkoshi.mail.internal.token;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Account;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.secret.SecretException;
import hikkoshi.core.secret.TokenCommand;

/// What a person's program has printed for one account in this run: runs it when there is nothing, and never twice at a time. Safe for several threads.
final class Program implements AutoCloseable {
	private final TokenCommand command;
	private final Duration limit;
	private final ReentrantLock lock = new ReentrantLock();
	private @Nullable AccessToken current;
	private @Nullable Reason failed;

	Program(TokenCommand command, Duration limit) {
		this.command = command;
		this.limit = limit;
	}

	AccessToken token(Account account, ProbeContext context, Optional<AccessToken> refused) throws IOException, InterruptedException {
		lock.lockInterruptibly();
		try {
			Reason reason = failed;
			if (reason != null) {
				throw new SecretException(reason);
			}
			AccessToken known = current;
			Instant now = context.clock().instant();
			if (known != null && !known.isOver(now) && refused.filter(known::sameAs).isEmpty()) {
				return known.copy(false, true);
			}
			return run(account, context).copy(true, true);
		} finally {
			lock.unlock();
		}
	}

	private AccessToken run(Account account, ProbeContext context) throws IOException, InterruptedException {
		Patience patience = Patience.of(command, context);
		patience.check();
		try {
			CommandRun.Printed printed = new CommandRun(command, account, limit).call();
			patience.worked();
			AccessToken known = current;
			if (known != null) {
				known.close();
			}
			AccessToken got = AccessToken.got(printed.token(), context.clock().instant(), printed.lifetime());
			current = got;
			return got;
		} catch (SecretException e) {
			failed = e.reason();
			patience.failed(e.reason());
			throw e;
		}
	}

	@Override
	public void close() {
		AccessToken known = current;
		if (known != null) {
			known.close();
		}
	}
}
