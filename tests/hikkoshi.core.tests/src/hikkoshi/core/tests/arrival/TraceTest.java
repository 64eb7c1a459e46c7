package hikkoshi.core.tests.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import hikkoshi.core.arrival.Arrival;
import hikkoshi.core.arrival.InternalDate;
import hikkoshi.core.arrival.Received;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;

/// Traces as mail servers really write them, and as somebody writes them who wants to be taken for another.
class TraceTest {
	private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
	private static final String DATE = "Tue, 24 Nov 2026 12:00:00 +0000";
	private static final Server SERVER = new Server("mx", Side.OLD, new DomainName("mx.example.org"),
			List.of(InetAddress.ofLiteral("192.0.2.10"), InetAddress.ofLiteral("2001:db8::10")), List.of(), List.of());

	private static Arrival arrival(String... fields) {
		return Arrival.of(SERVER, "INBOX", "7", null, 100, String.join("\r\n", fields) + "\r\n\r\n", UnaryOperator.identity());
	}

	@Test
	void postfix() {
		Received hop = Received.parse("from mail.sender.example (out-7.sender.example [198.51.100.7]) (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) "
				+ "key-exchange X25519; no client certificate requested) by mx.example.org (Postfix) with ESMTPS id 4XyZ for <ann@example.org>; " + DATE + " (UTC)");
		assertThat(hop).isEqualTo(new Received("mail.sender.example", "out-7.sender.example", "198.51.100.7", "mx.example.org", "ESMTPS", "4XyZ", NOON));
		assertThat(Received.parse("from evil (unknown [203.0.113.9]) by mx.example.org (Postfix) with SMTP id 1; " + DATE))
				.isEqualTo(new Received("evil", "", "203.0.113.9", "mx.example.org", "SMTP", "1", NOON));
		assertThat(Received.parse("from [IPv6:2001:db8::7] (unknown [IPv6:2001:DB8:0::7]) by mx.example.org with ESMTPSA id 1; " + DATE))
				.isEqualTo(new Received("IPv6:2001:db8::7", "", "2001:db8::7", "mx.example.org", "ESMTPSA", "1", NOON));
	}

