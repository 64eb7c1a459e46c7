package hikkoshi.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.UnaryOperator;

/// What [FakeDns] does with one question. Runs on a thread of its own.
@FunctionalInterface
public interface DnsBehaviour {

	void play(Exchange exchange) throws IOException, InterruptedException;

	/// One question and the ways to answer it.
	interface Exchange {
		DnsQuery query();

		/// Sends a message: a datagram, or one with its length before it over TCP.
		void send(byte[] message) throws IOException;

		/// Sends bytes as they are: over TCP without a length.
		void raw(byte[] bytes) throws IOException;

		/// Sends a datagram from another port than the one that was asked; over TCP nothing.
		void sendFromElsewhere(byte[] message) throws IOException;
	}

	/// This, then that, for the same question.
	default DnsBehaviour then(DnsBehaviour next) {
		return exchange -> {
			play(exchange);
			next.play(exchange);
		};
	}

	/// An answer that is right but for what `change` makes of it.
	static DnsBehaviour reply(UnaryOperator<DnsReply> change) {
		return exchange -> exchange.send(change.apply(DnsReply.to(exchange.query())).bytes());
	}

	/// A right answer with authority.
	static DnsBehaviour answer(Rr... records) {
		return reply(reply -> reply.answer(records));
	}

	static DnsBehaviour rcode(int code) {
		return reply(reply -> reply.rcode(code));
	}

	static DnsBehaviour servfail() {
		return rcode(DnsReply.SERVFAIL);
	}

	static DnsBehaviour refused() {
		return rcode(DnsReply.REFUSED);
	}

	static DnsBehaviour nxdomain(Rr soa) {
		return reply(reply -> reply.rcode(DnsReply.NXDOMAIN).authority(soa));
	}

	static DnsBehaviour noData(Rr soa) {
		return reply(reply -> reply.authority(soa));
	}

	/// An answer without authority from one who should have it.
	static DnsBehaviour lame(Rr... records) {
		return reply(reply -> reply.notAuthoritative().answer(records));
	}

	static DnsBehaviour referral(Rr[] servers, Rr... glue) {
		return reply(reply -> reply.notAuthoritative().authority(servers).additional(glue));
	}

	static DnsBehaviour wrongId(Rr... records) {
		return exchange -> exchange.send(DnsReply.to(exchange.query()).id(exchange.query().id() + 1).answer(records).bytes());
	}

	static DnsBehaviour wrongQuestion(Rr... records) {
		return reply(reply -> reply.question("not.what.was.asked", Rr.A).answer(records));
	}

	/// A spoofer is faster: an answer with a wrong id, one to another question, one that is no response; then the right one.
	static DnsBehaviour spoofedThen(Rr lie, Rr... truth) {
		return wrongId(lie).then(wrongQuestion(lie)).then(notAResponse(lie)).then(answer(truth));
	}

	/// An answer from another port, then the right one.
	static DnsBehaviour elsewhereThen(Rr lie, Rr... truth) {
		DnsBehaviour elsewhere = exchange -> exchange.sendFromElsewhere(DnsReply.to(exchange.query()).answer(lie).bytes());
		return elsewhere.then(answer(truth));
	}

	/// QR=0.
	static DnsBehaviour notAResponse(Rr... records) {
		return reply(reply -> reply.notAResponse().answer(records));
	}

	/// A header with FORMERR and nothing else, as servers without EDNS send it (RFC 6891, 7).
	static DnsBehaviour headerOnlyFormerr() {
		return reply(reply -> reply.rcode(DnsReply.FORMERR).withoutQuestion().withoutEdns());
	}

	/// Chokes on EDNS with a header-only FORMERR, and answers without.
	static DnsBehaviour withoutEdns(Rr... records) {
		return exchange -> (exchange.query().ednsSize() > 0 ? headerOnlyFormerr() : answer(records)).play(exchange);
	}

	/// Never answers a query with EDNS, as some firewalls do, and answers others.
	static DnsBehaviour dropsEdns(Rr... records) {
		return exchange -> (exchange.query().ednsSize() > 0 ? drop() : answer(records)).play(exchange);
	}

