package hikkoshi.core.model;

import java.net.Inet6Address;
import java.net.InetAddress;

/// IP addresses as people and files write them: IPv6 as RFC 5952 wants it (Java's own form is the long one), without a zone.
public final class IpText {
	private static final int GROUPS = 8;

	private IpText() {}

	/// e.g. `192.0.2.1` or `2001:db8::1`
	public static String of(InetAddress address) {
		return address instanceof Inet6Address six ? of(six) : address.getHostAddress();
	}

	/// With a port, as URLs write it: `192.0.2.1:993` or `[2001:db8::1]:993`.
	public static String withPort(InetAddress address, int port) {
		String host = of(address);
		return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
	}

	private static String of(Inet6Address address) {
		byte[] bytes = address.getAddress();
		int[] groups = new int[GROUPS];
		for (int i = 0; i < GROUPS; i++) {
			groups[i] = (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff;
		}
		// the longest run of zeros, the first of equals, and never a single one (RFC 5952, 4.2)
		int start = -1;
		int length = 1;
		for (int i = 0; i < GROUPS; i++) {
			int run = 0;
			while (i + run < GROUPS && groups[i + run] == 0) {
				run++;
			}
			if (run > length) {
				start = i;
				length = run;
			}
		}
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < GROUPS; i++) {
			if (i == start) {
				text.append("::");
				i += length - 1;
				continue;
			}
			if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
				text.append(':');
			}
			text.append(Integer.toHexString(groups[i]));
		}
		return text.toString();
	}
}
