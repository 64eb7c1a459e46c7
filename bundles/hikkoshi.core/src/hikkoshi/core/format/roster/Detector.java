package hikkoshi.core.format.roster;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Reason;

/// Finds out what a text lists mailboxes in: by its header where it has one, else by what nearly all of its first lines look like. Says why.
final class Detector {
	private static final int SAMPLE_LINES = 200;
	private static final int SAMPLE_CHARACTERS = 100_000;
	private static final double NEARLY_ALL = 0.8;
	private static final String DELIMITERS = ",;\t|";

	// each is matched against one line of at most 2,000 characters and holds no nested repetition
	private static final Pattern ADDRESS = Pattern.compile("[^\\s@,;:|<>\"]{1,64}@[^\\s@,;:|<>\"]{1,253}");
	private static final Pattern RECORD = Pattern.compile("(?i).*\\s(?:SOA|MX|NS|AAAA|CNAME|TXT)\\s.*");
	private static final Pattern DIRECTIVE = Pattern.compile("(?i)\\$(?:ORIGIN|TTL|INCLUDE)\\s.*");
	private static final Pattern PASSWD = Pattern.compile("[^:;,\\s]+:(?:[^:\\s][^:]*)?(?::.*)?");
	private static final Pattern HASHED = Pattern.compile("[^:\\s]+:(?:\\{[^}]+}|\\$|[x*!]).*");
	private static final Pattern ALIASES = Pattern.compile("[^:\\s]+\\s*:\\s+\\S.*");
	private static final Pattern MAP = Pattern.compile("\\S+\\s+\\S.*");
	private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]_-]+");
	private static final Pattern NUMBER = Pattern.compile("\\d{1,12}|unlimited|");
	private static final Pattern LISTED = Pattern.compile("(?i)(?:mailname\\s+)?" + ADDRESS + "\\s*|SUCCESS:.*");

	private final List<String> lines;
	private final SheetOptions options;

	private Detector(List<String> lines, SheetOptions options) {
		this.lines = lines;
		this.options = options;
	}

	/// @param headings of the first line, where there is one
	/// @param reasons for the dialect, the delimiter and the header
	record Shape(Dialect dialect, char delimiter, boolean header, List<Reason> reasons) {
		Shape {
			reasons = List.copyOf(reasons);
		}
	}

	static Optional<Shape> detect(String text, SheetOptions options) {
		List<String> lines = new ArrayList<>();
		text.substring(0, Math.min(text.length(), SAMPLE_CHARACTERS)).lines().map(line -> line.substring(0, Math.min(line.length(), 2_000)))
				.filter(line -> !line.isBlank() && !line.stripLeading().startsWith("#")).limit(SAMPLE_LINES).forEach(lines::add);
		return lines.isEmpty() ? Optional.empty() : new Detector(lines, options).shape();
	}

	private Optional<Shape> shape() {
		Dialect asked = options.dialect();
		if (asked != null) {
			return Optional.of(shaped(asked, new Reason("import.dialect.asked", List.of(asked.token()))));
		}
		if (isZone()) {
			return Optional.of(shaped(Dialect.ZONE, new Reason("import.dialect.zone-records", List.of(Dialect.ZONE.token()))));
		}
		if (isBox()) {
			return Optional.of(shaped(Dialect.PLESK, new Reason("import.dialect.box", List.of(Dialect.PLESK.token()))));
		}
		Headings headings = Headings.of(cells(lines.getFirst(), delimiter(',')));
		Dialect named = Boolean.FALSE.equals(options.header()) ? null : byHeader(headings);
		if (named != null) {
			return Optional.of(shaped(named, new Reason("import.dialect.header", List.of(named.token(), headings.shown()))));
		}
		Dialect shaped = byShape();
		return shaped == null ? Optional.empty()
				: Optional.of(shaped(shaped, new Reason("import.dialect.shape", List.of(shaped.token()))));
	}

	private Shape shaped(Dialect dialect, Reason why) {
		List<Reason> reasons = new ArrayList<>(List.of(why));
		Character asked = options.delimiter();
		char delimiter = '\0';
		if (dialect.isTable()) {
			delimiter = asked != null ? asked : delimiter(dialect.delimiter());
			String id = asked != null ? "import.delimiter.asked" : "import.delimiter.counted";
			reasons.add(new Reason(id, List.of(name(delimiter))));
		} else if (dialect == Dialect.PASSWD) {
			delimiter = ':';
		} else if (dialect == Dialect.PLESK) {
			delimiter = isBox() ? '|' : asked != null ? asked : delimiter('\t');
		}
		boolean header = false;
		if (dialect.isTable() || dialect == Dialect.PLESK) {
			Boolean said = options.header();
			Headings headings = Headings.of(cells(lines.getFirst(), delimiter));
			header = said != null ? said : dialect.isHeaded() && (isBox() || byHeader(headings) != null || headings.nameAddresses());
			String id = said != null ? header ? "import.header.asked-yes" : "import.header.asked-no" : header ? "import.header.found" : "import.header.none";
			reasons.add(new Reason(id, List.of()));
		}
		return new Shape(dialect, delimiter, header, reasons);
	}

	/// A character as people call it.
	static String name(char delimiter) {
		return delimiter == '\t' ? "TAB" : delimiter == ' ' ? "SPACE" : String.valueOf(delimiter);
	}

	private boolean isZone() {
		if (lines.stream().anyMatch(line -> DIRECTIVE.matcher(line).matches())) {
			return true;
		}
		return lines.stream().anyMatch(line -> line.toUpperCase(Locale.ROOT).contains("SOA")) && lines.stream().filter(line ->
				RECORD.matcher(line + " ").matches()).count() >= 2;
	}

	private boolean isBox() {
		return lines.getFirst().startsWith("+-") || lines.getFirst().startsWith("|");
	}

	/// The one that the first line, which may be a header, holds most often outside quotes.
	private char delimiter(char usual) {
		Character asked = options.delimiter();
		if (asked != null) {
			return asked;
		}
		int most = 0;
		char delimiter = usual == '\0' ? ',' : usual;
		for (char candidate : DELIMITERS.toCharArray()) {
			int count = cells(lines.getFirst(), candidate).size() - 1;
			if (count > most) {
				most = count;
				delimiter = candidate;
			}
		}
		return delimiter;
	}

	static List<String> cells(String line, char delimiter) {
		List<String> cells = new ArrayList<>();
		boolean quoted = false;
		StringBuilder cell = new StringBuilder();
		for (char c : line.toCharArray()) {
			if (c == '"') {
				quoted = !quoted;
			} else if (c == delimiter && !quoted) {
				cells.add(cell.toString());
				cell.setLength(0);
			} else {
				cell.append(c);
			}
		}
		cells.add(cell.toString());
		return cells;
	}

	private static @Nullable Dialect byHeader(Headings h) {
		if (h.bare().stream().anyMatch(cell -> cell.indexOf('@') >= 0)) {
			return null;
		}
		if (h.has("address") && !h.hasAny("flags", "destination", "forwardto")) {
			return Dialect.HIKKOSHI;
		}
		if (h.has("exportname", "importname")) {
			return Dialect.CLOUDM;
		}
		if (h.has("emailaddress", "username")) {
			return Dialect.EXCHANGE;
		}
		if (h.has("emailaddress", "password") || h.has("emailaddress", "forcepasswordchange")) {
			return Dialect.EXCHANGE_STAGED;
		}
		if (h.has("source", "target") || h.has("address", "destination") || h.has("address", "forwardto")) {
			return Dialect.CPANEL_FORWARDERS;
		}
		if (h.has("mailname") || h.has("address", "flags")) {
			return Dialect.PLESK;
		}
		if (h.has("name") && h.hasAny("mailaddress", "groups") && !h.hasAny("email", "emailaddress")) {
			return Dialect.KERIO_USERS;
		}
		if (h.has("email") && h.hasAny("quota", "domain")) {
			return Dialect.CPANEL;
		}
		return h.nameAddresses() ? Dialect.TABLE : null;
	}

	private @Nullable Dialect byShape() {
		if (nearlyAll(line -> LISTED.matcher(line).matches()) && lines.stream().anyMatch(line -> line.startsWith("mailname") || line.startsWith("SUCCESS:"))) {
			return Dialect.PLESK;
		}
		if (nearlyAll(line -> isImapsync(cells(line, ';')))) {
			return Dialect.IMAPSYNC;
		}
		if (nearlyAll(line -> PASSWD.matcher(line).matches()) && (nearlyAll(line -> HASHED.matcher(line).matches())
				|| nearlyAll(line -> line.chars().filter(c -> c == ':').count() >= 6)
				|| nearlyAll(line -> line.indexOf('@') > 0 && line.indexOf('@') < line.indexOf(':')))) {
			return Dialect.PASSWD;
		}
		char delimiter = delimiter(',');
		Character asked = options.delimiter();
		if (delimiter == ';' && nearlyAll(line -> at(line, ';', 3, 0))) {
			return Dialect.KERIO;
		}
		if (nearlyAll(line -> at(line, delimiter, 2, 0, 1))) {
			return Dialect.CPANEL_FORWARDERS;
		}
		if (nearlyAll(line -> at(line, delimiter, 3, 0) && NUMBER.matcher(cells(line, delimiter).get(2).strip()).matches())
				|| nearlyAll(line -> cells(line, delimiter).size() == 4 && NUMBER.matcher(cells(line, delimiter).get(3).strip()).matches())) {
			return Dialect.CPANEL;
		}
		if (nearlyAll(line -> at(line, delimiter, 2, 0)) && (asked != null || lines.stream().noneMatch(line -> line.indexOf(' ') >= 0 && line.indexOf('<') >= 0))) {
			return Dialect.ISPMANAGER;
		}
		return byWords();
	}

	private @Nullable Dialect byWords() {
		List<String> logical = lines.stream().filter(line -> line.charAt(0) > ' ').toList();
		if (nearlyAll(logical, line -> ALIASES.matcher(line).matches())) {
			return Dialect.POSTFIX_ALIASES;
		}
		if (nearlyAll(logical, line -> line.indexOf('@') >= 0 && (line.indexOf('<') > 0 || ADDRESS.matcher(line.strip()).matches()))) {
			return Dialect.ADDRESSES;
		}
		if (nearlyAll(logical, line -> MAP.matcher(line).matches() && line.indexOf('<') < 0 && key(line).indexOf(',') < 0)) {
			boolean paths = nearlyAll(logical, line -> {
				String value = line.substring(key(line).length()).strip();
				boolean isOne = !value.startsWith("|") && value.indexOf(',') < 0 && key(value).length() == value.length();
				return isOne && (value.indexOf('/') > 0 || key(line).indexOf('@') >= 0 && value.indexOf('@') < 0);
			});
			return paths ? Dialect.POSTFIX_MAILBOXES : lines.stream().anyMatch(line -> line.indexOf('@') >= 0) ? Dialect.POSTFIX_ALIASES : null;
		}
		return nearlyAll(line -> line.indexOf('@') > 0) ? Dialect.ADDRESSES : null;
	}

	private static String key(String line) {
		int end = 0;
		while (end < line.length() && line.charAt(end) > ' ') {
			end++;
		}
		return line.substring(0, end);
	}

	private static boolean isImapsync(List<String> cells) {
		return cells.size() >= 6 && HOST.matcher(cells.get(0).strip()).matches() && HOST.matcher(cells.get(3).strip()).matches()
				&& !cells.get(1).isBlank() && !cells.get(4).isBlank();
	}

	/// Whether a line has so many cells, and addresses in some of them.
	private static boolean at(String line, char delimiter, int count, int... addresses) {
		List<String> cells = cells(line, delimiter);
		if (cells.size() != count) {
			return false;
		}
		for (int address : addresses) {
			if (!ADDRESS.matcher(cells.get(address).strip()).matches()) {
				return false;
			}
		}
		return true;
	}

	private boolean nearlyAll(Predicate<String> test) {
		return nearlyAll(lines, test);
	}

	private static boolean nearlyAll(List<String> lines, Predicate<String> test) {
		return !lines.isEmpty() && lines.stream().filter(test).count() >= Math.ceil(NEARLY_ALL * lines.size());
	}
}
