package hikkoshi.core.discover;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// The connections of a whole discovery: so many together, so many at one address. Who waits for an address holds no place of the others,
/// so a silent server delays only those who want it.
final class Bounds {
	private final Semaphore all;
	private final int each;
	private final Map<InetAddress, Semaphore> addresses = new ConcurrentHashMap<>();

	Bounds(int all, int each) {
		this.all = new Semaphore(all, true);
		this.each = each;
	}

	Reach.Place enter(InetAddress address) throws InterruptedException {
		Semaphore here = addresses.computeIfAbsent(address, _ -> new Semaphore(each, true));
		here.acquire();
		try {
			all.acquire();
		} catch (InterruptedException e) {
			here.release();
			throw e;
		}
		return () -> {
			all.release();
			here.release();
		};
	}
}
