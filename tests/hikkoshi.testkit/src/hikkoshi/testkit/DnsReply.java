package hikkoshi.testkit;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Builds the bytes of an answer to a query, right or wrong in any detail.
public final class DnsReply {

	public static final int NOERROR = 0;
	public static final int FORMERR = 1;
	public static final int SERVFAIL = 2;
	public static final int NXDOMAIN = 3;
	public static final int NOTIMP = 4;
	public static final int REFUSED = 5;

	private int id;
	private int flags;
	private byte[] question;
	private final List<Rr> answers = new ArrayList<>();
	private final List<Rr> authorities = new ArrayList<>();
	private final List<Rr> additionals = new ArrayList<>();
	private boolean edns;

	private DnsReply(int id, int flags, byte[] question, boolean edns) {
		this.id = id;
		this.flags = flags;
		this.question = question;
		this.edns = edns;
	}

	/// A right and empty answer: QR and AA set, opcode and RD copied, with EDNS if the query had it.
	public static DnsReply to(DnsQuery query) {
		return new DnsReply(query.id(), 0x8400 | query.flags() & 0x7900, query.question(), query.ednsSize() > 0);
	}

	public DnsReply answer(Rr... records) {
		answers.addAll(List.of(records));
		return this;
	}

	public DnsReply authority(Rr... records) {
		authorities.addAll(List.of(records));
		return this;
	}

	public DnsReply additional(Rr... records) {
		additionals.addAll(List.of(records));
		return this;
	}

	public DnsReply rcode(int code) {
		flags = flags & ~0xf | code;
		return this;
	}

	public DnsReply id(int other) {
		id = other & 0xffff;
		return this;
	}

	/// QR=0: this is a question and no answer.
	public DnsReply notAResponse() {
		flags &= ~0x8000;
		return this;
	}

	public DnsReply notAuthoritative() {
		flags &= ~0x400;
		return this;
	}

	public DnsReply recursionAvailable() {
		flags |= 0x80;
		return this;
	}

	public DnsReply truncated() {
		flags |= 0x200;
		return this;
	}

	public DnsReply withoutEdns() {
		edns = false;
		return this;
	}

	/// An answer to another question.
	public DnsReply question(String name, int type) {
		ByteArrayOutputStream other = new ByteArrayOutputStream();
		other.writeBytes(Rr.name(name));
		Rr.u16(other, type);
		Rr.u16(other, 1);
		question = other.toByteArray();
		return this;
	}

	public DnsReply withoutQuestion() {
		question = new byte[0];
		return this;
	}

	/// The question's letters in another case: a client that mixes cases to make spoofing harder (0x20) must notice.
	public DnsReply questionInLowerCase() {
		byte[] copy = question.clone();
		for (int i = 0; i < copy.length - 4; i++) {
			copy[i] = copy[i] >= 'A' && copy[i] <= 'Z' ? (byte) String.valueOf((char) copy[i]).toLowerCase(Locale.ROOT).charAt(0) : copy[i];
		}
		question = copy;
		return this;
	}

	public byte[] bytes() {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		Rr.u16(out, id);
		Rr.u16(out, flags);
		Rr.u16(out, question.length == 0 ? 0 : 1);
		Rr.u16(out, answers.size());
		Rr.u16(out, authorities.size());
		Rr.u16(out, additionals.size() + (edns ? 1 : 0));
		out.writeBytes(question);
		for (List<Rr> section : List.of(answers, authorities, additionals)) {
			for (Rr record : section) {
				out.writeBytes(Rr.name(record.name()));
				Rr.u16(out, record.type());
				Rr.u16(out, 1);
				Rr.u32(out, record.ttl());
				Rr.u16(out, record.data().length);
				out.writeBytes(record.data());
			}
		}
		if (edns) {
			out.write(0);
			Rr.u16(out, Rr.OPT);
			Rr.u16(out, 1_232);
			Rr.u32(out, 0);
			Rr.u16(out, 0);
		}
		return out.toByteArray();
	}
}
