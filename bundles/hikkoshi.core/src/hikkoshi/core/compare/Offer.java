package hikkoshi.core.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Facts.Tree;
import hikkoshi.core.model.Protocol;

/// What a server says it can do, in one form for every protocol: names in capitals, in order of the alphabet, each with its argument.
///
/// A mechanism for logins is the feature `AUTH=` and its name, whatever the protocol calls it (`AUTH=PLAIN` of IMAP, `AUTH PLAIN` of EHLO,
/// `SASL PLAIN` of CAPA). A number behind a name is its argument (`SIZE` with `10240000`, `APPENDLIMIT` with `35651584`); what else follows a `=` in
/// IMAP belongs to the name (`THREAD=REFS`), since each is an extension of its own.
///
/// In facts it is a tree `offer` whose value says when it was said (`clear` before TLS, `tls` within it, `login` behind a login), with a child `feature` for
/// each name and below that, where there is one, `feature.argument`.
///
/// @param features name to argument, which is empty where there is none
public record Offer(SortedMap<String, String> features) {
	/// Said in clear text, before STARTTLS or on a door without TLS.
	public static final String CLEAR = "clear";
	/// Said within TLS, before any login.
	public static final String TLS = "tls";
	/// Said behind a login.
	public static final String LOGIN = "login";
	/// How the feature of a mechanism begins.
	public static final String AUTH = "AUTH=";

	private static final String KEY = "offer";
	private static final String FEATURE = "feature";
	private static final String ARGUMENT = "feature.argument";
	/// More than any registry has: what a hostile server says beyond is not kept.
	private static final int MOST_FEATURES = 300;
	private static final int MOST_CHARACTERS = 200;
	private static final Set<String> IMAP_NUMBERS = Set.of("APPENDLIMIT", "I18NLEVEL", "MESSAGELIMIT", "SAVELIMIT", "RIGHTS");

	public Offer {
		features = Collections.unmodifiableSortedMap(new TreeMap<>(features));
	}

	/// @param items what the server listed: atoms of IMAP, lines of CAPA or EHLO (without its greeting)
	public static Offer of(Protocol protocol, Iterable<String> items) {
		SortedMap<String, String> features = new TreeMap<>();
		for (String item : items) {
			String text = item.strip();
			if (text.isEmpty() || features.size() >= MOST_FEATURES) {
				continue;
			}
			switch (protocol) {
				case IMAP -> imap(cut(text), features);
				case POP3, SUBMISSION, SMTP -> line(cut(text), features);
			}
		}
		return new Offer(features);
	}

	private static void imap(String atom, SortedMap<String, String> features) {
		String name = atom.toUpperCase(Locale.ROOT);
		int equals = name.indexOf('=');
		if (equals > 0 && IMAP_NUMBERS.contains(name.substring(0, equals))) {
			features.put(name.substring(0, equals), atom.substring(equals + 1));
		} else {
			features.put(name, "");
		}
	}

	private static void line(String line, SortedMap<String, String> features) {
		// "AUTH=LOGIN" is what servers say to clients older than RFC 2554
		String[] parts = line.replaceFirst("(?i)^AUTH=", "AUTH ").split("\\s+", 2);
		String name = parts[0].toUpperCase(Locale.ROOT);
		String argument = parts.length > 1 ? parts[1].strip() : "";
		if (name.equals("AUTH") || name.equals("SASL")) {
			for (String mechanism : argument.toUpperCase(Locale.ROOT).split("\\s+")) {
				if (!mechanism.isEmpty()) {
					features.put(AUTH + mechanism, "");
				}
			}
		} else {
			features.put(name, argument);
		}
	}

	private static String cut(String text) {
		return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS);
	}

	public boolean has(String feature) {
		return features.containsKey(feature);
	}

	/// Names of the SASL mechanisms.
	public List<String> mechanisms() {
		return features.keySet().stream().filter(name -> name.startsWith(AUTH)).map(name -> name.substring(AUTH.length())).toList();
	}

	/// For the facts of a finding.
	///
	/// @param said [#CLEAR], [#TLS] or [#LOGIN]
	public Tree tree(String said) {
		List<Tree> children = new ArrayList<>();
		features.forEach((name, argument) -> children
				.add(argument.isEmpty() ? Tree.of(FEATURE, name) : Tree.of(FEATURE, name, Tree.of(ARGUMENT, argument))));
		return new Tree(KEY, said, children);
	}

	/// What facts of a finding hold, the one said last: behind the login, within TLS, in clear text.
	public static Optional<Offer> in(Facts facts) {
		return in(facts, LOGIN).or(() -> in(facts, TLS)).or(() -> in(facts, CLEAR));
	}

	public static Optional<Offer> in(Facts facts, String said) {
		return switch (facts) {
			case Tree(_, _, List<Tree> children) -> children.stream().filter(child -> child.key().equals(KEY) && child.value().equals(said)).findFirst()
					.map(Offer::read);
			case Facts.Table _, Facts.Text _ -> Optional.empty();
		};
	}

	private static Offer read(Tree offer) {
		SortedMap<String, String> features = new TreeMap<>();
		for (Tree child : offer.children()) {
			if (child.key().equals(FEATURE)) {
				features.put(child.value(), child.children().stream().filter(below -> below.key().equals(ARGUMENT)).map(Tree::value).findFirst().orElse(""));
			}
		}
		return new Offer(features);
	}

	@Override
	public String toString() {
		return features.entrySet().stream().map((Map.Entry<String, String> f) -> (f.getKey() + " " + f.getValue()).strip()).toList().toString();
	}
}
