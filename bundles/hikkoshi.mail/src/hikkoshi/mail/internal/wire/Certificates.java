package hikkoshi.mail.internal.wire;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

import hikkoshi.core.evidence.Facts.Tree;
import hikkoshi.core.model.DomainName;

/// What a certificate says, in words that may be kept.
public final class Certificates {
	/// Type of a DNS name in subjectAltName (RFC 5280, 4.2.1.6).
	private static final Integer DNS_NAME = 2;
	private static final int MOST_NAMES = 50;

	private Certificates() {}

	static String subject(X509Certificate certificate) {
		return Words.clean(certificate.getSubjectX500Principal().getName());
	}

	public static String issuer(X509Certificate certificate) {
		return Words.clean(certificate.getIssuerX500Principal().getName());
	}

	/// The DNS names it is for. The common name does not count (RFC 9525, 2).
	public static List<String> names(X509Certificate certificate) {
		List<String> names = new ArrayList<>();
		try {
			Collection<List<?>> entries = certificate.getSubjectAlternativeNames();
			if (entries != null) {
				for (List<?> entry : entries) {
					if (DNS_NAME.equals(entry.get(0)) && entry.get(1) instanceof String name) {
						names.add(name.toLowerCase(Locale.ROOT));
					}
				}
			}
		} catch (CertificateParsingException e) {
			// then it is for no name that anybody can read
		}
		return names;
	}

	/// RFC 9525, 6.3: label by label; a wildcard stands for exactly one whole label, the leftmost.
	static boolean covers(String pattern, DomainName name) {
		if (pattern.startsWith("*.")) {
			int dot = name.ascii().indexOf('.');
			return dot > 0 && name.ascii().substring(dot).equals(pattern.substring(1));
		}
		return pattern.equals(name.ascii());
	}

	static boolean selfSigned(X509Certificate certificate) {
		if (!certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
			return false;
		}
		try {
			certificate.verify(certificate.getPublicKey());
			return true;
		} catch (GeneralSecurityException e) {
			return false;
		}
	}

	public static String sha256(X509Certificate certificate) {
		return digest("SHA-256", encoded(certificate));
	}

	private static byte[] encoded(X509Certificate certificate) {
		try {
			return certificate.getEncoded();
		} catch (CertificateEncodingException e) {
			throw new IllegalStateException("a parsed certificate has a form", e);
		}
	}

	private static String digest(String algorithm, byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("every Java has SHA-2", e);
		}
	}

	static Tree describe(X509Certificate certificate) {
		List<Tree> facts = new ArrayList<>();
		facts.add(Tree.of("tls.issuer", issuer(certificate)));
		List<String> names = names(certificate);
		List<Tree> shown = names.stream().limit(MOST_NAMES).map(name -> Tree.of("tls.certificate-name", Words.clean(name))).toList();
		facts.add(new Tree("tls.names", String.valueOf(names.size()), shown));
		facts.add(Tree.of("tls.serial", Words.clean(certificate.getSerialNumber().toString(16))));
		facts.add(Tree.of("tls.not-before", certificate.getNotBefore().toInstant()));
		facts.add(Tree.of("tls.not-after", certificate.getNotAfter().toInstant()));
		facts.add(Tree.of("tls.sha256", sha256(certificate)));
		facts.add(Tree.of("tls.sha512", digest("SHA-512", encoded(certificate))));
		// what DANE compares with (RFC 6698, 2.1)
		facts.add(Tree.of("tls.spki-sha256", digest("SHA-256", certificate.getPublicKey().getEncoded())));
		facts.add(Tree.of("tls.spki-sha512", digest("SHA-512", certificate.getPublicKey().getEncoded())));
		facts.add(Tree.of("tls.key", key(certificate.getPublicKey())));
		facts.add(Tree.of("tls.signature", Words.clean(certificate.getSigAlgName())));
		return new Tree("tls.certificate", subject(certificate), facts);
	}

	private static String key(PublicKey key) {
		return switch (key) {
			case RSAKey rsa -> key.getAlgorithm() + " " + rsa.getModulus().bitLength();
			case ECPublicKey ec -> key.getAlgorithm() + " " + ec.getParams().getOrder().bitLength();
			default -> key.getAlgorithm();
		};
	}
}
