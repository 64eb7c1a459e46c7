package hikkoshi.core.arrival;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Server;

/// The way of a message: its hops from the last one (the top of the header) to the first. Only hops down to the one at which the message came in from
/// elsewhere were written by servers of ours; what is below a sender may have invented.
public record Trace(List<Received> hops) {
	/// More hops than this are no way but a loop (RFC 5321, 6.3 suggests 100 as a bound for relays).
	public static final int MOST = 50;

	public Trace {
		hops = List.copyOf(hops.subList(0, Math.min(hops.size(), MOST)));
	}

	static Trace of(HeaderFields header) {
		return new Trace(header.all("Received").stream().limit(MOST).map(Received::parse).toList());
	}

	/// When the last server took it: the moment of its arrival.
	public Optional<Instant> received() {
		return hops.stream().findFirst().map(Received::time);
	}

	/// The hop at which the message came in from elsewhere: below what a server does with itself (LMTP, filters on `localhost`, local delivery), the first
	/// one that names a sender which is not the server. Empty for a message that was born on the server. A stranger that calls itself by the server's name
	/// is a stranger all the same: a name counts only from the server's own addresses.
	///
	/// @param server that holds the mailbox
	public Optional<Received> entry(Server server) {
		Set<String> names = new HashSet<>(Set.of(server.name().toString()));
		Set<String> addresses = server.addresses().stream().map(IpText::of).collect(Collectors.toSet());
		for (Received hop : hops) {
			if (!hop.by().isEmpty()) {
				names.add(lower(hop.by()));
			}
			if (isFromElsewhere(hop, names, addresses)) {
				return Optional.of(hop);
			}
		}
		return Optional.empty();
	}

	private static boolean isFromElsewhere(Received hop, Set<String> names, Set<String> addresses) {
		if (hop.with().startsWith("LMTP") || hop.with().equals("LOCAL") || !hop.hasSender()) {
			return false;
		}
		boolean itself = Stream.of(hop.helo(), hop.reverse()).map(Trace::lower).anyMatch(name -> names.contains(name) || isLocal(name));
		// on the loopback everybody has the same address: there the name alone tells
		return hop.address().isEmpty() || isLoopback(hop.address()) ? !itself : !addresses.contains(hop.address());
	}

	private static boolean isLoopback(String address) {
		return address.startsWith("127.") || address.equals("::1");
	}

	private static boolean isLocal(String name) {
		return name.equals("localhost") || name.startsWith("localhost.");
	}

	private static String lower(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

	/// The hops that have a time, from the first to the last.
	public List<Leg> legs() {
		return hops.reversed().stream().flatMap(hop -> Optional.ofNullable(hop.time()).map(at -> new Leg(hop.by(), at)).stream()).toList();
	}
}
