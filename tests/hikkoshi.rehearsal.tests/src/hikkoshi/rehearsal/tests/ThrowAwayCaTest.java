package hikkoshi.rehearsal.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.rehearsal.tls.ServerIdentity;
import hikkoshi.rehearsal.tls.ThrowAwayCa;
import hikkoshi.rehearsal.tls.Validity;

class ThrowAwayCaTest {

	private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

	private final ThrowAwayCa ca = ThrowAwayCa.create("Rehearsal", NOW);

	@Test
	void aChainFromTheAuthorityIsValidForPkix() throws Exception {
		ServerIdentity identity = ca.issue(List.of("old.example.test", "*.example.test", "127.0.0.2", "::1"), Validity.around(NOW));

		validate(identity, ca);

		assertThat(identity.chain()).hasSize(2).last().isEqualTo(ca.certificate());
		assertThat(identity.certificate().getSubjectAlternativeNames()).extracting(entry -> entry.getFirst() + "=" + entry.getLast())
				.containsExactly("2=old.example.test", "2=*.example.test", "7=127.0.0.2", "7=0:0:0:0:0:0:0:1");
		assertThat(identity.certificate().getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
		assertThat(identity.certificate().getBasicConstraints()).as("no authority").isEqualTo(-1);
	}

	@Test
	void anotherAuthorityIsNotTrusted() {
		ThrowAwayCa stranger = ThrowAwayCa.create("Rehearsal", NOW);

		assertThatThrownBy(() -> validate(stranger.issue(List.of("old.example.test"), Validity.around(NOW)), ca)).isInstanceOf(CertPathValidatorException.class);
	}

	@Test
	void aSelfSignedOneVouchesForItselfOnly() throws Exception {
		ServerIdentity identity = ThrowAwayCa.selfSigned(List.of("old.example.test"), Validity.around(NOW));

		identity.certificate().verify(identity.certificate().getPublicKey());
		assertThat(identity.chain()).hasSize(1);
		assertThat(identity.certificate().getIssuerX500Principal()).isEqualTo(identity.certificate().getSubjectX500Principal());
		assertThatThrownBy(() -> validate(identity, ca)).isInstanceOf(CertPathValidatorException.class);
	}

	@Test
	void windowsInThePastAndInTheFuture() {
		Date now = Date.from(NOW);
		X509Certificate old = ca.issue(List.of("a.test"), Validity.expired(NOW)).certificate();
		X509Certificate early = ca.issue(List.of("a.test"), Validity.notYet(NOW)).certificate();

		assertThatThrownBy(() -> old.checkValidity(now)).isInstanceOf(CertificateExpiredException.class);
		assertThatThrownBy(() -> early.checkValidity(now)).isInstanceOf(CertificateNotYetValidException.class);
		assertThatThrownBy(() -> new Validity(NOW, NOW)).isInstanceOf(IllegalArgumentException.class);
	}

	@Test
	void pemCanBeReadBack(@TempDir Path folder) throws Exception {
		Path file = folder.resolve("ca.pem");
		ca.writePem(file);

		byte[] bytes = Files.readAllBytes(file);
		assertThat(new String(bytes, StandardCharsets.US_ASCII)).startsWith("-----BEGIN CERTIFICATE-----\n").endsWith("-----END CERTIFICATE-----\n")
				.doesNotContain("\r");
		assertThat(CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes))).isEqualTo(ca.certificate());
	}

	@Test
	void noKeyInWords() {
		ServerIdentity identity = ca.issue(List.of("old.example.test"), Validity.around(NOW));

		assertThat(identity).hasToString("ServerIdentity[CN=old.example.test]");
		assertThat(ca).hasToString("ThrowAwayCa[CN=Rehearsal]");
	}

	private static void validate(ServerIdentity identity, ThrowAwayCa trusted) throws Exception {
		PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(trusted.certificate(), null)));
		parameters.setRevocationEnabled(false);
		parameters.setDate(Date.from(NOW));
		CertPathValidator.getInstance("PKIX").validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(identity.certificate())), parameters);
	}
}
