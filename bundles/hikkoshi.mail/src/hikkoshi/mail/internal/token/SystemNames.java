package hikkoshi.mail.internal.token;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Addresses as this computer's own resolver gives them: a token endpoint is no part of the migration, so what the migration's resolvers say of
/// it does not count.
final class SystemNames {
	private SystemNames() {}

	/// The system's resolver knows neither interrupts nor time-outs: a thread of its own waits for it, and is left behind when it must be.
	///
	/// @return empty when it knows none, or does not answer in time
	static List<InetAddress> addresses(String host, Duration limit) throws InterruptedException {
		FutureTask<List<InetAddress>> question = new FutureTask<>(() -> List.of(InetAddress.getAllByName(host)));
		Thread.ofPlatform().daemon().name("token-endpoint-name").start(question);
		try {
			return question.get(limit.toNanos(), TimeUnit.NANOSECONDS);
		} catch (TimeoutException e) {
			return List.of();
		} catch (ExecutionException e) {
			if (e.getCause() instanceof UnknownHostException) {
				return List.of();
			}
			throw new IllegalStateException("cannot ask for the addresses of " + host, e.getCause());
		}
	}
}
