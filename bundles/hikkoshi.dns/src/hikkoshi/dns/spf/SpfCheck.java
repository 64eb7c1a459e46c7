package hikkoshi.dns.spf;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Locale;

import hikkoshi.core.model.IpText;

/// What a receiver knows when it judges a host: the arguments of `check_host` (RFC 7208, 4.1).
///
/// @param client the sending host
/// @param domain whose record is asked first
/// @param sender of MAIL FROM; may lack a local part
/// @param helo the name the host gives itself
/// @param at for the macro `t`
public record SpfCheck(InetAddress client, String domain, String sender, String helo, Instant at) {
	/// Mail from `postmaster` of a domain.
	public static SpfCheck of(InetAddress client, String domain, Instant at) {
		return new SpfCheck(client, domain, "postmaster@" + domain, domain, at);
	}

	String localPart() {
		int at = sender.lastIndexOf('@');
		return at <= 0 ? "postmaster" : sender.substring(0, at);
	}

	String senderDomain() {
		String behind = sender.substring(sender.lastIndexOf('@') + 1);
		return behind.isEmpty() ? helo : behind;
	}

	boolean v6() {
		return client.getAddress().length > 4;
	}

	/// As the macro `i` writes it: dots between octets, or between nibbles.
	String dotted() {
		if (!v6()) {
			return IpText.of(client);
		}
		StringBuilder nibbles = new StringBuilder();
		for (byte octet : client.getAddress()) {
			nibbles.append(nibbles.isEmpty() ? "" : ".").append(Integer.toHexString(octet >> 4 & 0xf)).append('.').append(Integer.toHexString(octet & 0xf));
		}
		return nibbles.toString();
	}

	/// Where PTR records of the client stand.
	String reverseName() {
		StringBuilder name = new StringBuilder();
		for (String part : dotted().toLowerCase(Locale.ROOT).split("\\.")) {
			name.insert(0, part + ".");
		}
		return name + (v6() ? "ip6.arpa" : "in-addr.arpa");
	}
}
