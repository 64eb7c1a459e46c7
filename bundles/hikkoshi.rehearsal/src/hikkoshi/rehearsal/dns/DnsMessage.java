package hikkoshi.rehearsal.dns;

import java.util.List;

import org.jspecify.annotations.Nullable;

/// A DNS message (RFC 1035, 4) with at most one question.
///
/// @param rcode with the upper bits of EDNS
/// @param question null when there is none (a header-only answer)
/// @param ednsSize the sender's UDP size, 0 without EDNS (RFC 6891)
/// @param ednsVersion 0 in all practice
public record DnsMessage(int id, boolean response, int opcode, boolean authoritative, boolean truncated, boolean recursionDesired,
		boolean recursionAvailable, int rcode, @Nullable Question question, List<DnsRecord> answers, List<DnsRecord> authorities, List<DnsRecord> additionals,
		int ednsSize, int ednsVersion) {

	public static final int NOERROR = 0;
	public static final int FORMERR = 1;
	public static final int SERVFAIL = 2;
	public static final int NXDOMAIN = 3;
	public static final int NOTIMP = 4;
	public static final int REFUSED = 5;
	public static final int BADVERS = 16;
	/// Class IN.
	public static final int INTERNET = 1;

	/// @param kind class, IN but for oddities
	public record Question(DnsName name, int type, int kind) {
	}

	public DnsMessage {
		answers = List.copyOf(answers);
		authorities = List.copyOf(authorities);
		additionals = List.copyOf(additionals);
	}

	static DnsMessage query(int id, DnsName name, int type, boolean recursion, int ednsSize) {
		return new DnsMessage(id, false, 0, false, false, recursion, false, NOERROR, new Question(name, type, INTERNET), List.of(), List.of(), List.of(), ednsSize,
				0);
	}

	/// An empty answer to this query.
	DnsMessage reply(int code) {
		return new DnsMessage(id, true, opcode, false, false, recursionDesired, false, code, question, List.of(), List.of(), List.of(),
				ednsSize == 0 ? 0 : DnsWire.UDP_SIZE, 0);
	}

	DnsMessage with(boolean isAuthoritative, List<DnsRecord> answer, List<DnsRecord> authority, List<DnsRecord> additional) {
		return new DnsMessage(id, response, opcode, isAuthoritative, truncated, recursionDesired, recursionAvailable, rcode, question, answer, authority,
				additional, ednsSize, ednsVersion);
	}

	DnsMessage withRecursionAvailable() {
		return new DnsMessage(id, response, opcode, authoritative, truncated, recursionDesired, true, rcode, question, answers, authorities, additionals,
				ednsSize, ednsVersion);
	}

	DnsMessage truncatedTo(List<DnsRecord> answer, List<DnsRecord> authority, List<DnsRecord> additional, boolean cut) {
		return new DnsMessage(id, response, opcode, authoritative, cut, recursionDesired, recursionAvailable, rcode, question, answer, authority, additional,
				ednsSize, ednsVersion);
	}
}
