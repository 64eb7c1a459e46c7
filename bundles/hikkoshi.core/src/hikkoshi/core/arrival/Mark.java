package hikkoshi.core.arrival;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How far a folder has been read: what is behind it is known, what is beyond is new. Kept in the evidence of the round that got so far, so that a
/// restart goes on from the log.
public sealed interface Mark {
	/// The folder's name as it is on the wire.
	String folder();

	/// As a word of a table, without the folder.
	String token();

	/// A folder of IMAP (RFC 9051, 2.3.1.1).
	///
	/// @param validity of its UIDs; another one means that none of the old UIDs says anything any more
	/// @param next the lowest UID that has not been looked at
	/// @param modseq of the folder (RFC 7162), or -1 where the server has none
	/// @param messages in the folder then
	record Imap(String folder, long validity, long next, long modseq, long messages) implements Mark {
		private static final Pattern TOKEN = Pattern.compile("imap:([0-9]{1,18}):([0-9]{1,18}):(-1|[0-9]{1,18}):([0-9]{1,18})");

		@Override
		public String token() {
			return "imap:" + validity + ":" + next + ":" + modseq + ":" + messages;
		}
	}

	/// A maildrop of POP3. What `STAT` says tells a quiet one; otherwise the last unique ids (RFC 1939, `UIDL`) tell where the new ones begin, since
	/// servers list messages as they came.
	///
	/// @param messages how many
	/// @param octets how large together
	/// @param tail digests of the newest unique ids, oldest first, at most [#TAIL]
	record Pop3(long messages, long octets, List<String> tail) implements Mark {
		/// Unique ids that are remembered: where a person deletes as many of the newest messages at once, the next look finds a hole and says so.
		public static final int TAIL = 256;
		/// POP3 has no other folder.
		public static final String INBOX = "INBOX";
		private static final Pattern TOKEN = Pattern.compile("pop3:([0-9]{1,18}):([0-9]{1,18}):([A-Za-z0-9_.-]{0,4000})");

		public Pop3 {
			tail = List.copyOf(tail.subList(Math.max(0, tail.size() - TAIL), tail.size()));
		}

		@Override
		public String folder() {
			return INBOX;
		}

		@Override
		public String token() {
			return "pop3:" + messages + ":" + octets + ":" + String.join(".", tail);
		}
	}

	/// Reads a token; empty for what is none.
	static Optional<Mark> parse(String folder, String token) {
		Matcher imap = Imap.TOKEN.matcher(token);
		if (imap.matches()) {
			return Optional.of(new Imap(folder, number(imap, 1), number(imap, 2), number(imap, 3), number(imap, 4)));
		}
		Matcher pop3 = Pop3.TOKEN.matcher(token);
		if (pop3.matches()) {
			List<String> tail = pop3.group(3).isEmpty() ? List.of() : Arrays.asList(pop3.group(3).split("\\."));
			return Optional.of(new Pop3(number(pop3, 1), number(pop3, 2), tail));
		}
		return Optional.empty();
	}

	private static long number(Matcher matcher, int group) {
		return Long.parseLong(matcher.group(group));
	}
}
