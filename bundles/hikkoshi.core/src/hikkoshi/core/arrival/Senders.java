package hikkoshi.core.arrival;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import hikkoshi.core.model.IpText;

/// Which sending servers count as one sender: a big one has many machines. Names are those that the receiving server found for the address, never what a
/// stranger called itself.
public final class Senders {
	private static final int V4_NETWORK = 3;
	private static final int V6_NETWORK = 6;

	private Senders() {}

	/// What all machines of a sender have in common: the domain above the machine's name, else its address.
	public static String key(Arrival.Sender sender) {
		String name = sender.name().toLowerCase(Locale.ROOT);
		int dot = name.indexOf('.');
		if (dot > 0) {
			String above = name.substring(dot + 1);
			return above.indexOf('.') > 0 ? above : name;
		}
		return sender.address();
	}

	/// The network of its address: a /24, or a /48 of IPv6. That of its resolver is not seen, but most likely near. Empty without an address.
	public static Optional<String> network(Arrival.Sender sender) {
		return sender.literal().map(address -> {
			byte[] bytes = address.getAddress();
			int kept = bytes.length == 4 ? V4_NETWORK : V6_NETWORK;
			Arrays.fill(bytes, kept, bytes.length, (byte) 0);
			return IpText.of(of(bytes)) + "/" + kept * 8;
		});
	}

	private static InetAddress of(byte[] bytes) {
		try {
			return InetAddress.getByAddress(bytes);
		} catch (UnknownHostException e) {
			throw new IllegalStateException("four or sixteen bytes are an address", e);
		}
	}
}