	/// Bytes that are no message, the right id but for the rest.
	static DnsBehaviour garbage() {
		return exchange -> {
			byte[] bytes = new byte[64];
			Arrays.fill(bytes, (byte) 0xa5);
			bytes[0] = (byte) (exchange.query().id() >> 8);
			bytes[1] = (byte) exchange.query().id();
			exchange.send(bytes);
		};
	}

	/// A message shorter than a header.
	static DnsBehaviour runt() {
		return exchange -> exchange.send(new byte[] { (byte) (exchange.query().id() >> 8), (byte) exchange.query().id(), (byte) 0x84 });
	}

	/// An answer whose record's name points to itself.
	static DnsBehaviour compressionLoop() {
		return exchange -> {
			byte[] head = DnsReply.to(exchange.query()).withoutEdns().bytes();
			byte[] record = HexFormat.of().parseHex("c000" + "0001" + "0001" + "0000003c" + "0004" + "7f000001");
			// the name of the record is a pointer to where it stands itself
			record[0] = (byte) (0xc0 | head.length >> 8);
			record[1] = (byte) head.length;
			byte[] whole = Arrays.copyOf(head, head.length + record.length);
			System.arraycopy(record, 0, whole, head.length, record.length);
			whole[7] = 1;
			exchange.send(whole);
		};
	}

	/// An answer that ends in the middle of its record, with no TC bit.
	static DnsBehaviour cutOff(Rr... records) {
		return exchange -> {
			byte[] whole = DnsReply.to(exchange.query()).withoutEdns().answer(records).bytes();
			exchange.send(Arrays.copyOf(whole, whole.length - 3));
		};
	}

	/// Says over UDP that the answer is too long, and gives it over TCP.
	static DnsBehaviour truncatedThenTcp(Rr... records) {
		return exchange -> (exchange.query().tcp() ? answer(records) : reply(DnsReply::truncated)).play(exchange);
	}

	/// Says TC over TCP as well.
	static DnsBehaviour alwaysTruncated() {
		return reply(DnsReply::truncated);
	}

	/// TC over UDP; over TCP a message of nearly 64 KB.
	static DnsBehaviour bigOverTcp() {
		return exchange -> truncatedThenTcp(Rr.txt(exchange.query().name(), 60, "x".repeat(65_000))).play(exchange);
	}

	/// TC over UDP; over TCP a byte at a time.
	static DnsBehaviour dripOverTcp(Duration interval, Rr... records) {
		return exchange -> {
			if (!exchange.query().tcp()) {
				reply(DnsReply::truncated).play(exchange);
				return;
			}
			byte[] message = DnsReply.to(exchange.query()).answer(records).bytes();
			exchange.raw(new byte[] { (byte) (message.length >> 8) });
			exchange.raw(new byte[] { (byte) message.length });
			for (byte b : message) {
				Thread.sleep(interval);
				exchange.raw(new byte[] { b });
			}
		};
	}

	/// TC over UDP; over TCP a length that promises more than comes.
	static DnsBehaviour shortOverTcp() {
		return exchange -> {
			if (exchange.query().tcp()) {
				exchange.raw(new byte[] { 0x7f, (byte) 0xff, 1, 2, 3 });
			} else {
				reply(DnsReply::truncated).play(exchange);
			}
		};
	}

	/// An alias to itself by way of another.
	static DnsBehaviour cnameLoop() {
		return exchange -> {
			String name = exchange.query().name();
			answer(Rr.cname(name, 60, "loop." + name), Rr.cname("loop." + name, 60, name)).play(exchange);
		};
	}

	/// A right answer whose question has lost its upper-case letters.
	static DnsBehaviour lowerCased(Rr... records) {
		return reply(reply -> reply.questionInLowerCase().answer(records));
	}

	/// No answer.
	static DnsBehaviour drop() {
		return exchange -> {
		};
	}

	static DnsBehaviour delayed(Duration delay, DnsBehaviour behaviour) {
		return exchange -> {
			Thread.sleep(delay);
			behaviour.play(exchange);
		};
	}
}
