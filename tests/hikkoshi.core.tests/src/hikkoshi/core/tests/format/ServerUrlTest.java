package hikkoshi.core.tests.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import hikkoshi.core.format.ServerUrl;
import hikkoshi.core.format.ServerUrl.Pasted;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;

/// Servers on the clipboard.
class ServerUrlTest {
	private static List<ServerUrl> servers(String text) {
		assertThat(ServerUrl.parse(text)).isInstanceOf(Pasted.Servers.class);
		return ((Pasted.Servers) ServerUrl.parse(text)).servers();
	}

	private static String refused(String text) {
		assertThat(ServerUrl.parse(text)).as(text).isInstanceOf(Pasted.Refused.class);
		return ((Pasted.Refused) ServerUrl.parse(text)).reason().id();
	}

	@Test
	void whatIsCopiedIsPasted() {
		ServerUrl all = new ServerUrl(DomainName.parse("mail.example.org"),
				List.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1")),
				List.of(new Endpoint(Protocol.IMAP, 993, Security.TLS), new Endpoint(Protocol.IMAP, 143, Security.STARTTLS),
						new Endpoint(Protocol.POP3, 995, Security.TLS), new Endpoint(Protocol.POP3, 110, Security.NONE),
						new Endpoint(Protocol.SUBMISSION, 465, Security.TLS), new Endpoint(Protocol.SUBMISSION, 587, Security.STARTTLS),
						new Endpoint(Protocol.SMTP, 25, Security.STARTTLS), new Endpoint(Protocol.SMTP, 2525, Security.TLS)));
		assertThat(all.text().lines().findFirst()).contains("imaps://mail.example.org:993?ip=192.0.2.1&ip=2001:db8::1");
		assertThat(all.text().lines()).contains("pop://mail.example.org:110?ip=192.0.2.1&ip=2001:db8::1&security=none");
		assertThat(servers(all.text())).containsExactly(all);
	}

	@ParameterizedTest
	@CsvSource({"imap,IMAP,143,STARTTLS", "imaps,IMAP,993,TLS", "pop,POP3,110,STARTTLS", "pops,POP3,995,TLS", "submission,SUBMISSION,587,STARTTLS",
		"submissions,SUBMISSION,465,TLS", "smtp,SMTP,25,STARTTLS", "IMAPS,IMAP,993,TLS"})
	void aSchemeSaysProtocolPortAndSecurity(String scheme, Protocol protocol, int port, Security security) {
		assertThat(servers(scheme + "://mail.example.org").getFirst().endpoints()).containsExactly(new Endpoint(protocol, port, security));
		assertThat(servers(scheme + "://mail.example.org/").getFirst().name()).isEqualTo(DomainName.parse("mail.example.org"));
	}

	@Test
	void linesWithOneNameAreOneServer() {
		List<ServerUrl> servers = servers("\n imaps://a.example?ip=192.0.2.1 \r\nsubmission://A.example:2587?ip=192.0.2.2\n\nimaps://b.example\n");
		assertThat(servers).hasSize(2);
		assertThat(servers.getFirst().addresses()).hasSize(2);
		assertThat(servers.getFirst().endpoints()).containsExactly(new Endpoint(Protocol.IMAP, 993, Security.TLS),
				new Endpoint(Protocol.SUBMISSION, 2587, Security.STARTTLS));
	}

	@Test
	void aUserIsLeftOutAndAPasswordRefused() {
		assertThat(servers("imap://ann;AUTH=*@mail.example.org/INBOX").getFirst().name().ascii()).isEqualTo("mail.example.org");
		assertThat(refused("imap://ann:secret@mail.example.org")).isEqualTo("url.password");
		assertThat(refused("imap://ann%3Asecret@mail.example.org")).isEqualTo("url.password");
		assertThat(refused("imap://ann:sec@ret@mail.example.org")).isEqualTo("url.password");
		assertThat(ServerUrl.parse("imap://ann:hunter2@mail.example.org").toString()).doesNotContain("hunter2");
		assertThat(ServerUrl.parse("http://ann:hunter2@mail.example.org").toString()).doesNotContain("hunter2");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ' ', value = {"ftp://mail.example.org url.scheme", "mail.example.org url.none", "imaps:mail.example.org url.none",
		"imaps://192.0.2.1 url.address", "imaps://[2001:db8::1]:993 url.address", "imaps://10.1 url.address", "imaps:// url.name",
		"imaps://a_b..c url.name", "imaps://mail.example.org:0 url.port", "imaps://mail.example.org:99999 url.port", "imaps://mail.example.org:x url.name",
		"imaps://mail.example.org?ip=mail url.ip", "imaps://mail.example.org?ip=127.1 url.ip", "imaps://mail.example.org?ip=0.0.0.0 url.ip",
		"imaps://mail.example.org?ip= url.ip", "imaps://mail.example.org?ip=fe80::1%25eth0 url.ip", "imaps://mail.example.org?pin=00 url.parameter",
		"imaps://mail.example.org?security=maybe url.security", "imaps://mail.example.org%ff url.name", "imaps://mail.example.org?a url.parameter"})
	void whatIsNoServerIsRefusedWithItsReason(String text, String reason) {
		assertThat(refused(text)).isEqualTo(reason);
	}

	@Test
	void aHostileTextIsBounded() {
		assertThat(refused("")).isEqualTo("url.nothing");
		assertThat(refused("x".repeat(ServerUrl.MAX_TEXT + 1))).isEqualTo("url.too-long");
		assertThat(refused("imaps://a.example\n".repeat(201))).isEqualTo("url.too-many");
		assertThat(refused("imap://a.example:993\nimaps://a.example:993")).isEqualTo("url.port-twice");
		StringBuilder many = new StringBuilder("imaps://a.example?ip=192.0.2.1");
		for (int i = 0; i < 70; i++) {
			many.append("&ip=198.51.100.").append(i);
		}
		assertThat(refused(many.toString())).isEqualTo("url.too-many-addresses");
		assertThat(((Pasted.Refused) ServerUrl.parse("z".repeat(10_000))).reason().args().getFirst()).hasSizeLessThan(100);
	}
}
