package hikkoshi.mail.tests;

import static hikkoshi.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import javax.net.ssl.SSLContext;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import hikkoshi.core.discover.ConfigFact;
import hikkoshi.core.discover.DiscoveryProbes;
import hikkoshi.core.discover.DnsFact;
import hikkoshi.core.discover.Speech;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Reasons;
import hikkoshi.mail.internal.discover.AutoconfigProbe;
import hikkoshi.mail.internal.discover.AutodiscoverProbe;
import hikkoshi.rehearsal.tls.Validity;
import hikkoshi.testkit.HttpScripts;
import hikkoshi.testkit.Script;
import hikkoshi.testkit.ScriptedServer;
import hikkoshi.testkit.TlsKit;

/// Set-up documents on the web, told by servers that behave and by servers that do not.
@Timeout(60)
class DocumentsTest {
	private static final String DOMAIN = "example.test";
	private static final String HERE = "127.0.0.1";
	private static final String THUNDERBIRD = """
			<?xml version="1.0" encoding="UTF-8"?>
			<clientConfig version="1.1"><emailProvider id="example.test"><domain>example.test</domain>
			<incomingServer type="imap"><hostname>imap.%EMAILDOMAIN%</hostname><port>993</port><socketType>SSL</socketType>
			<authentication>password-cleartext</authentication><username>%EMAILADDRESS%</username></incomingServer>
			<incomingServer type="pop3"><hostname>pop.example.test.</hostname><port>110</port><socketType>STARTTLS</socketType></incomingServer>
			<incomingServer type="exchange"><hostname>ews.example.test</hostname><port>443</port></incomingServer>
			<outgoingServer type="smtp"><hostname>smtp.example.test</hostname><port>587</port><socketType>STARTTLS</socketType></outgoingServer>
			<outgoingServer type="smtp"><hostname>smtp.example.test</hostname><port>70000</port><socketType>SSL</socketType></outgoingServer>
			</emailProvider></clientConfig>
			""";
	private static final String OUTLOOK = """
			<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"><Response
			xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"><Account><AccountType>email</AccountType>
			<Protocol><Type>IMAP</Type><Server>mail.example.test</Server><Port>993</Port><SSL>on</SSL><LoginName>postmaster</LoginName></Protocol>
			<Protocol><Type>SMTP</Type><Server>mail.example.test</Server><Port>587</Port><SSL>on</SSL></Protocol>
			<Protocol><Type>POP3</Type><Server>mail.example.test</Server><Port>9950</Port><Encryption>TLS</Encryption></Protocol>
			<Protocol><Type>EXCH</Type><Server>mail.example.test</Server></Protocol></Account></Response></Autodiscover>
			""";
	private final TlsKit kit = new TlsKit(DOMAIN);
	private final SSLContext tls = kit.ca().issue(List.of(DOMAIN, "autoconfig.example.test", "autodiscover.example.test", "elsewhere.test", "autoconfig.provider.test"),
			Validity.around(Instant.now())).serverContext();

	private Explorer explorer() {
		return new Explorer().trust(kit.anchor());
	}

	private Finding autoconfig(Script tlsServer, Explorer explorer) throws Exception {
		try (ScriptedServer server = ScriptedServer.start(tlsServer)) {
			return explorer.web(server.port(), server.port()).document(DiscoveryProbes.AUTOCONFIG, DOMAIN);
		}
	}

	private Finding atAutoconfigHost(Script answer) throws Exception {
		return autoconfig(HttpScripts.https(tls).on("GET /mail/config-v1.1.xml\\?emailaddress=postmaster%40example.test HTTP/1.1", answer).whole(),
				explorer().host("autoconfig.example.test", HERE));
	}

	@Test
	void thunderbirdsDocument() throws Exception {
		Finding finding = atAutoconfigHost(HttpScripts.xml(THUNDERBIRD));

		assertThat(finding.outcome()).as(finding.toString()).isEqualTo(Outcome.PASS);
		assertThat(finding.reason().id()).isEqualTo(AutoconfigProbe.FOUND);
		List<ConfigFact> servers = Explorer.servers(finding);
		assertThat(servers).hasSize(3).allMatch(ConfigFact::proven);
		assertThat(servers.get(0)).isEqualTo(
				ConfigFact.server(servers.get(0).url(), true, Speech.IMAP, "imap.example.test", 993, Security.TLS, "password-cleartext", "%EMAILADDRESS%"));
		assertThat(servers.get(1).host()).isEqualTo("pop.example.test");
		assertThat(servers.get(1).security()).isEqualTo(Security.STARTTLS);
		assertThat(servers.get(2).speech()).isEqualTo(Speech.SUBMISSION);
	}

