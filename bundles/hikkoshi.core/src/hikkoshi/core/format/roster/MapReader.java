package hikkoshi.core.format.roster;

import java.util.ArrayList;
import java.util.List;

/// Tables of Postfix (postmap(1), virtual(5)) and aliases(5): a key, white space or a colon, a value. A line that begins with white space goes on
/// with the one before; a comment begins with `#`, also between such lines.
final class MapReader {
	private final Dialect dialect;
	private final Collector found;
	private final Relays relays;

	MapReader(Dialect dialect, Collector found) {
		this.dialect = dialect;
		this.found = found;
		relays = new Relays(found);
	}

	void read(String text) throws InterruptedException {
		CellReader lines = new CellReader(text, '\0', false, true, found);
		StringBuilder logical = new StringBuilder();
		int begun = 0;
		while (lines.next()) {
			char[] characters = lines.characters(0);
			boolean goesOn = characters[0] <= ' ';
			if (!goesOn && begun > 0) {
				entry(begun, logical.toString());
				logical.setLength(0);
			}
			if (!goesOn) {
				begun = lines.line();
			}
			logical.append(characters);
		}
		if (begun > 0) {
			entry(begun, logical.toString());
		}
		relays.end();
	}

	private void entry(int line, String text) {
		int end = 0;
		while (end < text.length() && text.charAt(end) > ' ') {
			end++;
		}
		String key = text.substring(0, end);
		String value = text.substring(end).strip();
		if (key.length() > 1 && key.endsWith(":")) {
			key = key.substring(0, key.length() - 1);
		} else if (value.startsWith(":") && value.length() > 1 && value.charAt(1) <= ' ') {
			value = value.substring(1).strip();
		}
		boolean isDomain = key.indexOf('@') < 0 && key.indexOf('.') > 0 && !key.endsWith(".");
		if (isDomain && found.addresses().domain(key).isPresent()) {
			// "virtual-alias.domain anything" only says that the domain is one
			found.domain(found.addresses().domain(key).get(), line);
		} else if (dialect == Dialect.POSTFIX_MAILBOXES) {
			found.addressOf(key, line, line, 1).ifPresent(address -> found.mailbox(line, address, null, null, null));
		} else {
			relays.add(line, 1, key, targets(value));
		}
	}

	/// Separated by commas or white space; a target in quotes may hold both.
	private static List<String> targets(String value) {
		List<String> targets = new ArrayList<>();
		StringBuilder target = new StringBuilder();
		boolean isQuoted = false;
		for (char c : value.toCharArray()) {
			if (c == '"') {
				isQuoted = !isQuoted;
			}
			if (!isQuoted && (c == ',' || c <= ' ')) {
				if (!target.isEmpty()) {
					targets.add(target.toString());
					target.setLength(0);
				}
			} else {
				target.append(c);
			}
		}
		if (!target.isEmpty()) {
			targets.add(target.toString());
		}
		return targets;
	}
}
