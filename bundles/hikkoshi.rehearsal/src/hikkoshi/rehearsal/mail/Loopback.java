package hikkoshi.rehearsal.mail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/// Which loopback addresses this machine lets us listen on.
public final class Loopback {

	private Loopback() {
	}

	/// 127.0.0.1, and `::1` where the machine has it.
	public static List<InetAddress> addresses() {
		List<InetAddress> addresses = new ArrayList<>();
		addresses.add(address("127.0.0.1"));
		InetAddress six = address("::1");
		if (canListen(six)) {
			addresses.add(six);
		}
		return List.copyOf(addresses);
	}

	/// Whether a socket can be bound to this address: Linux and Windows have all of 127.0.0.0/8, macOS only what an administrator added.
	public static boolean canListen(InetAddress address) {
		try (ServerSocket probe = new ServerSocket()) {
			probe.bind(new InetSocketAddress(address, 0));
			return true;
		} catch (IOException e) {
			return false;
		}
	}

	/// The address that a literal names; no look-up.
	public static InetAddress address(String literal) {
		try {
			return InetAddress.ofLiteral(literal).isLoopbackAddress() ? InetAddress.getByName(literal) : refuse(literal);
		} catch (UnknownHostException e) {
			throw new IllegalArgumentException(literal, e);
		}
	}

	private static InetAddress refuse(String literal) {
		throw new IllegalArgumentException("not a loopback address: " + literal);
	}
}
