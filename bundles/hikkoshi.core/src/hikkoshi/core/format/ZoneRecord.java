package hikkoshi.core.format;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/// A record as a person writes it into a master file.
///
/// @param owner absolute, with its final dot
/// @param ttl in seconds; empty to leave it to `$TTL`
/// @param data presentation form (RFC 1035, 5.1); its relative names belong to the origin in force where it is written
public record ZoneRecord(String owner, OptionalLong ttl, String type, String data) {
	private static final Map<String, String> EXAMPLES = Map.ofEntries(Map.entry("A", "192.0.2.1"), Map.entry("AAAA", "2001:db8::1"),
			Map.entry("CNAME", "mail.example.org."), Map.entry("MX", "10 mail.example.org."), Map.entry("NS", "ns1.example.org."),
			Map.entry("PTR", "mail.example.org."), Map.entry("SRV", "0 1 993 mail.example.org."), Map.entry("TXT", "\"v=spf1 mx -all\""),
			Map.entry("CAA", "0 issue \"ca.example.net\""), Map.entry("DNAME", "example.net."),
			Map.entry("TLSA", "3 1 1 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
			Map.entry("SOA", "ns1.example.org. hostmaster.example.org. 1 3600 900 604800 300"));

	/// How data of a type is written; empty for types that mail has nothing to do with.
	public static String example(String type) {
		return EXAMPLES.getOrDefault(type.toUpperCase(Locale.ROOT), "");
	}
}
