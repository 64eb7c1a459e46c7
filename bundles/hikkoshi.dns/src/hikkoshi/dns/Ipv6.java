package hikkoshi.dns;

import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.net.SocketException;

/// Whether this machine can be expected to reach servers by IPv6.
final class Ipv6 {
	private Ipv6() {}

	static boolean here() {
		try {
			return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
					.anyMatch(each -> each instanceof Inet6Address && !each.isLoopbackAddress() && !each.isLinkLocalAddress());
		} catch (SocketException e) {
			return true;
		}
	}
}
