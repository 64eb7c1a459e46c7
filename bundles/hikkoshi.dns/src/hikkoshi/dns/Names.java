package hikkoshi.dns;

import java.net.IDN;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;

import org.xbill.DNS.Name;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

import hikkoshi.core.model.DomainName;

/// Names and types as people type them.
public final class Names {
	/// Types that belong to a protocol's machinery and cannot be asked for like others.
	private static final Set<Integer> NOT_ASKABLE = Set.of(0, Type.OPT, Type.TSIG, Type.TKEY, Type.IXFR, Type.AXFR, Type.MAILA, Type.MAILB);

	private Names() {}

	public static Name of(DomainName name) {
		return Name.fromConstantString(name.ascii() + ".");
	}

	/// Reads a name, absolute with or without its final dot; Unicode is converted (IDNA). For PTR an address stands for its reverse name.
	///
	/// @throws IllegalArgumentException saying what is wrong with it
	static Name parse(String text, int type) {
		String bare = text.strip();
		if (bare.isEmpty()) {
			throw new IllegalArgumentException("no name to ask for (the root is '.')");
		}
		if (type == Type.PTR && looksLikeAddress(bare)) {
			return ReverseMap.fromAddress(InetAddress.ofLiteral(bare));
		}
		try {
			String ascii = bare.chars().allMatch(c -> c < 0x80) ? bare : IDN.toASCII(bare, IDN.ALLOW_UNASSIGNED);
			return Name.fromString(ascii, Name.root);
		} catch (TextParseException | IllegalArgumentException e) {
			throw new IllegalArgumentException("'" + printable(bare) + "' is no domain name: " + e.getMessage(), e);
		}
	}

	private static boolean looksLikeAddress(String text) {
		try {
			InetAddress.ofLiteral(text);
			return true;
		} catch (IllegalArgumentException e) {
			return false;
		}
	}

	/// Reads a type: its mnemonic in any case, or `TYPEnnn` (RFC 3597, 5).
	///
	/// @throws IllegalArgumentException saying what is wrong with it
	static int type(String text) {
		String upper = text.strip().toUpperCase(Locale.ROOT);
		int type = Type.value(upper);
		if (type < 0 || type > 0xffff) {
			throw new IllegalArgumentException("'" + printable(text) + "' is no record type: use a name such as MX, or TYPE65280");
		}
		if (NOT_ASKABLE.contains(type)) {
			throw new IllegalArgumentException(upper + " cannot be asked for: it is no type of a record in a zone");
		}
		return type;
	}

	private static String printable(String text) {
		StringBuilder out = new StringBuilder();
		text.codePoints().limit(80).forEach(c -> out.appendCodePoint(Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '\ufffd' : c));
		return out.toString();
	}
}
