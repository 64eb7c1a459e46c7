package hikkoshi.rehearsal.dns;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import hikkoshi.rehearsal.dns.DnsMessage.Question;

/// Messages as bytes (RFC 1035, 4.1): names are compressed on writing; on reading nothing is believed that does not fit.
public final class DnsWire {

	/// What we offer and accept over UDP: fits any path (dnsflagday.net 2020).
	public static final int UDP_SIZE = 1232;
	static final int PLAIN_UDP_SIZE = 512;
	static final int TCP_SIZE = 65_535;
	private static final int POINTER = 0xc0;
	private static final int MOST_RECORDS = 4_000;

	private DnsWire() {
	}

	/// Writes a message into at most so many bytes. What does not fit is left out: additional records silently, others with the TC bit set (RFC 2181, 9).
	public static byte[] encode(DnsMessage message, int most) {
		byte[] whole = new Writer().message(message);
		if (whole.length <= most) {
			return whole;
		}
		byte[] bare = new Writer().message(message.truncatedTo(message.answers(), message.authorities(), List.of(), message.truncated()));
		if (bare.length <= most) {
			return bare;
		}
		return new Writer().message(message.truncatedTo(List.of(), List.of(), List.of(), true));
	}

	/// Reads a message; a length mark before it (TCP) must be gone already.
	public static DnsMessage decode(byte[] bytes) throws DnsFormatException {
		return new Reader(bytes).message();
	}

	private static final class Writer {

		/// Knows how to fill in a length that is known only after what it counts.
		private static final class Patchable extends ByteArrayOutputStream {
			Patchable() {
				super(512);
			}

			void patch(int offset, int value) {
				buf[offset] = (byte) (value >> 8);
				buf[offset + 1] = (byte) value;
			}
		}

		private final Patchable out = new Patchable();
		private final Map<DnsName, Integer> offsets = new HashMap<>();

		byte[] message(DnsMessage message) {
			u16(message.id());
			u16((message.response() ? 0x8000 : 0) | message.opcode() << 11 | (message.authoritative() ? 0x400 : 0) | (message.truncated() ? 0x200 : 0)
					| (message.recursionDesired() ? 0x100 : 0) | (message.recursionAvailable() ? 0x80 : 0) | message.rcode() & 0xf);
			Question question = message.question();
			u16(question == null ? 0 : 1);
			u16(message.answers().size());
			u16(message.authorities().size());
			u16(message.additionals().size() + (message.ednsSize() > 0 ? 1 : 0));
			if (question != null) {
				name(question.name());
				u16(question.type());
				u16(question.kind());
			}
			message.answers().forEach(this::record);
			message.authorities().forEach(this::record);
			message.additionals().forEach(this::record);
			if (message.ednsSize() > 0) {
				out.write(0);
				u16(DnsData.OPT);
				u16(message.ednsSize());
				u32((long) (message.rcode() >> 4) << 24 | (long) message.ednsVersion() << 16);
				u16(0);
			}
			return out.toByteArray();
		}

		private void record(DnsRecord record) {
			name(record.name());
			u16(record.type());
			u16(DnsMessage.INTERNET);
			u32(record.ttl());
			int length = out.size();
			u16(0);
			data(record.data());
			out.patch(length, out.size() - length - 2);
		}

		private void data(DnsData data) {
			switch (data) {
			case DnsData.Address(InetAddress address) -> out.writeBytes(address.getAddress());
			case DnsData.NameServer(DnsName host) -> name(host);
			case DnsData.Alias(DnsName target) -> name(target);
			case DnsData.Authority soa -> {
				name(soa.primary());
				name(soa.contact());
				u32(soa.serial());
				u32(soa.refresh());
				u32(soa.retry());
				u32(soa.expire());
				u32(soa.minimum());
			}
			case DnsData.MailExchanger(int preference, DnsName host) -> {
				u16(preference);
				name(host);
			}
			case DnsData.Text(List<String> strings) -> {
				for (String string : strings) {
					byte[] bytes = string.getBytes(StandardCharsets.UTF_8);
					out.write(bytes.length);
					out.writeBytes(bytes);
				}
			}
			case DnsData.Other other -> out.writeBytes(other.bytes());
			}
		}

		private void name(DnsName name) {
			DnsName rest = name;
			while (!rest.isRoot()) {
				Integer known = offsets.get(rest);
				if (known != null) {
					u16(POINTER << 8 | known);
					return;
				}
				if (out.size() < 0x4000) {
					offsets.put(rest, out.size());
				}
				byte[] label = rest.labels().getFirst().getBytes(StandardCharsets.ISO_8859_1);
				out.write(label.length);
				out.writeBytes(label);
				rest = rest.parent();
			}
			out.write(0);
		}

		private void u16(int value) {
			out.write(value >> 8);
			out.write(value);
		}

		private void u32(long value) {
			u16((int) (value >> 16));
			u16((int) value);
		}
	}

	private static final class Reader {

		private final byte[] bytes;
		private int at;

