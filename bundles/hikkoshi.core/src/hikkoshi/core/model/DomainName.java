package hikkoshi.core.model;

import java.net.IDN;
import java.util.Locale;

/// A DNS domain name in its ASCII form (A-labels, RFC 5890), lower case, without the trailing dot.
///
/// @param ascii e.g. `xn--mller-kva.example`
public record DomainName(String ascii) implements Comparable<DomainName> {
	private static final int MAX_NAME = 253;
	private static final int MAX_LABEL = 63;

	/// @throws IllegalArgumentException when `ascii` is not a host-like domain name
	public DomainName {
		if (ascii.isEmpty() || ascii.length() > MAX_NAME) {
			throw new IllegalArgumentException("domain name of " + ascii.length() + " characters");
		}
		for (String label : ascii.split("\\.", -1)) {
			if (!isLabel(label)) {
				throw new IllegalArgumentException("bad label '" + label + "' in domain name");
			}
		}
	}

	/// Reads a name as a person types it: any case, Unicode (converted per IDNA), with or without a trailing dot.
	///
	/// @throws IllegalArgumentException when it is no domain name
	public static DomainName parse(String text) {
		String bare = text.strip();
		if (bare.endsWith(".")) {
			bare = bare.substring(0, bare.length() - 1);
		}
		return new DomainName(IDN.toASCII(bare, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT));
	}

	/// The name for people: U-labels where they exist.
	public String unicode() {
		return IDN.toUnicode(ascii, IDN.ALLOW_UNASSIGNED);
	}

	private static boolean isLabel(String label) {
		if (label.isEmpty() || label.length() > MAX_LABEL || label.startsWith("-") || label.endsWith("-")) {
			return false;
		}
		return label.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_');
	}

	@Override
	public int compareTo(DomainName other) {
		return ascii.compareTo(other.ascii);
	}

	@Override
	public String toString() {
		return ascii;
	}
}
