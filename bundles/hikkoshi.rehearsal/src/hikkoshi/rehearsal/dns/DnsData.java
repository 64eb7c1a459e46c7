package hikkoshi.rehearsal.dns;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// What a record says, by type.
public sealed interface DnsData {

	int A = 1;
	int NS = 2;
	int CNAME = 5;
	int SOA = 6;
	int MX = 15;
	int TXT = 16;
	int AAAA = 28;
	int OPT = 41;
	int DS = 43;
	int AXFR = 252;
	int ANY = 255;

	/// The type's number.
	int type();

	record Address(InetAddress address) implements DnsData {
		@Override
		public int type() {
			return switch (address) {
			case Inet4Address _ -> A;
			case Inet6Address _ -> AAAA;
			default -> throw new IllegalStateException("neither IPv4 nor IPv6");
			};
		}
	}

	record NameServer(DnsName host) implements DnsData {
		@Override
		public int type() {
			return NS;
		}
	}

	record Alias(DnsName target) implements DnsData {
		@Override
		public int type() {
			return CNAME;
		}
	}

	/// @param refresh seconds, as are the next three
	/// @param minimum how long a "no" may be cached (RFC 2308, 4)
	record Authority(DnsName primary, DnsName contact, long serial, int refresh, int retry, int expire, int minimum) implements DnsData {
		@Override
		public int type() {
			return SOA;
		}
	}

	record MailExchanger(int preference, DnsName host) implements DnsData {
		@Override
		public int type() {
			return MX;
		}
	}

	/// @param strings each at most 255 bytes in UTF-8
	record Text(List<String> strings) implements DnsData {
		public Text {
			strings = List.copyOf(strings);
			if (strings.isEmpty() || strings.stream().anyMatch(string -> string.getBytes(StandardCharsets.UTF_8).length > 255)) {
				throw new IllegalArgumentException("TXT holds strings of at most 255 bytes");
			}
		}

		/// A text of any length, cut into strings (ASCII, so that no character is cut).
		public static Text of(String text) {
			List<String> strings = new ArrayList<>();
			int at = 0;
			do {
				strings.add(text.substring(at, Math.min(text.length(), at + 255)));
				at += 255;
			} while (at < text.length());
			return new Text(strings);
		}

		@Override
		public int type() {
			return TXT;
		}
	}

	/// Any other type, as bytes in hexadecimal (a record of a byte array would not be equal to its like).
	record Other(int type, String hex) implements DnsData {
		static Other of(int type, byte[] bytes) {
			return new Other(type, HexFormat.of().formatHex(bytes));
		}

		byte[] bytes() {
			return HexFormat.of().parseHex(hex);
		}
	}
}
