package hikkoshi.mail.internal.arrival;

import java.lang.management.ManagementFactory;

import javax.management.JMException;
import javax.management.ObjectName;

/// How many connections this process may leave open.
final class Descriptors {
	/// For all else that is open: files, logins under way, other runs.
	private static final int OTHERS = 512;

	private Descriptors() {}

	/// What `ulimit -n` leaves; no bound where the system has none that can be told (Windows). Java raises the soft limit to the hard one by itself.
	static int spare() {
		try {
			Object most = ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME), "MaxFileDescriptorCount");
			return most instanceof Long limit ? (int) Math.clamp(limit - OTHERS, Math.min(limit / 2, 20_000), 1_000_000) : 1_000_000;
		} catch (JMException e) {
			return 1_000_000;
		}
	}
}
