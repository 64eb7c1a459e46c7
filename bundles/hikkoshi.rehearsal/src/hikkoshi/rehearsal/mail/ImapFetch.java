package hikkoshi.rehearsal.mail;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/// The items of a FETCH command (RFC 3501, 6.4.5): parsed once, written for each message.
final class ImapFetch {

	static final DateTimeFormatter INTERNAL_DATE = DateTimeFormatter.ofPattern("dd-MMM-yyyy HH:mm:ss Z", Locale.ROOT);

	private sealed interface Item {
		record Plain(String name) implements Item {
		}

		/// @param label what the answer calls it, e.g. `BODY[HEADER.FIELDS (DATE)]<0>`
		/// @param path part numbers
		/// @param what empty for all, HEADER, HEADER.FIELDS, HEADER.FIELDS.NOT, TEXT or MIME
		/// @param from first byte, -1 for all
		record Section(String label, boolean marksSeen, List<Integer> path, String what, List<String> fields, long from, long count) implements Item {
		}
	}

	private static final int MOST_ITEMS = 100;

	private final List<Item> items;

	private ImapFetch(List<Item> items) {
		this.items = List.copyOf(items);
	}

	static ImapFetch parse(ImapCursor cursor) throws ImapCursor.SyntaxException {
		List<Item> items = new ArrayList<>();
		if (cursor.take('(')) {
			do {
				item(cursor, items);
			} while (cursor.take(' ') && items.size() < MOST_ITEMS);
			cursor.expect(')');
		} else {
			item(cursor, items);
		}
		cursor.end();
		return new ImapFetch(items);
	}

	private static void item(ImapCursor cursor, List<Item> items) throws ImapCursor.SyntaxException {
		String name = cursor.itemName();
		switch (name) {
		case "ALL" -> plain(items, "FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE");
		case "FAST" -> plain(items, "FLAGS", "INTERNALDATE", "RFC822.SIZE");
		case "FULL" -> plain(items, "FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE", "BODY");
		case "FLAGS", "UID", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE", "BODYSTRUCTURE" -> plain(items, name);
		case "RFC822" -> items.add(new Item.Section("RFC822", true, List.of(), "", List.of(), -1, 0));
		case "RFC822.HEADER" -> items.add(new Item.Section("RFC822.HEADER", false, List.of(), "HEADER", List.of(), -1, 0));
		case "RFC822.TEXT" -> items.add(new Item.Section("RFC822.TEXT", true, List.of(), "TEXT", List.of(), -1, 0));
		case "BODY", "BODY.PEEK" -> {
			if (cursor.next('[')) {
				items.add(section(cursor, name.equals("BODY")));
			} else if (name.equals("BODY")) {
				plain(items, name);
			} else {
				throw new ImapCursor.SyntaxException("BODY.PEEK needs a section");
			}
		}
		default -> throw new ImapCursor.SyntaxException("unknown item to fetch");
		}
	}

	private static void plain(List<Item> items, String... names) {
		for (String name : names) {
			items.add(new Item.Plain(name));
		}
	}

	private static Item section(ImapCursor cursor, boolean marksSeen) throws ImapCursor.SyntaxException {
		cursor.expect('[');
		String spec = cursor.itemName();
		List<Integer> path = new ArrayList<>();
		String what = spec;
		while (!what.isEmpty() && Character.isDigit(what.charAt(0))) {
			int dot = what.indexOf('.');
			String number = dot < 0 ? what : what.substring(0, dot);
			if (!number.matches("[1-9][0-9]{0,4}") || path.size() > 20) {
				throw new ImapCursor.SyntaxException("no such section");
			}
			path.add(Integer.parseInt(number));
			what = dot < 0 ? "" : what.substring(dot + 1);
		}
		List<String> fields = new ArrayList<>();
		String label = spec;
		switch (what) {
		case "", "HEADER", "TEXT" -> {
		}
		case "MIME" -> {
			if (path.isEmpty()) {
				throw new ImapCursor.SyntaxException("MIME needs a part");
			}
		}
		case "HEADER.FIELDS", "HEADER.FIELDS.NOT" -> {
			cursor.space();
			cursor.expect('(');
			do {
				fields.add(cursor.astring());
			} while (cursor.take(' ') && fields.size() < MOST_ITEMS);
			cursor.expect(')');
			label += " (" + String.join(" ", fields.stream().map(ImapFetch::fieldName).toList()) + ")";
		}
		default -> throw new ImapCursor.SyntaxException("no such section");
		}
		cursor.expect(']');
		long from = -1;
		long count = 0;
		if (cursor.take('<')) {
			from = cursor.number();
			cursor.expect('.');
			count = cursor.number();
			cursor.expect('>');
		}
		return new Item.Section("BODY[" + label + "]" + (from < 0 ? "" : "<" + from + ">"), marksSeen, List.copyOf(path), what, List.copyOf(fields), from, count);
	}

