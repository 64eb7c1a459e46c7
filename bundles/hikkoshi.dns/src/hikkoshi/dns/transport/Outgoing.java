package hikkoshi.dns.transport;

import java.util.Arrays;

import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/// A question as bytes, and what an answer to it must look like.
final class Outgoing {
	static final int HEADER = 12;
	/// Why bytes are or are not the answer.
	enum Fit {
		ANSWER,
		/// A header with an error and nothing else: servers that cannot read EDNS send it.
		BARE_ERROR,
		OTHER
	}

	private final byte[] bytes;
	private final int questionEnd;
	private final boolean exactCase;

	/// @param caseBits where each letter's case comes from (draft-vixie-dnsext-dns0x20), or empty to leave it
	Outgoing(DnsQuery query, boolean edns, byte[] caseBits) {
		Message message = new Message(0);
		message.getHeader().setOpcode(Opcode.QUERY);
		if (query.recursion()) {
			message.getHeader().setFlag(Flags.RD);
		}
		if (query.options().checkingDisabled()) {
			message.getHeader().setFlag(Flags.CD);
		}
		message.addRecord(Record.newRecord(query.name(), query.type(), DClass.IN), Section.QUESTION);
		if (edns) {
			message.addRecord(new OPTRecord(query.options().ednsSize(), 0, 0, query.dnssec() ? ExtendedFlags.DO : 0), Section.ADDITIONAL);
		}
		this.bytes = message.toWire();
		this.questionEnd = HEADER + query.name().length() + 4;
		this.exactCase = caseBits.length > 0;
		if (exactCase) {
			mix(caseBits);
		}
	}

	private void mix(byte[] bits) {
		for (int i = HEADER; i < questionEnd - 4;) {
			int label = bytes[i++];
			for (int end = i + label; i < end; i++) {
				int letter = bytes[i] | 0x20;
				if (letter >= 'a' && letter <= 'z') {
					boolean upper = (bits[i % bits.length] >> (i & 7) & 1) != 0;
					bytes[i] = (byte) (upper ? letter & ~0x20 : letter);
				}
			}
		}
	}

	/// The message under an id.
	byte[] under(int id) {
		byte[] copy = bytes.clone();
		copy[0] = (byte) (id >> 8);
		copy[1] = (byte) id;
		return copy;
	}

	/// Judges what came under the right id. Only an answer (QR) to the very question counts: anyone can send to an open port.
	Fit judge(byte[] answer) {
		if ((answer[2] & 0x80) == 0 || (answer[2] & 0x78) != 0) {
			return Fit.OTHER;
		}
		int rcode = answer[3] & 0xf;
		if (answer.length == HEADER || u16(answer, 4) == 0) {
			return rcode == Rcode.FORMERR || rcode == Rcode.NOTIMP || rcode == Rcode.SERVFAIL || rcode == Rcode.REFUSED ? Fit.BARE_ERROR : Fit.OTHER;
		}
		return u16(answer, 4) == 1 && answer.length >= questionEnd && sameQuestion(answer) ? Fit.ANSWER : Fit.OTHER;
	}

	private boolean sameQuestion(byte[] answer) {
		if (exactCase) {
			return Arrays.equals(bytes, HEADER, questionEnd, answer, HEADER, questionEnd);
		}
		for (int i = HEADER; i < questionEnd; i++) {
			if (bytes[i] != answer[i] && (i >= questionEnd - 4 || lower(bytes[i]) != lower(answer[i]))) {
				return false;
			}
		}
		return true;
	}

	private static int lower(byte b) {
		return b >= 'A' && b <= 'Z' ? b + 0x20 : b;
	}

	static int u16(byte[] bytes, int at) {
		return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
	}
}
