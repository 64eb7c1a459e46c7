package hikkoshi.rehearsal.mail;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/// The criteria of a SEARCH command (RFC 3501, 6.4.4), compiled to one condition. Texts are compared without regard to case, undecoded.
final class ImapSearch {

	/// A condition on the message with this sequence number; `last` and `lastUid` are what `*` stands for.
	@FunctionalInterface
	interface Condition {
		boolean test(int sequence, StoredMessage message, long last, long lastUid);
	}

	/// A charset that this server does not know (RFC 3501: NO with BADCHARSET).
	static final class CharsetException extends Exception {
		private static final long serialVersionUID = 1L;
	}

	private static final int MOST_KEYS = 1_000;
	private static final int DEEPEST = 50;
	private static final DateTimeFormatter DAY = new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern("d-MMM-yyyy").toFormatter(Locale.ROOT);

	private final ImapCursor cursor;
	private int keys;

	private ImapSearch(ImapCursor cursor) {
		this.cursor = cursor;
	}

	static Condition parse(ImapCursor cursor) throws ImapCursor.SyntaxException, CharsetException {
		if (cursor.take("CHARSET ")) {
			String charset = cursor.astring().toUpperCase(Locale.ROOT);
			if (!charset.equals("UTF-8") && !charset.equals("US-ASCII")) {
				throw new CharsetException();
			}
			cursor.space();
		}
		ImapSearch search = new ImapSearch(cursor);
		Condition condition = search.all(0);
		cursor.end();
		return condition;
	}

	private Condition all(int depth) throws ImapCursor.SyntaxException {
		List<Condition> conditions = new ArrayList<>();
		do {
			conditions.add(key(depth));
		} while (cursor.take(' '));
		return (sequence, message, last, lastUid) -> conditions.stream().allMatch(each -> each.test(sequence, message, last, lastUid));
	}

	private Condition key(int depth) throws ImapCursor.SyntaxException {
		if (++keys > MOST_KEYS || depth > DEEPEST) {
			throw new ImapCursor.SyntaxException("too many search keys");
		}
		if (cursor.take('(')) {
			Condition inner = all(depth + 1);
			cursor.expect(')');
			return inner;
		}
		if (cursor.next('*') || "0123456789".chars().anyMatch(digit -> cursor.next((char) digit))) {
			List<ImapCursor.Range> set = cursor.sequenceSet();
			return (sequence, message, last, lastUid) -> contains(set, sequence, last);
		}
		String name = cursor.keyword();
		return switch (name) {
		case "ALL" -> (sequence, message, last, lastUid) -> true;
		case "ANSWERED", "DELETED", "DRAFT", "FLAGGED", "SEEN" -> flag("\\" + name, true);
		case "UNANSWERED", "UNDELETED", "UNDRAFT", "UNFLAGGED", "UNSEEN" -> flag("\\" + name.substring(2), false);
		case "NEW", "RECENT" -> (sequence, message, last, lastUid) -> false;
		case "OLD" -> (sequence, message, last, lastUid) -> true;
		case "KEYWORD" -> flag(word(), true);
		case "UNKEYWORD" -> flag(word(), false);
		case "UID" -> {
			cursor.space();
			List<ImapCursor.Range> set = cursor.sequenceSet();
			yield (sequence, message, last, lastUid) -> contains(set, message.uid(), lastUid);
		}
		case "NOT" -> {
			cursor.space();
			Condition inner = key(depth + 1);
			yield (sequence, message, last, lastUid) -> !inner.test(sequence, message, last, lastUid);
		}
		case "OR" -> {
			cursor.space();
			Condition one = key(depth + 1);
			cursor.space();
			Condition other = key(depth + 1);
			yield (sequence, message, last, lastUid) -> one.test(sequence, message, last, lastUid) || other.test(sequence, message, last, lastUid);
		}
		case "HEADER" -> header(word(), word());
		case "FROM", "TO", "CC", "BCC", "SUBJECT" -> header(name, word());
		case "BODY" -> {
			String wanted = lower(word());
			yield (sequence, message, last, lastUid) -> lower(MimePart.parse(message.bytes()).body()).contains(wanted);
		}
		case "TEXT" -> {
			String wanted = lower(word());
			yield (sequence, message, last, lastUid) -> lower(message.text()).contains(wanted);
		}
		case "LARGER" -> {
			long size = size();
			yield (sequence, message, last, lastUid) -> message.size() > size;
		}
		case "SMALLER" -> {
			long size = size();
			yield (sequence, message, last, lastUid) -> message.size() < size;
		}
		case "BEFORE", "ON", "SINCE", "SENTBEFORE", "SENTON", "SENTSINCE" -> date(name);
		default -> throw new ImapCursor.SyntaxException("unknown search key");
		};
	}

	static boolean contains(List<ImapCursor.Range> set, long number, long last) {
		// "4:*" in a folder of three means 3:4, so a star is replaced before the ends are put in order
		return set.stream().anyMatch(range -> range.high() != Long.MAX_VALUE ? range.contains(number)
				: number >= Math.min(range.low(), last) && number <= Math.max(range.low() == Long.MAX_VALUE ? last : range.low(), last));
	}

	private String word() throws ImapCursor.SyntaxException {
		cursor.space();
		return cursor.astring();
	}

	private long size() throws ImapCursor.SyntaxException {
		cursor.space();
		return cursor.number();
	}

	private static Condition flag(String flag, boolean wanted) {
		return (sequence, message, last, lastUid) -> message.has(flag) == wanted;
	}

	private static Condition header(String name, String value) {
		String wanted = lower(value);
		return (sequence, message, last, lastUid) -> MimePart.parse(message.bytes()).fields().stream()
				.anyMatch(field -> field.name().equalsIgnoreCase(name) && lower(field.value()).contains(wanted));
	}

	private Condition date(String name) throws ImapCursor.SyntaxException {
		LocalDate day;
		try {
			day = LocalDate.parse(word(), DAY);
		} catch (DateTimeParseException e) {
			throw new ImapCursor.SyntaxException("a date looks like 1-Feb-2026");
		}
		boolean sent = name.startsWith("SENT");
		return (sequence, message, last, lastUid) -> {
			LocalDate mine = sent ? sentOn(message) : message.received().atOffset(ZoneOffset.UTC).toLocalDate();
			if (mine == null) {
				return false;
			}
			return switch (sent ? name.substring(4) : name) {
			case "BEFORE" -> mine.isBefore(day);
			case "ON" -> mine.isEqual(day);
			default -> !mine.isBefore(day);
			};
		};
	}

	private static @Nullable LocalDate sentOn(StoredMessage message) {
		String date = MimePart.parse(message.bytes()).value("Date");
		try {
			return date == null ? null : LocalDate.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.replaceAll("\\s*\\(.*", "")));
		} catch (DateTimeParseException e) {
			return null;
		}
	}

	private static String lower(String text) {
		return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
	}
}
