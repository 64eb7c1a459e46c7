package hikkoshi.architecture.tests.planted;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/// Breaks every rule that a class can break. The package has no package-info on purpose.
public final class Sinner implements BundleActivator {
	private final Supplier<Clock> clock = Clock::systemUTC;

	public List<Instant> sin() {
		try {
			System.out.println(System.currentTimeMillis());
		} catch (IllegalStateException e) {
			e.printStackTrace();
		}
		return List.of(Instant.now(), Instant.now(clock.get()));
	}

	@Override
	public void start(BundleContext context) {}

	@Override
	public void stop(BundleContext context) {}
}
