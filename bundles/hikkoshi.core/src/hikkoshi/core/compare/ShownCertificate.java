package hikkoshi.core.compare;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Facts.Tree;

/// A certificate that a server showed, as evidence of a door keeps it: by its digests, which is all that DANE needs (RFC 6698, 2.1), its names and
/// its issuer.
///
/// @param issuer distinguished name (RFC 4514)
/// @param names DNS names it is for, lower case; the first fifty
/// @param sha256 of the whole certificate, hexadecimal, lower case; the others likewise
/// @param spki256 of its SubjectPublicKeyInfo
public record ShownCertificate(String subject, String issuer, List<String> names, String sha256, String sha512, String spki256, String spki512) {
	private static final int TRUST_ANCHOR = 2;
	private static final int END_ENTITY = 3;

	public ShownCertificate {
		names = List.copyOf(names);
	}

	/// The chain behind evidence of a door, the server's own certificate first; empty without TLS, and in evidence of older versions.
	public static List<ShownCertificate> in(Facts facts) {
		List<ShownCertificate> chain = new ArrayList<>();
		if (facts instanceof Tree tree) {
			collect(tree, chain);
		}
		return chain;
	}

	private static void collect(Tree tree, List<ShownCertificate> chain) {
		if (tree.key().equals("tls.certificate")) {
			Map<String, String> digests = tree.children().stream().collect(Collectors.toMap(Tree::key, Tree::value, (first, _) -> first));
			if (digests.containsKey("tls.spki-sha256")) {
				chain.add(new ShownCertificate(tree.value(), digests.getOrDefault("tls.issuer", ""), names(tree), digests.getOrDefault("tls.sha256", ""), digests.getOrDefault("tls.sha512", ""),
						digests.getOrDefault("tls.spki-sha256", ""), digests.getOrDefault("tls.spki-sha512", "")));
			}
		} else {
			tree.children().forEach(child -> collect(child, chain));
		}
	}

	private static List<String> names(Tree certificate) {
		return certificate.children().stream().filter(child -> child.key().equals("tls.names")).flatMap(child -> child.children().stream())
				.filter(child -> child.key().equals("tls.certificate-name")).map(child -> child.value().toLowerCase(Locale.ROOT)).toList();
	}

	/// Whether it is for a host; a wildcard stands for one whole label, the leftmost (RFC 9525, 6.3).
	///
	/// @param host in ACE form, without a dot at the end
	public boolean covers(String host) {
		String name = host.toLowerCase(Locale.ROOT);
		int dot = name.indexOf('.');
		return names.contains(name) || dot > 0 && names.contains("*" + name.substring(dot));
	}

	/// Whether a TLSA record fits a chain (RFC 7672, 3.1): 3 the server's own certificate, 2 any of it. Other usages fit nothing: SMTP does not know them.
	///
	/// @param selector 0 for the certificate, 1 for its public key
	/// @param matching 0 for the whole, 1 for SHA-256, 2 for SHA-512
	public static boolean fits(int usage, int selector, int matching, byte[] data, List<ShownCertificate> chain) {
		return switch (usage) {
			case END_ENTITY -> !chain.isEmpty() && chain.getFirst().is(selector, matching, data);
			case TRUST_ANCHOR -> chain.stream().anyMatch(each -> each.is(selector, matching, data));
			default -> false;
		};
	}

	private boolean is(int selector, int matching, byte[] data) {
		String hex = HexFormat.of().formatHex(data).toLowerCase(Locale.ROOT);
		return switch (matching) {
			// the whole is kept as its digest only
			case 0 -> sha256(data).equals(selector == 0 ? sha256 : selector == 1 ? spki256 : "");
			case 1 -> hex.equals(selector == 0 ? sha256 : selector == 1 ? spki256 : "");
			case 2 -> hex.equals(selector == 0 ? sha512 : selector == 1 ? spki512 : "");
			default -> false;
		};
	}

	/// The record that a server's own certificate would have: `3 1 1` and the digest of its key, which most advise (RFC 7671, 5.1).
	public String record() {
		return "3 1 1 " + spki256;
	}

	private static String sha256(byte[] data) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("every Java has SHA-256", e);
		}
	}
}
