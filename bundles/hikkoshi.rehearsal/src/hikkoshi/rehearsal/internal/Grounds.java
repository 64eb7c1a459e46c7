package hikkoshi.rehearsal.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

import hikkoshi.rehearsal.mail.Loopback;

/// Which loopback address plays which part.
///
/// DNS knows no ports: name servers share one, and an A record tells the old server from the new by its address alone. So every part wants an address of
/// its own. Linux and Windows have all of 127.0.0.0/8; where there are only 127.0.0.1 and `::1`, one name server holds all zones and the mail servers
/// take an address each.
///
/// @param root root servers; the same as `tld` and `zone` where addresses are scarce
/// @param zone authoritative servers of the domain
/// @param oldServer no address in common with `newServer`
public record Grounds(InetAddress root, InetAddress tld, List<InetAddress> zone, InetAddress resolver, List<InetAddress> oldServer,
		List<InetAddress> newServer) {

	private static final String MANY = "127.0.71.";

	public Grounds {
		zone = List.copyOf(zone);
		oldServer = List.copyOf(oldServer);
		newServer = List.copyOf(newServer);
	}

	/// @throws IOException if this machine has too few loopback addresses
	public static Grounds find() throws IOException {
		InetAddress six = Loopback.address("::1");
		boolean hasSix = Loopback.canListen(six);
		List<InetAddress> many = Stream.of(1, 2, 3, 4, 5, 11, 12).map(last -> Loopback.address(MANY + last)).toList();
		if (many.stream().allMatch(Loopback::canListen)) {
			List<InetAddress> both = hasSix ? List.of(many.get(6), six) : List.of(many.get(6));
			return new Grounds(many.get(0), many.get(1), List.of(many.get(2), many.get(3)), many.get(4), List.of(many.get(5)), both);
		}
		if (!hasSix) {
			throw new IOException("a rehearsal needs two loopback addresses, and this machine has 127.0.0.1 only");
		}
		return scarce();
	}

	/// The least that does: 127.0.0.1 and `::1`.
	public static Grounds scarce() {
		InetAddress four = Loopback.address("127.0.0.1");
		InetAddress six = Loopback.address("::1");
		return new Grounds(four, four, List.of(four), six, List.of(four), List.of(six));
	}
}
