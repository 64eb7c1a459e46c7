package hikkoshi.rehearsal.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/// A certification authority for one rehearsal or one test: its key is made in memory, never written, and gone with the object.
///
/// Only the certificate leaves it (`pem`, `writePem`), for the project's `trust:` list. Keys are EC P-256 (RFC 5480): made in about a millisecond.
/// Safe for use by several threads.
public final class ThrowAwayCa {

	private static final String SIGNATURE = "SHA256withECDSA";
	private static final SecureRandom RANDOM = new SecureRandom();
	/// An IPv4 dotted quad, or anything with a colon (no DNS name has one): these become iPAddress entries (RFC 5280, 4.2.1.6).
	private static final Pattern IP = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

	private final PrivateKey key;
	private final X509Certificate certificate;

	private ThrowAwayCa(PrivateKey key, X509Certificate certificate) {
		this.key = key;
		this.certificate = certificate;
	}

	/// A new authority, valid for a year around `now`.
	public static ThrowAwayCa create(String commonName, Instant now) {
		KeyPair pair = newKeyPair();
		X500Name name = named(commonName);
		X509Certificate certificate = sign(name, pair.getPrivate(), name, pair, new Validity(now.minus(Duration.ofDays(365)), now.plus(Duration.ofDays(365))),
				List.of(), true, null);
		return new ThrowAwayCa(pair.getPrivate(), certificate);
	}

	/// A server certificate that this authority vouches for.
	///
	/// @param names DNS names (`*.` allowed) and IP addresses for subjectAltName; the first is the subject's common name as well
	public ServerIdentity issue(List<String> names, Validity validity) {
		requireNames(names);
		KeyPair pair = newKeyPair();
		X509Certificate leaf = sign(X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()), key, named(names.getFirst()), pair, validity,
				names, false, certificate);
		return new ServerIdentity(List.of(leaf, certificate), pair.getPrivate());
	}

	/// A server certificate that only vouches for itself: no authority knows it.
	public static ServerIdentity selfSigned(List<String> names, Validity validity) {
		requireNames(names);
		KeyPair pair = newKeyPair();
		X500Name name = named(names.getFirst());
		return new ServerIdentity(List.of(sign(name, pair.getPrivate(), name, pair, validity, names, false, null)), pair.getPrivate());
	}

	public X509Certificate certificate() {
		return certificate;
	}

	/// The authority's certificate as PEM text (RFC 7468), lines ended by LF.
	public String pem() {
		return pem(certificate);
	}

	public static String pem(X509Certificate certificate) {
		try {
			String body = Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(certificate.getEncoded());
			return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
		} catch (CertificateEncodingException e) {
			throw new IllegalStateException("a certificate that we made ourselves cannot be encoded", e);
		}
	}

	public void writePem(Path file) throws IOException {
		Files.writeString(file, pem(), StandardCharsets.US_ASCII);
	}

	/// A context for the client's end of TLS that trusts this authority and nobody else.
	public SSLContext clientContext() {
		try {
			KeyStore store = KeyStore.getInstance("PKCS12");
			store.load(null, null);
			store.setCertificateEntry("rehearsal", certificate);
			TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			trust.init(store);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, trust.getTrustManagers(), null);
			return context;
		} catch (GeneralSecurityException | IOException e) {
			throw new IllegalStateException("this Java has no TLS client", e);
		}
	}

	@Override
	public String toString() {
		return "ThrowAwayCa[" + certificate.getSubjectX500Principal() + "]";
	}

	private static void requireNames(List<String> names) {
		if (names.isEmpty()) {
			throw new IllegalArgumentException("a server certificate needs a name");
		}
	}

	private static KeyPair newKeyPair() {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
			generator.initialize(new ECGenParameterSpec("secp256r1"));
			return generator.generateKeyPair();
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException("this Java has no EC keys", e);
		}
	}

	private static X500Name named(String commonName) {
		return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
	}

	private static X509Certificate sign(X500Name issuer, PrivateKey issuerKey, X500Name subject, KeyPair pair, Validity validity, List<String> names,
			boolean authority, @Nullable X509Certificate issuerCertificate) {
		try {
			BigInteger serial = new BigInteger(127, RANDOM).add(BigInteger.ONE);
			JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(issuer, serial, Date.from(validity.from()), Date.from(validity.to()), subject,
					pair.getPublic());
			JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
			builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
			builder.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(pair.getPublic()));
			if (issuerCertificate != null) {
				builder.addExtension(Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(issuerCertificate));
			}
			if (authority) {
				builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
			} else {
				builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
				builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
				builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
			}
			return new JcaX509CertificateConverter().getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(issuerKey)));
		} catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
			throw new IllegalStateException("cannot make a certificate for " + subject, e);
		}
	}

	private static GeneralNames alternatives(List<String> names) {
		return new GeneralNames(names.stream()
				.map(name -> new GeneralName(IP.matcher(name).matches() ? GeneralName.iPAddress : GeneralName.dNSName, name))
				.toArray(GeneralName[]::new));
	}
}
