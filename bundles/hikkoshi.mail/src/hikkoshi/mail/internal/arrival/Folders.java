package hikkoshi.mail.internal.arrival;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Which folders mail arrives in: INBOX, and where a filter puts what it takes for spam. That one is told by its special use (RFC 6154), else by its name.
/// Names are as on the wire (modified UTF-7, RFC 3501, 5.1.3).
final class Folders {
	static final String INBOX = "INBOX";
	/// More are no junk folders but a person's own order.
	static final int MOST_JUNK = 4;
	/// As servers and mailers call it, the last ones in Japanese (迷惑メール, スパム, スパムメール) and Chinese (垃圾邮件).
	private static final List<String> JUNK = List.of("Junk", "Spam", "Junk E-mail", "Junk Email", "Junk Mail", "Bulk Mail", "Bulk", "Unerw&APw-nscht", "Spamverdacht",
			"Courrier ind&AOk-sirable", "Ind&AOk-sirables", "Correo no deseado", "Posta indesiderata", "&j,dg0TDhMPww6w-", "&MLkw0TDg-", "&MLkw0TDgMOEw,DDr-",
			"&V4NXPpCuTvY-");
	private static final Set<String> LOWER = Set.copyOf(JUNK.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList());

	private Folders() {}

	static boolean isInbox(String name) {
		return name.equalsIgnoreCase(INBOX);
	}

	/// Whether a folder's name says junk, at the top or directly below INBOX.
	static boolean isJunk(String name, String separator) {
		String last = name;
		for (String level : separator.isEmpty() ? List.of(".", "/") : List.of(separator)) {
			if (last.regionMatches(true, 0, INBOX + level, 0, INBOX.length() + level.length())) {
				last = last.substring(INBOX.length() + level.length());
			}
		}
		return LOWER.contains(last.toLowerCase(Locale.ROOT));
	}

	/// The names to ask for in one command: INBOX and the junk folders that are known; where none is, every usual name of one, since it may be made when
	/// the first spam comes.
	static List<String> candidates(Set<String> known) {
		Set<String> all = new LinkedHashSet<>(List.of(INBOX));
		all.addAll(known);
		for (String name : known.isEmpty() ? JUNK : List.<String>of()) {
			all.addAll(List.of(name, INBOX + "." + name, INBOX + "/" + name));
		}
		return new ArrayList<>(all);
	}

	/// Whether a name can stand in a command as a quoted string, and means itself alone in a pattern.
	static boolean isPlain(String name) {
		return !name.isEmpty() && name.length() <= 255 && name.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '%' && c != '*');
	}

	/// A quoted string (RFC 3501, 4.3).
	static String quoted(String name) {
		return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
	}
}
