package hikkoshi.mail.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import hikkoshi.core.compare.ShownCertificate;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Reasons;
import hikkoshi.mail.internal.wire.Trust;
import hikkoshi.rehearsal.mail.MailServer;
import hikkoshi.rehearsal.mail.MailServerSettings;
import hikkoshi.rehearsal.mail.MailService;
import hikkoshi.rehearsal.tls.ServerIdentity;
import hikkoshi.rehearsal.tls.ThrowAwayCa;
import hikkoshi.rehearsal.tls.Validity;

/// What a certificate proves, and what it does not.
class CertificateTest {
	private final Instant now = Instant.now();
	private final ThrowAwayCa ca = ThrowAwayCa.create("Test authority", now);

	private Finding examine(ServerIdentity identity, java.util.function.UnaryOperator<Bench> change) throws Exception {
		MailServerSettings settings =
				MailServerSettings.of(Bench.NAME, Set.of("example.test"), identity).withServices(EnumSet.of(MailService.IMAPS));
		try (MailServer server = MailServer.start(settings)) {
			server.addAccount(Bench.USER, "anna@example.test", Bench.PASSWORD.toCharArray());
			Bench bench = new Bench().at(Protocol.IMAP, Security.TLS, server.port(MailService.IMAPS)).trust(ca.certificate());
			return change.apply(bench).examine();
		}
	}

	private Finding examine(ServerIdentity identity) throws Exception {
		return examine(identity, bench -> bench);
	}

