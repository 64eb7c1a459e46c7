package hikkoshi.dns.spf;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import hikkoshi.dns.spf.SpfResult.Value;

/// A record as RFC 7208, 12 writes it. Reading it either gives all its terms or fails: a receiver judges no half of it.
///
/// @param explanation null when there is none
/// @param redirect null when there is none
record SpfRecord(List<Term> terms, @Nullable MacroString redirect, @Nullable MacroString explanation) {
	private static final String VERSION = "v=spf1";
	private static final Pattern MODIFIER = Pattern.compile("([A-Za-z][A-Za-z0-9_.-]*)=(.*)");
	private static final Pattern DIRECTIVE = Pattern.compile("([-+~?]?)([A-Za-z0-9._-]+)(.*)");
	private static final Pattern PREFIXES = Pattern.compile("(.*?)(?:/(0|[1-9][0-9]?))?(?://(0|[1-9][0-9]{0,2}))?");
	private static final Pattern OCTETS = Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");
	private static final int BITS_4 = 32;
	private static final int BITS_6 = 128;

	SpfRecord {
		terms = List.copyOf(terms);
	}

	/// Whether a TXT record is one of SPF at all.
	static boolean is(String text) {
		return text.regionMatches(true, 0, VERSION, 0, VERSION.length()) && (text.length() == VERSION.length() || text.charAt(VERSION.length()) == ' ');
	}

	static SpfRecord parse(String text) throws SpfSyntaxException {
		List<Term> terms = new ArrayList<>();
		MacroString redirect = null;
		MacroString explanation = null;
		for (String term : text.substring(VERSION.length()).split(" +")) {
			if (term.isEmpty()) {
				continue;
			}
			try {
				Matcher modifier = MODIFIER.matcher(term);
				if (modifier.matches()) {
					String value = modifier.group(2);
					switch (modifier.group(1).toLowerCase(Locale.ROOT)) {
						case "redirect" -> redirect = once(redirect, value, term);
						case "exp" -> explanation = once(explanation, value, term);
						default -> MacroString.parse(value, MacroString.Place.NAME);
					}
				} else {
					terms.add(directive(term));
				}
			} catch (SpfSyntaxException e) {
				// the term as a whole is what a person finds in the record
				throw new SpfSyntaxException(term);
			}
		}
		return new SpfRecord(terms, redirect, explanation);
	}

	private static MacroString once(@Nullable MacroString before, String value, String term) throws SpfSyntaxException {
		if (before != null) {
			throw new SpfSyntaxException(term);
		}
		return MacroString.domainSpec(value);
	}

	private static Term directive(String written) throws SpfSyntaxException {
		Matcher directive = DIRECTIVE.matcher(written);
		if (!directive.matches()) {
			throw new SpfSyntaxException(written);
		}
		Value qualifier = switch (directive.group(1)) {
			case "-" -> Value.FAIL;
			case "~" -> Value.SOFTFAIL;
			case "?" -> Value.NEUTRAL;
			default -> Value.PASS;
		};
		String rest = directive.group(3);
		Term.Mechanism mechanism = switch (directive.group(2).toLowerCase(Locale.ROOT)) {
			case "all" -> all(rest);
			case "include" -> new Term.Include(MacroString.domainSpec(behindColon(rest)));
			case "exists" -> new Term.Exists(MacroString.domainSpec(behindColon(rest)));
			case "ptr" -> new Term.Ptr(rest.isEmpty() ? null : MacroString.domainSpec(behindColon(rest)));
			case "ip4" -> network(behindColon(rest), BITS_4);
			case "ip6" -> network(behindColon(rest), BITS_6);
			case "a" -> {
				Matcher parts = prefixes(rest);
				yield new Term.A(domain(parts), prefixes(parts));
			}
			case "mx" -> {
				Matcher parts = prefixes(rest);
				yield new Term.Mx(domain(parts), prefixes(parts));
			}
			default -> throw new SpfSyntaxException(written);
		};
		return new Term(written, qualifier, mechanism);
	}

	private static Term.Mechanism all(String rest) throws SpfSyntaxException {
		if (!rest.isEmpty()) {
			throw new SpfSyntaxException(rest);
		}
		return new Term.All();
	}

	private static String behindColon(String rest) throws SpfSyntaxException {
		if (!rest.startsWith(":")) {
			throw new SpfSyntaxException(rest);
		}
		return rest.substring(1);
	}

	private static Matcher prefixes(String rest) throws SpfSyntaxException {
		Matcher parts = PREFIXES.matcher(rest);
		if (!parts.matches()) {
			throw new SpfSyntaxException(rest);
		}
		return parts;
	}

	private static @Nullable MacroString domain(Matcher parts) throws SpfSyntaxException {
		return parts.group(1).isEmpty() ? null : MacroString.domainSpec(behindColon(parts.group(1)));
	}

	private static Term.Prefixes prefixes(Matcher parts) throws SpfSyntaxException {
		return new Term.Prefixes(prefix(parts.group(2), BITS_4), prefix(parts.group(3), BITS_6));
	}

	private static int prefix(@Nullable String digits, int most) throws SpfSyntaxException {
		int prefix = digits == null ? most : Integer.parseInt(digits);
		if (prefix > most) {
			throw new SpfSyntaxException("/" + digits);
		}
		return prefix;
	}

	private static Term.Ip network(String text, int bits) throws SpfSyntaxException {
		int slash = text.indexOf('/');
		String address = slash < 0 ? text : text.substring(0, slash);
		String digits = slash < 0 ? null : text.substring(slash + 1);
		if (digits != null && !digits.matches("0|[1-9][0-9]{0,2}") || bits == BITS_4 && !OCTETS.matcher(address).matches()
				|| bits == BITS_6 && (address.indexOf(':') < 0 || address.indexOf('%') >= 0 || address.indexOf('[') >= 0)) {
			throw new SpfSyntaxException(text);
		}
		try {
			InetAddress network = InetAddress.ofLiteral(address);
			// ::ffff:192.0.2.1 becomes an IPv4 address in Java; as a network of ip6 it can match no host, since those are taken as IPv4 too
			int prefix = prefix(digits, bits);
			return new Term.Ip(network, bits == BITS_6 && network instanceof Inet4Address ? Integer.MAX_VALUE : prefix);
		} catch (IllegalArgumentException e) {
			throw new SpfSyntaxException(text);
		}
	}
}
