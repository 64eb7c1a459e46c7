package hikkoshi.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A query as [FakeDns] received it, parsed as far as a fake needs.
///
/// @param tcp else UDP
/// @param name as asked, with its case, without the final dot
/// @param flags the second word of the header
/// @param question the question section as it came; nobody may change it
/// @param ednsSize 0 without EDNS
/// @param dnssecOk the DO bit
public record DnsQuery(boolean tcp, int id, String name, int type, int flags, byte[] question, int ednsSize, boolean dnssecOk) {

	private static final int HEADER = 12;

	public boolean recursionDesired() {
		return (flags & 0x100) != 0;
	}

	/// @throws IllegalArgumentException for what no client of ours should send
	static DnsQuery parse(boolean tcp, byte[] bytes) {
		try {
			StringBuilder name = new StringBuilder();
			int at = HEADER;
			while (bytes[at] != 0) {
				int length = bytes[at];
				if (length < 0) {
					throw new IllegalArgumentException("a compressed name in a question");
				}
				name.append(name.isEmpty() ? "" : ".").append(new String(bytes, at + 1, length, StandardCharsets.ISO_8859_1));
				at += length + 1;
			}
			int end = at + 5;
			int size = 0;
			boolean secure = false;
			// OPT is all that a query carries besides: root name, type, size, flags
			if (u16(bytes, 10) == 1 && bytes.length >= end + 11 && bytes[end] == 0 && u16(bytes, end + 1) == Rr.OPT) {
				size = u16(bytes, end + 3);
				secure = (bytes[end + 7] & 0x80) != 0;
			}
			return new DnsQuery(tcp, u16(bytes, 0), name.toString(), u16(bytes, at + 1), u16(bytes, 2), Arrays.copyOfRange(bytes, HEADER, end), size, secure);
		} catch (ArrayIndexOutOfBoundsException e) {
			throw new IllegalArgumentException("a query is cut off", e);
		}
	}

	private static int u16(byte[] bytes, int at) {
		return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
	}

	@Override
	public String toString() {
		return (tcp ? "TCP " : "UDP ") + name + " TYPE" + type + " id " + id;
	}
}
