package hikkoshi.core.format.roster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.FaultKind;
import hikkoshi.core.model.DomainName;

/// The master file of a zone (RFC 1035, 5), read for one question: which of its domains receive mail? Those that own an MX; where none does, the
/// zone itself (RFC 5321, 5.1, lets mail go to its address). A null MX (RFC 7505) says that a domain receives none. `$INCLUDE` is never followed.
final class ZoneReader {
	private static final Set<String> CLASSES = Set.of("IN", "CH", "HS", "CS", "ANY");
	private static final Pattern TTL = Pattern.compile("\\d{1,10}|(?:\\d{1,10}[SMHDWsmhdw])+");

	private final String text;
	private final Collector found;
	private final Map<DomainName, Integer> receiving = new LinkedHashMap<>();
	private final Map<DomainName, Integer> zones = new LinkedHashMap<>();
	private int at;
	private int line = 1;
	private int open;
	private int records;
	private boolean isMute;
	private String origin;
	private @Nullable String owner;

	ZoneReader(String text, Collector found) {
		this.text = text;
		this.found = found;
		DomainName known = found.domain();
		origin = known == null ? "" : known.ascii();
	}

	void read() throws InterruptedException {
		while (at < text.length()) {
			if (++records % 4_096 == 0 && Thread.interrupted()) {
				throw new InterruptedException();
			}
			if (records > Sheet.MAX_ROWS) {
				found.at(line, 1, FaultKind.CSV_ROWS, Sheet.MAX_ROWS);
				break;
			}
			boolean isOwned = text.charAt(at) > ' ';
			int begun = line;
			List<String> words = words();
			if (open > 0) {
				found.at(begun, 1, FaultKind.IMPORT_ZONE_SYNTAX);
				break;
			}
			if (!words.isEmpty()) {
				record(words, isOwned, begun);
			}
		}
		if (receiving.isEmpty() && !isMute && !zones.isEmpty()) {
			zones.forEach(found::domain);
			found.at(zones.values().iterator().next(), 1, FaultKind.IMPORT_ZONE_NO_MX, zones.keySet().iterator().next());
		}
		receiving.forEach(found::domain);
	}

	/// The words of one entry, which ends with its line unless a parenthesis is open. Escapes stay as they are; quotes are kept in front of a word,
	/// so that nobody takes it for a type.
	private List<String> words() {
		List<String> words = new ArrayList<>();
		StringBuilder word = new StringBuilder();
		boolean isQuoted = false;
		open = 0;
		int begun = line;
		while (at < text.length()) {
			char c = text.charAt(at++);
			if (c == '\n') {
				line++;
				if (isQuoted) {
					found.at(begun, 1, FaultKind.IMPORT_ZONE_SYNTAX);
					isQuoted = false;
				}
			}
			if (c == '\\' && at < text.length() && text.charAt(at) != '\n') {
				word.append(c).append(text.charAt(at++));
			} else if (c == '"') {
				isQuoted = !isQuoted;
				word.append(c);
			} else if (isQuoted) {
				word.append(c);
			} else if (c == ';') {
				while (at < text.length() && text.charAt(at) != '\n') {
					at++;
				}
			} else if (c <= ' ' || c == '(' || c == ')') {
				add(words, word);
				open += c == '(' ? 1 : c == ')' ? -1 : 0;
				if (c == '\n' && open <= 0) {
					break;
				}
			} else {
				word.append(c);
			}
		}
		add(words, word);
		return words;
	}

	private static void add(List<String> words, StringBuilder word) {
		if (!word.isEmpty() && words.size() < 64) {
			words.add(word.length() > 1_100 ? word.substring(0, 1_100) : word.toString());
		}
		word.setLength(0);
	}

	private void record(List<String> words, boolean isOwned, int begun) {
		String first = words.getFirst();
		switch (first.toUpperCase(Locale.ROOT)) {
			case "$ORIGIN" -> {
				if (words.size() > 1) {
					origin = absolute(words.get(1)).orElse(origin);
				}
				return;
			}
			case "$INCLUDE" -> {
				found.at(begun, 1, FaultKind.IMPORT_ZONE_INCLUDE);
				return;
			}
			case "$TTL", "$GENERATE" -> {
				return;
			}
			default -> {
				// an entry
			}
		}
		int i = isOwned ? 1 : 0;
		if (isOwned) {
			owner = first;
		}
		while (i < words.size() && (TTL.matcher(words.get(i)).matches() || CLASSES.contains(words.get(i).toUpperCase(Locale.ROOT)))) {
			i++;
		}
		String name = owner;
		if (i >= words.size() || name == null) {
			return;
		}
		String type = words.get(i).toUpperCase(Locale.ROOT);
		if (type.equals("SOA")) {
			domain(name, begun).ifPresent(domain -> zones.putIfAbsent(domain, begun));
		} else if (type.equals("MX")) {
			if (i + 2 < words.size() && words.get(i + 2).equals(".")) {
				isMute = true;
			} else if (!name.startsWith("*")) {
				domain(name, begun).ifPresent(domain -> receiving.putIfAbsent(domain, begun));
			}
		}
	}

	private Optional<DomainName> domain(String name, int begun) {
		Optional<String> absolute = absolute(name);
		if (absolute.isEmpty()) {
			found.refuse(begun, begun, 1, FaultKind.IMPORT_ZONE_ORIGIN);
			return Optional.empty();
		}
		Optional<DomainName> domain = found.addresses().domain(absolute.get());
		if (domain.isEmpty()) {
			found.refuse(begun, begun, 1, FaultKind.DOMAIN_BAD, absolute.get());
		}
		return domain;
	}

	/// Without the dot at its end; empty when it is relative to an origin that nobody named.
	private Optional<String> absolute(String name) {
		if (name.endsWith(".") && !name.endsWith("\\.")) {
			return Optional.of(name.substring(0, name.length() - 1));
		}
		if (origin.isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(name.equals("@") ? origin : name + "." + origin);
	}
}
