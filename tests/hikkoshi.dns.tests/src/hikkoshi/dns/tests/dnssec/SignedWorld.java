package hikkoshi.dns.tests.dnssec;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

import hikkoshi.dns.dnssec.SignedSource;

/// Signed zones in memory: a root, `test.`, and what a test adds below it.
final class SignedWorld implements SignedSource {
	static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
	private static final int KSK = 257;
	private static final int ECDSAP256SHA256 = 13;
	private static final int SHA256 = 2;
	private static final long TTL = 300;

	/// A zone's key, and how its signatures are dated.
	record Signer(Name zone, KeyPair keys, DNSKEYRecord dnskey, Instant from, Instant to) {
		Signer dated(Instant begin, Instant end) {
			return new Signer(zone, keys, dnskey, begin, end);
		}
	}

	private record Question(Name name, int type) {}

	private final Map<Question, Message> answers = new LinkedHashMap<>();
	final Signer root = signer(".");
	final Signer tld = signer("test.");

	SignedWorld() throws IOException, GeneralSecurityException, DNSSEC.DNSSECException {
		keys(root);
		delegate(root, tld);
		keys(tld);
	}

	static Name name(String text) {
		return Name.fromConstantString(text);
	}

	static Signer signer(String zone) throws GeneralSecurityException, DNSSEC.DNSSECException {
		KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
		generator.initialize(new ECGenParameterSpec("secp256r1"));
		KeyPair keys = generator.generateKeyPair();
		return new Signer(name(zone), keys, new DNSKEYRecord(name(zone), DClass.IN, TTL, KSK, DNSKEYRecord.Protocol.DNSSEC, ECDSAP256SHA256, keys.getPublic()),
				NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(10)));
	}

	/// DS data of the root's key, as a trust anchor is written.
	String anchor() {
		return new DSRecord(Name.root, DClass.IN, TTL, SHA256, root.dnskey()).rdataToString();
	}

	void keys(Signer zone) throws DNSSEC.DNSSECException {
		put(zone, zone.dnskey());
	}

	void delegate(Signer parent, Signer child) throws DNSSEC.DNSSECException {
		put(parent, new DSRecord(child.zone(), DClass.IN, TTL, SHA256, child.dnskey()));
	}

	void put(Signer zone, Record... records) throws DNSSEC.DNSSECException {
		Message message = message(records[0].getName(), records[0].getType());
		add(message, Section.ANSWER, zone, records);
	}

	void putUnsigned(Record... records) {
		Message message = message(records[0].getName(), records[0].getType());
		for (Record record : records) {
			message.addRecord(record, Section.ANSWER);
		}
	}

	/// A signed "no": SOA and an NSEC that says which types there are.
	void deny(Signer zone, Name name, int type, int... there) throws DNSSEC.DNSSECException {
		Message message = message(name, type);
		add(message, Section.AUTHORITY, zone, new SOARecord(zone.zone(), DClass.IN, TTL, zone.zone(), zone.zone(), 1, 1, 1, 1, 60));
		add(message, Section.AUTHORITY, zone, new NSECRecord(name, DClass.IN, TTL, Name.fromConstantString("zz." + zone.zone()), there));
	}

	void denyUnsigned(Name zone, Name name, int type) {
		message(name, type).addRecord(new SOARecord(zone, DClass.IN, TTL, zone, zone, 1, 1, 1, 1, 60), Section.AUTHORITY);
	}

	private Message message(Name name, int type) {
		Message message = new Message();
		message.getHeader().setFlag(Flags.QR);
		message.getHeader().setFlag(Flags.AA);
		message.addRecord(Record.newRecord(name, type, DClass.IN), Section.QUESTION);
		answers.put(new Question(name, type), message);
		return message;
	}

	private static void add(Message message, int section, Signer zone, Record... records) throws DNSSEC.DNSSECException {
		RRset set = new RRset();
		List.of(records).forEach(set::addRR);
		for (Record record : records) {
			message.addRecord(record, section);
		}
		message.addRecord(DNSSEC.sign(set, zone.dnskey(), zone.keys().getPrivate(), zone.from(), zone.to()), section);
	}

	void silence(Name name, int type) {
		answers.remove(new Question(name, type));
	}

	/// What stands there, for a forger.
	Message at(Name name, int type) {
		Message there = answers.get(new Question(name, type));
		if (there == null) {
			throw new IllegalStateException(name + " " + Type.string(type));
		}
		return there;
	}

	@Override
	public Message ask(Name name, int type) throws IOException {
		Message found = answers.get(new Question(name, type));
		if (found == null) {
			throw new NoAnswerException(name + " " + Type.string(type) + " TIMEOUT");
		}
		return found.clone();
	}
}
