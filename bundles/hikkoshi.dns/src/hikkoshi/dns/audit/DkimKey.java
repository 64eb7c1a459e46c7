package hikkoshi.dns.audit;

import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a DKIM key record says (RFC 6376, 3.6.1; Ed25519: RFC 8463, 4.2). Written by a stranger: everything is bounded by the record itself.
///
/// @param problem what verifiers cannot read, with the tag; empty when all is well
/// @param bits of an RSA key; 0 for others and where there is none
/// @param revoked whether `p` is empty: every signature with this selector is void
/// @param flags of `t`, in lower case: `y` for testing, `s` for "no subdomains"
/// @param forMail whether `s` lets it sign mail
/// @param sha256 whether `h` lets it sign with SHA-256, the only hash in use (RFC 8301)
record DkimKey(String problem, String algorithm, int bits, boolean revoked, List<String> flags, boolean forMail, boolean sha256) {
	private static final int ED25519_BYTES = 32;
	/// 1.2.840.113549.1.1.1 with its tag and length.
	private static final byte[] RSA = {6, 9, 42, (byte) 0x86, 72, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 1};
	private static final int SEQUENCE = 0x30;
	private static final int BIT_STRING = 3;
	private static final int INTEGER = 2;

	static DkimKey parse(String record) {
		Map<String, String> tags = new LinkedHashMap<>();
		String[] pairs = record.split(";", -1);
		for (int i = 0; i < pairs.length; i++) {
			String pair = pairs[i].strip();
			int equals = pair.indexOf('=');
			if (pair.isEmpty() && i == pairs.length - 1) {
				continue;
			}
			String tag = equals <= 0 ? "" : pair.substring(0, equals).strip();
			if (!tag.matches("[A-Za-z][A-Za-z0-9_]*")) {
				return unreadable(pair);
			}
			// names of tags are case-sensitive, and one that comes twice makes the whole record void (3.2)
			if (tags.putIfAbsent(tag, pair.substring(equals + 1).strip()) != null) {
				return unreadable(tag + "= (2×)");
			}
			if (tag.equals("v") && (tags.size() > 1 || !"DKIM1".equals(tags.get("v")))) {
				return unreadable(pair);
			}
		}
		String key = tags.get("p");
		if (key == null) {
			return unreadable("p=");
		}
		String algorithm = tags.getOrDefault("k", "rsa").toLowerCase(Locale.ROOT);
		List<String> flags = list(tags.getOrDefault("t", ""));
		List<String> services = list(tags.getOrDefault("s", "*"));
		List<String> hashes = list(tags.getOrDefault("h", "sha256"));
		boolean forMail = services.contains("*") || services.contains("email");
		String bare = key.replaceAll("[ \\t\\r\\n]", "");
		int bits = 0;
		String problem = "";
		if (!algorithm.equals("rsa") && !algorithm.equals("ed25519")) {
			problem = "k=" + algorithm;
		} else if (!bare.isEmpty()) {
			byte[] bytes = decoded(bare);
			bits = algorithm.equals("rsa") ? modulusBits(bytes) : 0;
			boolean fine = algorithm.equals("rsa") ? bits > 0 : bytes.length == ED25519_BYTES;
			problem = fine ? "" : "p=" + bare.substring(0, Math.min(bare.length(), 24)) + (bare.length() > 24 ? "…" : "");
		}
		return new DkimKey(problem, algorithm, bits, bare.isEmpty(), flags, forMail, hashes.contains("sha256"));
	}

	private static DkimKey unreadable(String what) {
		return new DkimKey(what, "", 0, false, List.of(), true, true);
	}

	private static List<String> list(String value) {
		return Arrays.stream(value.toLowerCase(Locale.ROOT).split(":")).map(String::strip).filter(item -> !item.isEmpty()).toList();
	}

	private static byte[] decoded(String base64) {
		try {
			return Base64.getDecoder().decode(base64);
		} catch (IllegalArgumentException e) {
			return new byte[0];
		}
	}

	/// Length of the modulus in a SubjectPublicKeyInfo (RFC 5280, 4.1.2.7), read by hand so that keys that no Java accepts any more can be named too;
	/// 0 when it is none.
	private static int modulusBits(byte[] der) {
		Der info = new Der(der, 0, der.length).inner(SEQUENCE);
		Der algorithm = info.inner(SEQUENCE);
		boolean rsa = algorithm.length() >= RSA.length && Arrays.equals(RSA, Arrays.copyOfRange(der, algorithm.from, algorithm.from + RSA.length));
		Der bits = info.after(algorithm).inner(BIT_STRING);
		if (!rsa || bits.length() < 2 || der[bits.from] != 0) {
			return 0;
		}
		Der modulus = new Der(der, bits.from + 1, bits.to).inner(SEQUENCE).inner(INTEGER);
		int from = modulus.from;
		while (from < modulus.to && der[from] == 0) {
			from++;
		}
		return from == modulus.to ? 0 : (modulus.to - from) * 8 - Integer.numberOfLeadingZeros(der[from] & 0xff) + 24;
	}

	/// A stretch of DER (X.690); empty once something does not fit.
	private record Der(byte[] bytes, int from, int to) {
		int length() {
			return to - from;
		}

		Der none() {
			return new Der(bytes, 0, 0);
		}

		/// The content of the first element, when it has that tag.
		Der inner(int tag) {
			if (length() < 2 || (bytes[from] & 0xff) != tag) {
				return none();
			}
			int first = bytes[from + 1] & 0xff;
			int start = from + 2;
			int size = first;
			if (first >= 0x80) {
				int octets = first & 0x7f;
				if (octets == 0 || octets > 2 || length() < 2 + octets) {
					return none();
				}
				size = 0;
				for (int i = 0; i < octets; i++) {
					size = size << 8 | bytes[start++] & 0xff;
				}
			}
			return start + size > to ? none() : new Der(bytes, start, start + size);
		}

		/// What stands behind an element of this stretch, given by its content.
		Der after(Der content) {
			return content.to <= from || content.to > to ? none() : new Der(bytes, content.to, to);
		}
	}
}