	private static String sha256(ServerIdentity identity) throws Exception {
		return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(identity.certificate().getEncoded()));
	}

	@ParameterizedTest
	@CsvSource({ "mx.example.test,true", "*.example.test,true", "MX.Example.Test,true", "mx2.example.test,false", "example.test,false",
			"*.mx.example.test,false", "*.test,false", "m*.example.test,false", "*,false" })
	void theNameMustBeInTheCertificate(String inCertificate, boolean fits) throws Exception {
		Finding finding = examine(ca.issue(List.of(inCertificate), Validity.around(now)));

		assertThat(finding.reason().id()).as(Bench.everything(finding)).isEqualTo(fits ? Reasons.LOGIN_OK : Reasons.TLS_NAME_MISMATCH);
		if (!fits) {
			assertThat(finding.reason().args().getFirst()).isEqualTo(Bench.NAME);
		}
	}

	/// The address is what we connect to; it proves nothing.
	@Test
	void anAddressInTheCertificateDoesNotStandForTheName() throws Exception {
		Finding finding = examine(ca.issue(List.of("127.0.0.1"), Validity.around(now)));

		assertThat(finding.reason().id()).isEqualTo(Reasons.TLS_NAME_MISMATCH);
	}

	@Test
	void evidenceHoldsTheChainEvenWhenItWasRefused() throws Exception {
		ServerIdentity identity = ca.issue(List.of("other.example.test"), Validity.expired(now));

		Finding finding = examine(identity);

		assertThat(finding.reason().id()).isEqualTo(Reasons.TLS_EXPIRED);
		assertThat(Bench.fact(finding, "tls.faults")).contains(Reasons.TLS_EXPIRED + " " + Reasons.TLS_NAME_MISMATCH);
		assertThat(Bench.fact(finding, "tls.sha256")).contains(sha256(identity));
		assertThat(Bench.fact(finding, "tls.issuer")).contains("CN=Test authority");
		assertThat(Bench.fact(finding, "tls.certificate-name")).contains("other.example.test");
		assertThat(Bench.fact(finding, "tls.not-after")).contains(identity.certificate().getNotAfter().toInstant().toString());
		assertThat(Bench.fact(finding, "tls.key")).contains("EC 256");
		assertThat(Bench.fact(finding, "phase.tls")).contains("TLSv1.3");
		assertThat(Bench.dialogue(finding)).as("not a word was said").isEmpty();
	}

	/// RFC 6698, 2.1: selector and matching type.
	@Test
	void evidenceHoldsWhatDaneComparesWith() throws Exception {
		ServerIdentity identity = ca.issue(List.of("other.example.test"), Validity.around(now));
		List<ShownCertificate> chain = ShownCertificate.in(examine(identity).facts());
		byte[] whole = identity.certificate().getEncoded();
		byte[] key = identity.certificate().getPublicKey().getEncoded();
		for (byte[][] each : new byte[][][] {{whole, {0}}, {key, {1}}}) {
			int selector = each[1][0];
			assertThat(ShownCertificate.fits(3, selector, 0, each[0], chain)).isTrue();
			assertThat(ShownCertificate.fits(3, selector, 1, MessageDigest.getInstance("SHA-256").digest(each[0]), chain)).isTrue();
			assertThat(ShownCertificate.fits(3, selector, 2, MessageDigest.getInstance("SHA-512").digest(each[0]), chain)).isTrue();
			assertThat(ShownCertificate.fits(3, 1 - selector, 1, MessageDigest.getInstance("SHA-256").digest(each[0]), chain)).as("the other selector").isFalse();
			assertThat(ShownCertificate.fits(1, selector, 0, each[0], chain)).as("a usage that SMTP does not know").isFalse();
		}
		byte[] authority = MessageDigest.getInstance("SHA-256").digest(ca.certificate().getPublicKey().getEncoded());
		assertThat(ShownCertificate.fits(3, 1, 1, authority, chain)).as("the authority is not the server").isFalse();
		assertThat(ShownCertificate.fits(2, 1, 1, authority, chain)).as("unless it stands in the chain").isEqualTo(chain.size() > 1);
	}

	@Test
	void selfSignedComesBeforeItsOtherFaults() throws Exception {
		Finding finding = examine(ThrowAwayCa.selfSigned(List.of("localhost"), Validity.expired(now)));

		assertThat(finding.reason()).isEqualTo(Reason.of(Reasons.TLS_SELF_SIGNED, "CN=localhost"));
		assertThat(Bench.fact(finding, "tls.faults"))
				.contains(String.join(" ", Reasons.TLS_SELF_SIGNED, Reasons.TLS_EXPIRED, Reasons.TLS_NAME_MISMATCH));
	}

	@Test
	void aSelfSignedOneCanBeAnAnchor() throws Exception {
		ServerIdentity identity = ThrowAwayCa.selfSigned(List.of(Bench.NAME), Validity.around(now));

		assertThat(examine(identity, bench -> bench.trust(identity.certificate())).outcome()).isEqualTo(Outcome.PASS);
	}

	@Test
	void anUnknownAuthorityIsNamed() throws Exception {
		Finding finding = examine(ThrowAwayCa.create("Nobody", now).issue(List.of(Bench.NAME), Validity.around(now)));

		assertThat(finding.reason()).isEqualTo(Reason.of(Reasons.TLS_UNTRUSTED, "CN=" + Bench.NAME, "CN=Nobody"));
	}

	@Test
	void aPinAcceptsExactlyThatCertificateWhateverElse() throws Exception {
		ServerIdentity identity = ThrowAwayCa.selfSigned(List.of("localhost"), Validity.expired(now));
		String pin = sha256(identity);

		Finding finding = examine(identity, bench -> bench.pin(pin));

		assertThat(finding.outcome()).as(Bench.everything(finding)).isEqualTo(Outcome.PASS);
		assertThat(Bench.fact(finding, "tls.pinned")).contains(pin);
	}

	@Test
	void aPinRefusesEvenAGoodCertificate() throws Exception {
		ServerIdentity good = ca.issue(List.of(Bench.NAME), Validity.around(now));

		Finding finding = examine(good, bench -> bench.pin("00".repeat(32)));

		assertThat(finding.reason()).isEqualTo(Reason.of(Reasons.TLS_PIN_MISMATCH, sha256(good)));
		assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
	}

	@Test
	void aCertificateThatEndsSoonIsAWarning() throws Exception {
		ServerIdentity identity = ca.issue(List.of(Bench.NAME), new Validity(now.minus(Duration.ofDays(80)), now.plus(Duration.ofDays(10))));

		Finding finding = examine(identity);

		assertThat(finding.outcome()).isEqualTo(Outcome.WARN);
		assertThat(finding.reason()).isEqualTo(Reason.of(Trust.ENDS_SOON, "CN=" + Bench.NAME, identity.certificate().getNotAfter().toInstant()));
	}

	/// The run's clock judges, not the machine's: a run of next month finds this month's certificate over.
	@Test
	void theRunsClockJudges() throws Exception {
		ServerIdentity identity = ca.issue(List.of(Bench.NAME), Validity.around(now));

		Finding finding = examine(identity, bench -> bench.clock(Clock.fixed(now.plus(Duration.ofDays(60)), ZoneOffset.UTC)));

		assertThat(finding.reason().id()).isEqualTo(Reasons.TLS_EXPIRED);
	}

	/// As with the cross-signatures of well-known authorities that ended years ago and are still sent.
	@Test
	void anExpiredCertificateThatNobodyNeedsDoesNoHarm() throws Exception {
		ServerIdentity good = ca.issue(List.of(Bench.NAME), Validity.around(now));
		ThrowAwayCa old = ThrowAwayCa.create("Test authority", now.minus(Duration.ofDays(800)));

		Finding finding = examine(new ServerIdentity(List.of(good.certificate(), old.certificate()), good.key()));

		assertThat(finding.reason().id()).as(Bench.everything(finding)).isEqualTo(Reasons.LOGIN_OK);
	}

	/// RFC 6066 cannot ask for such a name, RFC 9525 cannot prove it.
	@Test
	void aNameWithAnUnderscoreIsRefusedNotABug() throws Exception {
		Finding finding = examine(ca.issue(List.of(Bench.NAME), Validity.around(now)), bench -> bench.name("mx_1.example.test"));

		assertThat(finding.reason().id()).isEqualTo(Reasons.TLS_NAME_MISMATCH);
	}
}