	private static String fieldName(String field) {
		return field.matches("[!#-'*-\\[\\]-z|}~]+") ? field : ImapShape.nstring(field);
	}

	/// Whether fetching changes a message to be \Seen.
	boolean marksSeen() {
		return items.stream().anyMatch(item -> item instanceof Item.Section section && section.marksSeen());
	}

	/// Writes `* n FETCH (…)`.
	///
	/// @param withUid UID FETCH always tells the UID
	/// @param withFlags the fetch has just changed them
	void write(Wire wire, int sequence, StoredMessage message, boolean withUid, boolean withFlags) throws java.io.IOException {
		MimePart parsed = null;
		wire.text("* " + sequence + " FETCH (");
		String before = "";
		if (withUid && !items.contains(new Item.Plain("UID"))) {
			wire.text("UID " + message.uid());
			before = " ";
		}
		if (withFlags && !items.contains(new Item.Plain("FLAGS"))) {
			wire.text(before + flags(message));
			before = " ";
		}
		for (Item item : items) {
			wire.text(before);
			before = " ";
			if (parsed == null && needsParsing(item)) {
				parsed = MimePart.parse(message.bytes());
			}
			switch (item) {
			case Item.Plain(String name) -> wire.text(switch (name) {
			case "FLAGS" -> flags(message);
			case "UID" -> "UID " + message.uid();
			case "INTERNALDATE" -> "INTERNALDATE \"" + INTERNAL_DATE.format(message.received().atOffset(ZoneOffset.UTC)) + "\"";
			case "RFC822.SIZE" -> "RFC822.SIZE " + message.size();
			case "ENVELOPE" -> "ENVELOPE " + ImapShape.envelope(parsed(parsed));
			default -> name + " " + ImapShape.structure(parsed(parsed), name.equals("BODYSTRUCTURE"));
			});
			case Item.Section section -> {
				String content = content(section, message, parsed);
				if (content == null) {
					wire.text(section.label() + " NIL");
				} else {
					String piece = section.from() < 0 ? content : content.substring((int) Math.min(section.from(), content.length()),
							(int) Math.min(section.from() + section.count(), content.length()));
					wire.text(section.label() + " {" + piece.length() + "}\r\n");
					wire.text(piece);
				}
			}
			}
		}
		wire.line(")");
	}

	static String flags(StoredMessage message) {
		return "FLAGS (" + String.join(" ", message.flags().stream().sorted().toList()) + ")";
	}

	private static boolean needsParsing(Item item) {
		return switch (item) {
		case Item.Plain(String name) -> name.equals("ENVELOPE") || name.startsWith("BODY");
		case Item.Section section -> !section.what().isEmpty() || !section.path().isEmpty();
		};
	}

	private static MimePart parsed(@Nullable MimePart part) {
		if (part == null) {
			throw new IllegalStateException("the item needs a parsed message");
		}
		return part;
	}

	private static @Nullable String content(Item.Section section, StoredMessage message, @Nullable MimePart whole) {
		if (whole == null) {
			return message.text();
		}
		MimePart part = whole;
		for (int number : section.path()) {
			// part numbers go through an embedded message into its parts (RFC 3501, 6.4.5)
			MimePart in = part.type().equals("MESSAGE") && !part.children().isEmpty() ? part.children().getFirst() : part;
			if (in.type().equals("MULTIPART")) {
				if (number > in.children().size()) {
					return null;
				}
				part = in.children().get(number - 1);
			} else if (number == 1 && in == part) {
				part = section.path().size() == 1 ? new MimePart("", in.body(), in.type(), in.subtype(), List.of()) : in;
			} else if (number == 1) {
				part = in;
			} else {
				return null;
			}
		}
		if (section.path().isEmpty()) {
			return switch (section.what()) {
			case "HEADER" -> part.header();
			case "TEXT" -> part.body();
			default -> selected(part.header(), section);
			};
		}
		MimePart inner = part.type().equals("MESSAGE") && !part.children().isEmpty() ? part.children().getFirst() : null;
		return switch (section.what()) {
		case "" -> part.body();
		case "MIME" -> part.header();
		case "HEADER" -> inner == null ? null : inner.header();
		case "TEXT" -> inner == null ? null : inner.body();
		default -> inner == null ? null : selected(inner.header(), section);
		};
	}

	private static String selected(String header, Item.Section section) {
		boolean wanted = section.what().equals("HEADER.FIELDS");
		StringBuilder out = new StringBuilder();
		for (String raw : MimePart.rawFields(header)) {
			int colon = raw.indexOf(':');
			String name = colon < 0 ? raw : raw.substring(0, colon).trim();
			if (section.fields().stream().anyMatch(name::equalsIgnoreCase) == wanted) {
				out.append(raw);
			}
		}
		return out.append("\r\n").toString();
	}
}
