package hikkoshi.testkit;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/// A resource record for [DnsReply], written without compression: what it looks like on the wire is plain to see.
///
/// @param ttl seconds
/// @param data the record's data as it goes on the wire; nobody may change it
public record Rr(String name, int type, long ttl, byte[] data) {

	public static final int A = 1;
	public static final int NS = 2;
	public static final int CNAME = 5;
	public static final int SOA = 6;
	public static final int MX = 15;
	public static final int TXT = 16;
	public static final int AAAA = 28;
	static final int OPT = 41;

	public static Rr address(String name, long ttl, String literal) {
		byte[] address = InetAddress.ofLiteral(literal).getAddress();
		return new Rr(name, address.length == 4 ? A : AAAA, ttl, address);
	}

	public static Rr ns(String name, long ttl, String host) {
		return new Rr(name, NS, ttl, name(host));
	}

	public static Rr cname(String name, long ttl, String target) {
		return new Rr(name, CNAME, ttl, name(target));
	}

	public static Rr mx(String name, long ttl, int preference, String host) {
		ByteArrayOutputStream data = new ByteArrayOutputStream();
		u16(data, preference);
		data.writeBytes(name(host));
		return new Rr(name, MX, ttl, data.toByteArray());
	}

	/// A text of any length, cut into strings of 255 bytes.
	public static Rr txt(String name, long ttl, String text) {
		ByteArrayOutputStream data = new ByteArrayOutputStream();
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		for (int at = 0; at == 0 || at < bytes.length; at += 255) {
			int length = Math.min(255, bytes.length - at);
			data.write(length);
			data.write(bytes, at, length);
		}
		return new Rr(name, TXT, ttl, data.toByteArray());
	}

	public static Rr soa(String name, long ttl, String primary, long serial, long minimum) {
		ByteArrayOutputStream data = new ByteArrayOutputStream();
		data.writeBytes(name(primary));
		data.writeBytes(name("hostmaster." + name));
		for (long value : new long[] { serial, 3_600, 600, 86_400, minimum }) {
			u32(data, value);
		}
		return new Rr(name, SOA, ttl, data.toByteArray());
	}

	/// A name as labels, uncompressed; no escapes.
	static byte[] name(String name) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (String label : name.split("\\.")) {
			if (!label.isEmpty()) {
				byte[] text = label.getBytes(StandardCharsets.ISO_8859_1);
				bytes.write(text.length);
				bytes.writeBytes(text);
			}
		}
		bytes.write(0);
		return bytes.toByteArray();
	}

	static void u16(ByteArrayOutputStream out, int value) {
		out.write(value >> 8);
		out.write(value);
	}

	static void u32(ByteArrayOutputStream out, long value) {
		u16(out, (int) (value >> 16));
		u16(out, (int) value);
	}
}
