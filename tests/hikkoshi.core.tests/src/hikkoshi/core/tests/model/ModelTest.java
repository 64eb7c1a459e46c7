package hikkoshi.core.tests.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import hikkoshi.core.model.CertificatePin;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.StepTarget;
import hikkoshi.core.secret.Secret;

class ModelTest {
	@ParameterizedTest
	@CsvSource({"example.org,example.org", "EXAMPLE.Org.,example.org", "' a.b ',a.b", "müller.example,xn--mller-kva.example",
		"日本語.example,xn--wgv71a119e.example", "_dmarc.example.org,_dmarc.example.org", "1.2,1.2"})
	void domainNamesAreReadAsPeopleTypeThem(String typed, String ascii) {
		assertThat(DomainName.parse(typed).ascii()).isEqualTo(ascii);
		assertThat(DomainName.parse(DomainName.parse(typed).unicode())).isEqualTo(DomainName.parse(typed));
	}

	@ParameterizedTest
	@ValueSource(strings = {"", ".", "..", "a..b", ".a", "-a.example", "a-.example", "a b.example", "a/b", "a@b", "ex\u0000ample.org", "a\n.b", "a;b", "[::1]"})
	void otherThingsAreNoDomainNames(String typed) {
		assertThatThrownBy(() -> DomainName.parse(typed)).isInstanceOf(IllegalArgumentException.class);
	}

	@Test
	void domainNamesHaveBounds() {
		String label = "a".repeat(63);
		assertThat(DomainName.parse(label + "." + label + "." + label + "." + "a".repeat(61)).ascii()).hasSize(253);
		assertThatThrownBy(() -> new DomainName(label + "." + label + "." + label + "." + "a".repeat(62))).isInstanceOf(IllegalArgumentException.class);
		assertThatThrownBy(() -> new DomainName("a".repeat(64) + ".b")).isInstanceOf(IllegalArgumentException.class);
		assertThatThrownBy(() -> new DomainName("Upper.example")).isInstanceOf(IllegalArgumentException.class);
	}

	@ParameterizedTest
	@CsvSource({"Ann@Example.ORG,Ann@example.org", "a.b+c@x.y,a.b+c@x.y", "用户@例え.jp,用户@xn--r8jz45g.jp", "o'neil@x.y,o'neil@x.y"})
	void theLocalPartKeepsItsCase(String typed, String canonical) {
		assertThat(EmailAddress.parse(typed)).hasToString(canonical);
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "ann", "@x.y", "ann@", "a b@x.y", "a\u0000b@x.y", ".a@x.y", "a.@x.y", "a..b@x.y", "a@b@x.y", "<a>@x.y", "\"a\"@x.y", "a,b@x.y"})
	void otherThingsAreNoAddresses(String typed) {
		assertThatThrownBy(() -> EmailAddress.parse(typed)).isInstanceOf(IllegalArgumentException.class);
	}

	@Test
	void portsAndPinsAreChecked() {
		assertThatThrownBy(() -> new Endpoint(Protocol.IMAP, 0, Security.TLS)).isInstanceOf(IllegalArgumentException.class);
		assertThatThrownBy(() -> new Endpoint(Protocol.IMAP, 65_536, Security.TLS)).isInstanceOf(IllegalArgumentException.class);
		assertThat(new Endpoint(Protocol.IMAP, 65_535, Security.STARTTLS)).hasToString("imap:65535/starttls");
		String pin = "AB:".repeat(31) + "CD";
		assertThat(new CertificatePin(pin).sha256()).isEqualTo("ab".repeat(31) + "cd");
		assertThatThrownBy(() -> new CertificatePin("ab")).isInstanceOf(IllegalArgumentException.class);
	}

	@Test
	void tokensGoBothWays() {
		for (Protocol protocol : Protocol.values()) {
			assertThat(Protocol.of(protocol.token())).hasValue(protocol);
		}
		for (Security security : Security.values()) {
			assertThat(Security.of(security.token())).hasValue(security);
		}
		assertThat(Protocol.of("IMAP")).isEmpty();
		assertThat(Security.of("")).isEmpty();
		assertThat(Side.OLD.other()).isEqualTo(Side.NEW);
		assertThat(Protocol.SUBMISSION.defaultPort(Security.TLS)).isEqualTo(465);
		assertThat(Protocol.SUBMISSION.defaultPort(Security.STARTTLS)).isEqualTo(587);
		assertThat(Protocol.SMTP.hasLogin()).isFalse();
	}

	@Test
	void idsAreStable() {
		assertThat(new StepTarget("switch", "main").id()).hasToString("step:main/switch");
		assertThat(new NameServer("x", InetAddress.ofLiteral("192.0.2.53"), 53).place()).isEqualTo("192.0.2.53");
		assertThat(new NameServer("x", InetAddress.ofLiteral("192.0.2.53"), 5300).place()).isEqualTo("192.0.2.53#5300");
	}

	@Test
	void aSecretNeverPrintsItselfAndCanBeWiped() {
		char[] typed = {'s', 'e', 's', 'a', 'm', 'e'};
		Secret secret = Secret.of(typed);
		typed[0] = 'x';
		assertThat(secret.reveal()).containsExactly('s', 'e', 's', 'a', 'm', 'e');
		assertThat(secret).hasToString("Secret[masked]");
		assertThat(String.valueOf(List.of(secret))).doesNotContain("sesame");
		assertThat(secret.sameAs(Secret.of("sesame"))).isTrue();
		assertThat(secret.sameAs(Secret.of("sesamE"))).isFalse();
		assertThat(secret.sameAs(Secret.of("sesame2"))).isFalse();
		secret.close();
		assertThat(secret.reveal()).containsOnly('\0');
	}
}
