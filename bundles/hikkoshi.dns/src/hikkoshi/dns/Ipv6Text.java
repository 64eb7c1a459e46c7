package hikkoshi.dns;

import java.net.Inet6Address;

/// IPv6 addresses as RFC 5952 wants them, as dig and everybody else writes them: Java's own form is the long one.
final class Ipv6Text {
	private static final int GROUPS = 8;

	private Ipv6Text() {}

	static String of(Inet6Address address) {
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
