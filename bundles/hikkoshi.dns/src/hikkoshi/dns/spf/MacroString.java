package hikkoshi.dns.spf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text with macros (RFC 7208, 7).
///
/// @param written as it stands in the record
record MacroString(String written, List<Part> parts) {
	private static final Pattern MACRO = Pattern.compile("\\{([a-zA-Z])([0-9]*)([rR]?)([-.+,/_=]*)\\}");
	private static final String IN_NAMES = "slodiphv";
	private static final String IN_EXPLANATIONS = IN_NAMES + "crt";
	private static final Pattern TOP_LABEL = Pattern.compile("(?![0-9]+$)[A-Za-z0-9]|(?![0-9]+$)[A-Za-z0-9][A-Za-z0-9-]{0,61}[A-Za-z0-9]");

	MacroString {
		parts = List.copyOf(parts);
	}

	sealed interface Part {}

	record Literal(String text) implements Part {}

	/// @param keep how many labels from the right; 0 for all
	record Macro(char letter, int keep, boolean reverse, String delimiters, boolean escape) implements Part {}

	/// What the letters stand for in one evaluation.
	interface Values {
		/// @param letter in lower case
		String of(char letter) throws IOException, InterruptedException;
	}

	/// Where a macro string stands decides which letters it may use.
	enum Place {
		NAME,
		EXPLANATION
	}

	static MacroString parse(String text, Place place) throws SpfSyntaxException {
		List<Part> parts = new ArrayList<>();
		StringBuilder literal = new StringBuilder();
		Matcher macro = MACRO.matcher(text);
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c != '%') {
				if (c < ' ' || c > '~' || c == ' ' && place == Place.NAME) {
					throw new SpfSyntaxException(text);
				}
				literal.append(c);
				continue;
			}
			char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
			switch (next) {
				case '%' -> literal.append('%');
				case '_' -> literal.append(' ');
				case '-' -> literal.append("%20");
				case '{' -> {
					if (!macro.find(i + 1) || macro.start() != i + 1) {
						throw new SpfSyntaxException(text);
					}
					flush(literal, parts);
					parts.add(macro(macro, place, text));
					i = macro.end() - 2;
				}
				default -> throw new SpfSyntaxException(text);
			}
			i++;
		}
		flush(literal, parts);
		return new MacroString(text, parts);
	}

	private static Macro macro(Matcher found, Place place, String text) throws SpfSyntaxException {
		char written = found.group(1).charAt(0);
		char letter = Character.toLowerCase(written);
		if ((place == Place.NAME ? IN_NAMES : IN_EXPLANATIONS).indexOf(letter) < 0) {
			throw new SpfSyntaxException(text);
		}
		String digits = found.group(2);
		int keep = 0;
		if (!digits.isEmpty()) {
			// no name has more labels than that
			keep = digits.length() > 3 ? 255 : Integer.parseInt(digits);
			if (keep == 0) {
				throw new SpfSyntaxException(text);
			}
		}
		return new Macro(letter, keep, !found.group(3).isEmpty(), found.group(4).isEmpty() ? "." : found.group(4), letter != written);
	}

	private static void flush(StringBuilder literal, List<Part> parts) {
		if (!literal.isEmpty()) {
			parts.add(new Literal(literal.toString()));
			literal.setLength(0);
		}
	}

	/// A domain-spec ends in a macro or in a label that can be a top-level domain.
	static MacroString domainSpec(String text) throws SpfSyntaxException {
		MacroString spec = parse(text, Place.NAME);
		if (spec.parts.isEmpty() || spec.parts.getLast() instanceof Literal && !text.endsWith("%%") && !text.endsWith("%_") && !text.endsWith("%-")
				&& !endsInTopLabel(text)) {
			throw new SpfSyntaxException(text);
		}
		return spec;
	}

	private static boolean endsInTopLabel(String text) {
		String bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
		int dot = bare.lastIndexOf('.');
		return dot >= 0 && TOP_LABEL.matcher(bare.substring(dot + 1)).matches();
	}

	String expand(Values values) throws IOException, InterruptedException {
		StringBuilder text = new StringBuilder();
		for (Part part : parts) {
			switch (part) {
				case Literal literal -> text.append(literal.text());
				case Macro macro -> text.append(expand(macro, values.of(macro.letter())));
			}
		}
		return text.toString();
	}

	private static String expand(Macro macro, String value) {
		List<String> labels = new ArrayList<>(Arrays.asList(value.split("[" + Pattern.quote(macro.delimiters()) + "]", -1)));
		if (macro.reverse()) {
			Collections.reverse(labels);
		}
		int from = macro.keep() == 0 ? 0 : Math.max(0, labels.size() - macro.keep());
		String text = String.join(".", labels.subList(from, labels.size()));
		return macro.escape() ? escaped(text) : text;
	}

	/// All but the unreserved characters of RFC 3986.
	private static String escaped(String text) {
		StringBuilder url = new StringBuilder();
		for (char c : text.toCharArray()) {
			boolean plain = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || "-._~".indexOf(c) >= 0;
			url.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", c & 0xff));
		}
		return url.toString();
	}
}