	@Test
	void theWellKnownPlaceAndThoseBehindRedirects() throws Exception {
		HttpScripts web = HttpScripts.https(tls).on("GET /.well-known/autoconfig/mail/config-v1.1.xml HTTP/1.1", HttpScripts.redirect(302, "https://elsewhere.test/there.xml"))
				.on("GET /there.xml HTTP/1.1", HttpScripts.redirect(301, "/and-there.xml")).on("GET /and-there.xml HTTP/1.1", HttpScripts.xml(THUNDERBIRD));
		Finding finding = autoconfig(web.whole(), explorer().host(DOMAIN, HERE).host("elsewhere.test", HERE));
		assertThat(finding.reason().id()).as(finding.toString()).isEqualTo(AutoconfigProbe.FOUND);
		assertThat(finding.reason().args().get(1)).contains("elsewhere.test").contains("/and-there.xml");
	}

	@Test
	void chunksAreReadAsOne() throws Exception {
		String half = THUNDERBIRD.substring(0, 300);
		String rest = THUNDERBIRD.substring(300);
		Finding finding = atAutoconfigHost(script().send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(half.length()) + ";x=y\r\n" + half + "\r\n"
				+ Integer.toHexString(rest.length()) + "\r\n" + rest + "\r\n0\r\n\r\n"));
		assertThat(Explorer.servers(finding)).hasSize(3);
	}

	@Test
	void withoutTlsItProvesNothing() throws Exception {
		Finding finding = autoconfig(HttpScripts.http().on("GET /mail/.*", HttpScripts.xml(THUNDERBIRD)).whole(), explorer().host("autoconfig.example.test", HERE));
		assertThat(finding.outcome()).as(finding.toString()).isEqualTo(Outcome.WARN);
		assertThat(finding.reason().id()).isEqualTo(AutoconfigProbe.UNPROVEN);
		assertThat(Explorer.servers(finding)).hasSize(3).noneMatch(ConfigFact::proven);
	}

	@Test
	void aWrongCertificateIsNeverOverlooked() throws Exception {
		for (SSLContext bad : List.of(kit.wrongName(), kit.selfSigned(), kit.unknownAuthority(), kit.expired())) {
			try (ScriptedServer server = ScriptedServer.start(HttpScripts.https(bad).on("GET .*", HttpScripts.xml(THUNDERBIRD)).whole())) {
				Finding finding = explorer().host(DOMAIN, HERE).web(server.port(), 1).document(DiscoveryProbes.AUTOCONFIG, DOMAIN);
				assertThat(Explorer.servers(finding)).isEmpty();
				assertThat(Explorer.statuses(finding)).anyMatch(status -> status.startsWith("tls."));
				assertThat(server.received()).isEmpty();
			}
		}
	}

	@Test
	void theProviderToWhomMxLeads() throws Exception {
		HttpScripts web = HttpScripts.https(tls).on("GET /mail/config-v1.1.xml.*", HttpScripts.xml(THUNDERBIRD));
		Finding finding = autoconfig(web.whole(), explorer().host("autoconfig.provider.test", HERE).dns(DnsFact.mx(DOMAIN, 10, "mx1.eu.provider.test")));
		assertThat(finding.reason().id()).as(finding.toString()).isEqualTo(AutoconfigProbe.FOUND);
		assertThat(finding.reason().args().get(1)).startsWith("https://autoconfig.provider.test");
	}

	@ParameterizedTest
	@ValueSource(strings = {"http://elsewhere.test/x", "ftp://elsewhere.test/x", "https://127.0.0.1/x", "https://[::1]/x", "https://2130706433/x", "https://user@elsewhere.test/x",
			"file:///etc/passwd", "https://elsewhere.test:99999/x", "//%00/", "javascript:alert(1)"})
	void redirectsThatAreNotFollowed(String location) throws Exception {
		Finding finding = autoconfig(HttpScripts.https(tls).on("GET /.well-known/.*", HttpScripts.redirect(302, location)).on("GET /x.*", HttpScripts.xml(THUNDERBIRD)).whole(),
				explorer().host(DOMAIN, HERE).host("elsewhere.test", HERE));
		assertThat(Explorer.servers(finding)).as(finding.toString()).isEmpty();
		assertThat(Explorer.statuses(finding)).contains("discover.web.bad-redirect");
	}

	@Test
	void aRedirectLoopEnds() throws Exception {
		try (ScriptedServer server = ScriptedServer.start(HttpScripts.https(tls).on("GET .*", HttpScripts.redirect(302, "https://example.test/again")).whole())) {
			Finding finding = explorer().host(DOMAIN, HERE).web(server.port(), 1).document(DiscoveryProbes.AUTOCONFIG, DOMAIN);
			assertThat(Explorer.statuses(finding)).contains("discover.web.too-many-redirects");
			assertThat(server.conversations()).hasSize(4);
		}
	}

	/// The first host is public (as far as its records say), so nothing behind it may lead inside.
	@Test
	void nobodySendsUsFromThePublicNetworkIntoAPrivateOne() throws Exception {
		try (ScriptedServer inside = ScriptedServer.start(HttpScripts.https(tls).on("GET .*", HttpScripts.xml(THUNDERBIRD)).whole());
				ScriptedServer outside = ScriptedServer
						.start(HttpScripts.https(tls).on("GET .*", HttpScripts.redirect(302, "https://elsewhere.test:" + inside.port() + "/secret")).whole())) {
			// a host with a public record besides the one that answers is no private host; here the public one refuses at once (an address of none)
			Explorer explorer = explorer().host(DOMAIN, HERE, "2001:db8::1").host("elsewhere.test", HERE);
			Finding finding = explorer.web(outside.port(), 1).document(DiscoveryProbes.AUTOCONFIG, DOMAIN);
			assertThat(Explorer.statuses(finding)).contains("discover.web.bad-redirect");
			assertThat(inside.conversations()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"10.1.2.3", "172.16.0.1", "192.168.1.1", "127.0.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1", "fe80::1", "fc00::1", "fd12::1", "224.0.0.1"})
	void privateAddresses(String address) throws Exception {
		assertThat(isPrivate(address)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = {"192.0.2.1", "8.8.8.8", "100.128.0.1", "2001:db8::1", "172.32.0.1"})
	void publicAddresses(String address) throws Exception {
		assertThat(isPrivate(address)).isFalse();
	}

	private static boolean isPrivate(String address) throws Exception {
		var method = Class.forName("hikkoshi.mail.internal.discover.Web").getDeclaredMethod("isPrivate", InetAddress.class);
		method.setAccessible(true);
		return (boolean) method.invoke(null, InetAddress.ofLiteral(address));
	}

	@Test
	void externalEntitiesAreNotFetched(@TempDir Path folder) throws Exception {
		Path secret = folder.resolve("secret.txt");
		Files.writeString(secret, "TOP-SECRET", StandardCharsets.UTF_8);
		for (String doctype : List.of("<!DOCTYPE clientConfig [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>",
				"<!DOCTYPE clientConfig SYSTEM \"" + secret.toUri() + "\">", "<!DOCTYPE clientConfig [<!ENTITY % p SYSTEM \"" + secret.toUri() + "\"> %p;]>")) {
			Finding finding = atAutoconfigHost(HttpScripts.xml(doctype + "<clientConfig><incomingServer type=\"imap\"><hostname>&x;.example.test</hostname><port>993</port>"
					+ "<socketType>SSL</socketType></incomingServer></clientConfig>"));
			assertThat(finding.toString()).doesNotContain("TOP-SECRET");
			assertThat(Explorer.servers(finding)).isEmpty();
			assertThat(finding.reason().id()).as(doctype).isEqualTo(AutoconfigProbe.BROKEN);
		}
	}

	@Test
	void aBillionLaughs() throws Exception {
		StringBuilder bomb = new StringBuilder("<!DOCTYPE clientConfig [<!ENTITY l0 \"lol\">");
		for (int i = 1; i < 12; i++) {
			bomb.append("<!ENTITY l").append(i).append(" \"").append(("&l" + (i - 1) + ";").repeat(10)).append("\">");
		}
		bomb.append("]><clientConfig><incomingServer type=\"imap\"><hostname>&l11;</hostname><port>993</port></incomingServer></clientConfig>");
		Finding finding = atAutoconfigHost(HttpScripts.xml(bomb.toString()));
		assertThat(finding.reason().id()).isEqualTo(AutoconfigProbe.BROKEN);
		assertThat(Explorer.servers(finding)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "not xml", "<html><body>404</body></html>", "<clientConfig>", "<clientConfig/>", "<clientConfig><incomingServer type='imap'/></clientConfig>", "\u0000\u0001"})
	void documentsThatAreNone(String body) throws Exception {
		Finding finding = atAutoconfigHost(HttpScripts.xml(body));
		assertThat(finding.outcome()).isEqualTo(Outcome.WARN);
		assertThat(finding.reason().id()).isEqualTo(AutoconfigProbe.BROKEN);
	}

	@Test
	void deepAndEndlessDocuments() throws Exception {
		assertThat(atAutoconfigHost(HttpScripts.xml("<clientConfig>" + "<a>".repeat(5000))).reason().id()).isEqualTo(AutoconfigProbe.BROKEN);
		assertThat(atAutoconfigHost(HttpScripts.xml("<clientConfig>" + "<a/>".repeat(30_000) + "</clientConfig>")).reason().id()).isEqualTo(AutoconfigProbe.BROKEN);
	}

	@Test
	void aGigabyteIsNotTaken() throws Exception {
		try (ScriptedServer server = ScriptedServer.start(HttpScripts.https(tls).on("GET .*", HttpScripts.endless(1L << 30)).whole())) {
			Finding finding = explorer().host("autoconfig.example.test", HERE).web(server.port(), 1).document(DiscoveryProbes.AUTOCONFIG, DOMAIN);
			assertThat(Explorer.statuses(finding)).contains(Reasons.OVERSIZED);
			assertThat(server.conversations().getFirst().sent()).isLessThan(16L << 20);
		}
		Finding announced = atAutoconfigHost(script().send("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n").flood("x", 1L << 30));
		assertThat(Explorer.statuses(announced)).contains(Reasons.OVERSIZED);
	}

	@Test
	void aDrippingServerIsLeft() throws Exception {
		Script drip = HttpScripts.https(tls).on("GET .*", script().send("HTTP/1.1 200 OK\r\n\r\n").drip("x".repeat(100_000), Duration.ofMillis(20))).whole();
		Finding finding = autoconfig(drip, explorer().host("autoconfig.example.test", HERE).probeTimeout(Duration.ofSeconds(1)));
		assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
		assertThat(finding.reason().id()).isEqualTo(AutoconfigProbe.UNKNOWN);
	}

	@ParameterizedTest
	@ValueSource(strings = {"SSH-2.0-OpenSSH_9.9\r\n", "HTTP/9.9 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n"})
	void whatIsNoHttp(String answer) throws Exception {
		Finding finding = atAutoconfigHost(script().send(answer).close());
		assertThat(Explorer.servers(finding)).isEmpty();
		assertThat(finding.outcome()).as(finding.toString()).isIn(Outcome.PASS, Outcome.UNKNOWN);
	}

	@Test
	void hostileWordsAreEscaped() throws Exception {
		Finding finding = atAutoconfigHost(HttpScripts.xml("<clientConfig><incomingServer type=\"imap\"><hostname>a\u202eb</hostname><port>993</port><socketType>SSL</socketType>"
				+ "<username>\u202e\u2028x</username></incomingServer></clientConfig>"));
		assertThat(finding.facts().toString()).doesNotContain("\u202e").doesNotContain("\u2028").contains("\\u202e");
		assertThat(Explorer.servers(finding).getFirst().target()).isEmpty();
	}

	private Finding autodiscover(Script answer) throws Exception {
		try (ScriptedServer server = ScriptedServer.start(HttpScripts.https(tls).on("POST /autodiscover/autodiscover.xml HTTP/1.1", answer).whole())) {
			Finding finding = explorer().host("autodiscover.example.test", HERE).web(server.port(), 1).document(DiscoveryProbes.AUTODISCOVER, DOMAIN);
			assertThat(server.received()).doesNotContainIgnoringCase("authorization:").doesNotContainIgnoringCase("cookie:");
			return finding;
		}
	}

	@Test
	void outlooksDocument() throws Exception {
		Finding finding = autodiscover(HttpScripts.xml(OUTLOOK));
		assertThat(finding.reason().id()).as(finding.toString()).isEqualTo(AutodiscoverProbe.FOUND);
		assertThat(Explorer.servers(finding).stream().map(fact -> fact.speech() + " " + fact.port() + " " + fact.security()).toList()).containsExactly("IMAP 993 TLS",
				"SUBMISSION 587 STARTTLS", "POP3 9950 STARTTLS");
	}

	@Test
	void aServerThatAsksForALoginGetsNone() throws Exception {
		Finding finding = autodiscover(HttpScripts.reply(401, "text/plain", "", "WWW-Authenticate: Negotiate", "WWW-Authenticate: NTLM", "WWW-Authenticate: Basic realm=\"x\""));
		assertThat(finding.reason().id()).isEqualTo(AutodiscoverProbe.LOGIN);
		assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
		assertThat(finding.reason().args().getLast()).isEqualTo("Negotiate NTLM Basic");
	}

	@Test
	void noDocumentIsAnAnswerAndSilenceIsNot() throws Exception {
		assertThat(autodiscover(HttpScripts.reply(404, "text/plain", "")).reason().id()).isEqualTo(AutodiscoverProbe.NONE);
		assertThat(autodiscover(script().reset()).reason().id()).isEqualTo(AutodiscoverProbe.UNKNOWN);
	}
}
