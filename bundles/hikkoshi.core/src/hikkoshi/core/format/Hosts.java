package hikkoshi.core.format;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Endpoint;

/// Addresses and names of hosts as files hold them. Literals only: nothing here asks DNS.
final class Hosts {
	/// `InetAddress` also takes `127.1`, and a zone, which means something else on every machine.
	private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
	private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

	/// `ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255`
	private static final int LONGEST_ADDRESS = 45;
	/// In Unicode, which IDNA makes longer; what is longer is no name, and is not worth the conversion's time.
	private static final int LONGEST_NAME = 254;

	private Hosts() {}

	static Optional<InetAddress> address(String text) {
		if (text.length() > LONGEST_ADDRESS || !IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
			return Optional.empty();
		}
		try {
			return Optional.of(InetAddress.ofLiteral(text));
		} catch (IllegalArgumentException e) {
			return Optional.empty();
		}
	}

	static Optional<DomainName> name(String text) {
		if (text.length() > LONGEST_NAME) {
			return Optional.empty();
		}
		try {
			return Optional.of(DomainName.parse(text));
		} catch (IllegalArgumentException e) {
			return Optional.empty();
		}
	}

	/// Whether it looks like a host's name and not like a mistyped address.
	static boolean isName(String text) {
		return name(text).isPresent() && text.chars().anyMatch(Character::isLetter) && text.indexOf(':') < 0;
	}

	/// A name whose last label is a number is an address, or wants to be one: there are no such top-level domains (RFC 3696, 2).
	static boolean isNumeric(DomainName name) {
		return name.ascii().substring(name.ascii().lastIndexOf('.') + 1).chars().allMatch(Character::isDigit);
	}

	static boolean isUsable(InetAddress address) {
		return !address.isAnyLocalAddress() && !address.isMulticastAddress() && !address.getHostAddress().equals("255.255.255.255");
	}

	static Optional<Integer> port(String text) {
		if (!text.matches("[0-9]{1,5}")) {
			return Optional.empty();
		}
		return Optional.of(Integer.parseInt(text)).filter(port -> port >= 1 && port <= Endpoint.MAX_PORT);
	}
}