		Reader(byte[] bytes) {
			this.bytes = bytes;
		}

		DnsMessage message() throws DnsFormatException {
			int id = u16();
			int flags = u16();
			int questions = u16();
			int answers = u16();
			int authorities = u16();
			int additionals = u16();
			if (questions > 1 || answers + authorities + additionals > MOST_RECORDS) {
				throw new DnsFormatException("too many entries");
			}
			Question question = questions == 0 ? null : new Question(name(), u16(), u16());
			Edns edns = new Edns();
			List<DnsRecord> answer = records(answers, null);
			List<DnsRecord> authority = records(authorities, null);
			List<DnsRecord> additional = records(additionals, edns);
			return new DnsMessage(id, (flags & 0x8000) != 0, flags >> 11 & 0xf, (flags & 0x400) != 0, (flags & 0x200) != 0, (flags & 0x100) != 0,
					(flags & 0x80) != 0, flags & 0xf | edns.rcode << 4, question, answer, authority, additional, edns.size, edns.version);
		}

		private static final class Edns {
			int size;
			int version;
			int rcode;
		}

		private List<DnsRecord> records(int count, @Nullable Edns edns) throws DnsFormatException {
			List<DnsRecord> records = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				DnsName name = name();
				int type = u16();
				int kind = u16();
				long ttl = u32();
				int length = u16();
				int end = at + length;
				if (end > bytes.length) {
					throw new DnsFormatException("a record is cut off");
				}
				if (type == DnsData.OPT && edns != null) {
					if (edns.size > 0) {
						throw new DnsFormatException("two OPT records (RFC 6891, 6.1.1)");
					}
					edns.size = Math.max(PLAIN_UDP_SIZE, kind);
					edns.rcode = (int) (ttl >> 24);
					edns.version = (int) (ttl >> 16 & 0xff);
					at = end;
				} else {
					// a TTL with the top bit set counts as 0 (RFC 2181, 8)
					records.add(new DnsRecord(name, ttl > Integer.MAX_VALUE ? 0 : (int) ttl, data(type, end)));
				}
				if (at != end) {
					throw new DnsFormatException("a record has another length than it says");
				}
			}
			return records;
		}

		private DnsData data(int type, int end) throws DnsFormatException {
			return switch (type) {
			case DnsData.A, DnsData.AAAA -> {
				if (end - at != (type == DnsData.A ? 4 : 16)) {
					throw new DnsFormatException("an address has the wrong length");
				}
				try {
					yield new DnsData.Address(InetAddress.getByAddress(take(end - at)));
				} catch (UnknownHostException e) {
					throw new DnsFormatException("no address");
				}
			}
			case DnsData.NS -> new DnsData.NameServer(name());
			case DnsData.CNAME -> new DnsData.Alias(name());
			case DnsData.SOA -> new DnsData.Authority(name(), name(), u32(), (int) u32(), (int) u32(), (int) u32(), (int) u32());
			case DnsData.MX -> new DnsData.MailExchanger(u16(), name());
			case DnsData.TXT -> {
				List<String> strings = new ArrayList<>();
				while (at < end) {
					strings.add(new String(take(u8()), StandardCharsets.UTF_8));
				}
				if (strings.isEmpty()) {
					throw new DnsFormatException("TXT without a string");
				}
				yield new DnsData.Text(strings);
			}
			default -> DnsData.Other.of(type, take(end - at));
			};
		}

		/// Pointers may only lead backwards, before the place where the name (or the part pointed to) began: so no loop can be.
		private DnsName name() throws DnsFormatException {
			List<String> labels = new ArrayList<>();
			int back = -1;
			int limit = at;
			int length = 1;
			while (true) {
				int size = u8();
				if (size == 0) {
					break;
				}
				if ((size & POINTER) == POINTER) {
					int target = (size & 0x3f) << 8 | u8();
					if (target >= limit) {
						throw new DnsFormatException("a name points forward");
					}
					if (back < 0) {
						back = at;
					}
					limit = target;
					at = target;
				} else if ((size & POINTER) != 0) {
					throw new DnsFormatException("an unknown kind of label");
				} else {
					length += size + 1;
					if (length > 255) {
						throw new DnsFormatException("a name is too long");
					}
					labels.add(new String(take(size), StandardCharsets.ISO_8859_1));
				}
			}
			if (back >= 0) {
				at = back;
			}
			return new DnsName(labels);
		}

		private byte[] take(int count) throws DnsFormatException {
			if (count > bytes.length - at) {
				throw new DnsFormatException("cut off");
			}
			byte[] taken = Arrays.copyOfRange(bytes, at, at + count);
			at += count;
			return taken;
		}

		private int u8() throws DnsFormatException {
			if (at >= bytes.length) {
				throw new DnsFormatException("cut off");
			}
			return bytes[at++] & 0xff;
		}

		private int u16() throws DnsFormatException {
			return u8() << 8 | u8();
		}

		private long u32() throws DnsFormatException {
			return (long) u16() << 16 | u16();
		}
	}
}