	@Test
	void othersDoItTheOtherWayRound() {
		// Exim, with and without a name for the address
		assertThat(Received.parse("from out.sender.example ([198.51.100.7] helo=mail.sender.example) by mx.example.org with esmtps (TLS1.3) tls TLS_AES_256_GCM_SHA384 "
				+ "(Exim 4.97) (envelope-from <a@sender.example>) id 1abc-2 for ann@example.org; " + DATE))
				.isEqualTo(new Received("mail.sender.example", "out.sender.example", "198.51.100.7", "mx.example.org", "ESMTPS", "1abc-2", NOON));
		assertThat(Received.parse("from [198.51.100.7] (port=1234 helo=friend) by mx.example.org with smtp id 1; " + DATE))
				.isEqualTo(new Received("friend", "", "198.51.100.7", "mx.example.org", "SMTP", "1", NOON));
		// qmail
		assertThat(Received.parse("from out.sender.example (HELO mail.sender.example) (198.51.100.7) by mx.example.org with SMTP; 24 Nov 2026 12:00:00 -0000"))
				.isEqualTo(new Received("mail.sender.example", "out.sender.example", "198.51.100.7", "mx.example.org", "SMTP", "", NOON));
		assertThat(Received.parse("from unknown (HELO x) (u@198.51.100.7) by mx.example.org with SMTP; " + DATE).reverse()).isEmpty();
		assertThat(Received.parse("(qmail 12345 invoked by uid 89); 24 Nov 2026 12:00:00 -0000")).isEqualTo(new Received("", "", "", "", "", "", NOON));
		// Sendmail, Gmail, Exchange
		assertThat(Received.parse("from mail.sender.example (out.sender.example [198.51.100.7] (may be forged)) by mx.example.org (8.17/8.17) with ESMTP id xAO; " + DATE)
				.reverse()).isEqualTo("out.sender.example");
		assertThat(Received.parse("by 2002:a05:6402:1cc9:b0:5c9:1234:5678 with SMTP id z9csp1; Tue, 24 Nov 2026 04:00:00 -0800 (PST)"))
				.isEqualTo(new Received("", "", "", "2002:a05:6402:1cc9:b0:5c9:1234:5678", "SMTP", "z9csp1", NOON));
		assertThat(Received.parse("from mail-sor-f41.google.example (mail-sor-f41.google.example. [198.51.100.41]) by mx.example.org with SMTPS id 5; " + DATE))
				.isEqualTo(new Received("mail-sor-f41.google.example", "mail-sor-f41.google.example", "198.51.100.41", "mx.example.org", "SMTPS", "5", NOON));
		assertThat(Received.parse("from AM0PR.example (2603:10a6:208::1) by DB3.example (2603:10a6:10::2) with Microsoft SMTP Server (version=TLS1_2, "
				+ "cipher=TLS_ECDHE_RSA) id 15.20.1; " + DATE).address()).isEqualTo("2603:10a6:208::1");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {"Tue, 24 Nov 2026 12:00:00 +0000", "24 Nov 2026 12:00:00 GMT", "Tue,24 Nov 2026 13:00 +0100", "Tue, 24 Nov 26 07:00:00 EST (comment)",
		"Tue, 24 Nov 2026 21:00:00 +0900 (JST)", "24-Nov-2026 12:00:00 +0000", "Tue, (what) 24 (a) November 2026 12:00:00.123 +0000", "  tue, 24 nov 2026 12 : 00 : 00 ut"})
	void datesAsTheyAreWritten(String text) {
		assertThat(InternalDate.parse(text)).as(text).contains(NOON);
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "yesterday", "Tue, 24 Nov 2026 12:00:00", "Tue, 24 Nov 2026 12:00:00 +9900", "Tue, 24 Nov 2026 12:00:00 XYZ", "Tue, 32 Nov 2026 12:00:00 +0000",
		"Tue, 24 Foo 2026 12:00:00 +0000", "Tue, 24 Nov 0026 12:00:00 +0000", "24 Nov 2026 25:00:00 +0000", "1,1,1,1,1"})
	void aTimeWithoutAZoneIsNone(String text) {
		assertThat(InternalDate.parse(text)).isEmpty();
	}

	@Test
	void theSenderIsWhoHandedItInFromOutside() {
		Arrival arrival = arrival("Return-Path: <bob@sender.example>", "Delivered-To: ann@example.org",
				"Received: from mx.example.org ([unix socket])\r\n\tby mx.example.org with LMTP id q1; Tue, 24 Nov 2026 12:00:05 +0000",
				"Received: from localhost (localhost [127.0.0.1])\r\n\tby mx.example.org (Postfix) with ESMTP id q2; Tue, 24 Nov 2026 12:00:04 +0000",
				"Received: from mx.example.org ([127.0.0.1])\r\n\tby localhost (mx.example.org [127.0.0.1]) (amavisd-new, port 10024) with ESMTP id q3; Tue, 24 Nov 2026 12:00:03 +0000",
				"Received: from out.sender.example (out.sender.example [198.51.100.7])\r\n\tby mx.example.org (Postfix) with ESMTPS id q4; Tue, 24 Nov 2026 12:00:02 +0000",
				"Received: from desk (desk.sender.example [198.51.100.99]) by out.sender.example with ESMTPSA id q5; " + DATE, "From: Bob <bob@sender.example>",
				"Subject: secret plans", "Message-ID: <1@sender.example>");

		assertThat(arrival.sender()).isEqualTo(new Arrival.Sender("out.sender.example", "out.sender.example", "198.51.100.7", "mx.example.org", "ESMTPS", "q4"));
		assertThat(arrival.received()).isEqualTo(NOON.plusSeconds(5));
		assertThat(arrival.latency()).contains(Duration.ofSeconds(5));
		assertThat(arrival.legs()).extracting(leg -> leg.by()).containsExactly("out.sender.example", "mx.example.org", "localhost", "mx.example.org", "mx.example.org");
		assertThat(arrival.envelope()).isEqualTo("bob@sender.example");
		assertThat(arrival.messageId()).isEqualTo("1@sender.example");
		assertThat(arrival.toString()).doesNotContain("secret");
	}

	@Test
	void aStrangerWithTheServersNameIsAStranger() {
		Arrival arrival = arrival("Received: from mx.example.org (unknown [203.0.113.66]) by mx.example.org (Postfix) with ESMTP id 1; " + DATE,
				"Received: from bank.example (bank.example [198.51.100.1]) by mx.example.org with ESMTPS id 2; " + DATE);
		assertThat(arrival.sender().address()).isEqualTo("203.0.113.66");
	}

	@Test
	void bornOnTheServer() {
		assertThat(arrival("Received: by mx.example.org (Postfix, from userid 0) id 1; " + DATE).sender().isLocal()).isTrue();
		assertThat(arrival("Received: from ann by mx.example.org with local (Exim 4.97) id 1; " + DATE).sender().isLocal()).isTrue();
		assertThat(arrival("Received: from mx.example.org (mx.example.org [192.0.2.10]) by mx.example.org (Postfix) with ESMTP id 1; " + DATE).sender().isLocal()).isTrue();
		assertThat(arrival("Received: from desk (dsl.example [203.0.113.5]) by mx.example.org with ESMTPSA id 1; " + DATE).sender().isLocal()).isTrue();
		assertThat(arrival("Subject: no trace at all").received()).isNull();
	}

	@Test
	void theTopDecidesAndNotTheServersDate() {
		Arrival copied = Arrival.of(SERVER, "INBOX", "1", NOON.plus(Duration.ofDays(9)), 1, "Received: from a (a [198.51.100.7]) by mx with SMTP; " + DATE + "\r\n", UnaryOperator.identity());
		assertThat(copied.came()).contains(NOON);
		assertThat(copied.isDated()).isTrue();
		Arrival undated = Arrival.of(SERVER, "INBOX", "1", NOON, 1, "Received: from a by b with SMTP; nonsense\r\n", UnaryOperator.identity());
		assertThat(undated.came()).contains(NOON);
		assertThat(undated.isDated()).isFalse();
	}

	@Test
	void hostileHeadersCostNothingMuch() {
		Random random = new Random(7);
		String letters = "()[]<>;\"\\ \t:=.,fromby with id0127ABCDEF\u0000\u001b\u202e";
		for (int i = 0; i < 2_000; i++) {
			StringBuilder text = new StringBuilder("Received: ");
			for (int j = 0; j < 400; j++) {
				text.append(letters.charAt(random.nextInt(letters.length())));
			}
			Arrival arrival = arrival(text.toString());
			assertThat(arrival.sender().address()).hasSizeLessThanOrEqualTo(45);
		}
		String deep = "(".repeat(50_000);
		assertThat(arrival("Received: from a " + deep + " by b; " + DATE).sender().helo()).isEqualTo("a");
		assertThat(arrival("Received: from " + "a".repeat(90_000) + " by b; " + DATE).sender().helo()).hasSizeLessThanOrEqualTo(510);
		StringBuilder many = new StringBuilder();
		for (int i = 0; i < 20_000; i++) {
			many.append("Received: from a").append(i).append(" by b; ").append(DATE).append("\r\n");
		}
		assertThat(arrival(many.toString()).legs()).hasSizeLessThanOrEqualTo(50);
		String folded = "Received: from mail.sender.example\r\n" + "\t \r\n".repeat(100) + "\tby mx.example.org with\r\n ESMTP; Tue,\r\n 24 Nov\r\n 2026 12:00:00\r\n +0000\r\n";
		assertThat(arrival(folded).received()).isEqualTo(NOON);
		assertThat(arrival("X-HIKKOSHI-CANARY: " + "a".repeat(26)).canary()).isEqualTo("a".repeat(26).toLowerCase(Locale.ROOT));
		assertThat(arrival("X-Hikkoshi-Canary: not a token").canary()).isEmpty();
	}
}
