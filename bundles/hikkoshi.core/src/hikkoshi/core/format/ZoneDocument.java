package hikkoshi.core.format;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.ZoneEntry.Kind;
import hikkoshi.core.format.ZoneEntry.Span;
import hikkoshi.core.model.DomainName;

/// The text of a planned zone as records, and changed by text edits only: comments, directives, parentheses and the records nobody touched stay as they
/// are, to the byte. Immutable.
public final class ZoneDocument {
	private final String text;
	private final String apex;
	private final List<ZoneEntry> entries;
	private final List<ZoneEntry> records;
	private final Lines lines;

	private ZoneDocument(String text, String apex) {
		this.text = text;
		this.apex = apex;
		entries = List.copyOf(new ZoneReader(text, apex).read());
		records = entries.stream().filter(entry -> entry.kind() == Kind.RECORD).toList();
		lines = Lines.of(text);
	}

	/// Reads any text; what is wrong with it is said by its entries. Linear in its length.
	public static ZoneDocument parse(DomainName zone, String text) {
		return new ZoneDocument(text, zone.ascii() + ".");
	}

	public String text() {
		return text;
	}

	/// With the final dot.
	public String apex() {
		return apex;
	}

	/// Records and directives in the order of the text.
	public List<ZoneEntry> entries() {
		return entries;
	}

	public List<ZoneEntry> records() {
		return records;
	}

	Lines lines() {
		return lines;
	}

	/// 1-based.
	public int line(ZoneEntry entry) {
		return lines.line(entry.offset());
	}

	/// The record whose lines hold a place of the text.
	public Optional<ZoneEntry> at(int offset) {
		int low = 0;
		int high = records.size() - 1;
		while (low <= high) {
			int middle = (low + high) >>> 1;
			ZoneEntry entry = records.get(middle);
			if (offset < entry.offset()) {
				high = middle - 1;
			} else if (offset >= entry.end() && entry.end() < text.length()) {
				low = middle + 1;
			} else {
				return Optional.of(entry);
			}
		}
		return Optional.empty();
	}

	/// The record that a line belongs to.
	///
	/// @param line 1-based
	public Optional<ZoneEntry> atLine(int line) {
		return line < 1 || line > lines.count() ? Optional.empty() : at(lines.start(line));
	}

	/// A name as people of the zone write it: `@` for the zone itself, relative below it, else absolute.
	public String relative(String owner) {
		return relative(owner, apex);
	}

	private static String relative(String owner, String origin) {
		return owner.equals(origin) ? "@" : owner.endsWith("." + origin) ? owner.substring(0, owner.length() - origin.length() - 1) : owner;
	}

	/// A name as it is typed, made absolute: `@`, relative to the zone, or with its final dot.
	public String absolute(String name) {
		return ZoneReader.absolute(name, apex);
	}

	/// The origin that the names of a new record belong to.
	///
	/// @param after the record it comes after; null for the end of the text
	public String origin(@Nullable ZoneEntry after) {
		ZoneEntry before = before(after);
		return before == null ? apex : before.origin();
	}

	/// What a new record is written behind: the last of those that leave their owner to this one; null in an empty text.
	private @Nullable ZoneEntry before(@Nullable ZoneEntry after) {
		if (after == null) {
			return entries.isEmpty() ? null : entries.getLast();
		}
		int at = entries.indexOf(after);
		while (at >= 0 && at + 1 < entries.size() && entries.get(at + 1).kind() == Kind.RECORD && !entries.get(at + 1).isOwnerWritten()) {
			at++;
		}
		return at < 0 ? null : entries.get(at);
	}

	/// @param after the record it comes after; null for the end
	/// @throws IllegalArgumentException when it is not one record, on one line
	public List<TextEdit> add(@Nullable ZoneEntry after, ZoneRecord record) {
		ZoneEntry before = before(after);
		int at = before == null ? text.length() : before.end();
		String end = lineEnd();
		boolean onNewLine = at == 0 || text.charAt(at - 1) == '\n' || text.charAt(at - 1) == '\r';
		String line = line(record, origin(after), before != null && before.kind() == Kind.RECORD && before.places().dnsClass().length() == 0 ? "" : "IN\t");
		List<TextEdit> edits = new ArrayList<>();
		edits.add(TextEdit.insert(at, (onNewLine ? "" : end) + line + end));
		// with a directive in between, a record behind may still leave its owner to the one before
		int next = before == null ? 0 : entries.indexOf(before) + 1;
		nextRecord(next).filter(entry -> !entry.isOwnerWritten()).ifPresent(entry -> edits.add(say(entry, entry.owner())));
		return edits;
	}

	private Optional<ZoneEntry> nextRecord(int from) {
		return entries.subList(from, entries.size()).stream().filter(entry -> entry.kind() == Kind.RECORD).findFirst();
	}

	private static TextEdit say(ZoneEntry entry, String owner) {
		return TextEdit.insert(entry.offset(), relative(owner, entry.origin()));
	}

	/// Changes what differs and nothing else.
	///
	/// @throws IllegalArgumentException when it is not one record, on one line
	public List<TextEdit> change(ZoneEntry entry, ZoneRecord record) {
		line(record, entry.origin(), "");
		boolean owner = !record.owner().equals(entry.owner());
		boolean data = !record.data().equals(entry.data());
		List<TextEdit> edits = new ArrayList<>();
		if (!entry.places().isPlain()) {
			if (owner || data || !record.type().equals(entry.type()) || !record.ttl().equals(entry.writtenTtl())) {
				edits.add(new TextEdit(entry.offset(), entry.contentEnd() - entry.offset(), line(record, entry.origin(), "IN\t")));
			}
		} else {
			if (owner) {
				edits.add(replace(entry.places().owner(), relative(record.owner(), entry.origin())));
			}
			ttl(entry, record).ifPresent(edits::add);
			if (!record.type().equals(entry.type())) {
				edits.add(replace(entry.places().type(), record.type()));
			}
			if (data) {
				Span place = entry.places().data();
				edits.add(replace(place, (place.length() == 0 ? "\t" : "") + record.data()));
			}
		}
		if (owner) {
			nextRecord(entries.indexOf(entry) + 1).filter(next -> !next.isOwnerWritten()).ifPresent(next -> edits.add(say(next, entry.owner())));
		}
		return edits;
	}

	private Optional<TextEdit> ttl(ZoneEntry entry, ZoneRecord record) {
		if (record.ttl().equals(entry.writtenTtl())) {
			return Optional.empty();
		}
		Span place = entry.places().ttl();
		if (record.ttl().isEmpty()) {
			int to = place.to();
			while (to < text.length() && (text.charAt(to) == ' ' || text.charAt(to) == '\t')) {
				to++;
			}
			return Optional.of(new TextEdit(place.from(), to - place.from(), ""));
		}
		String seconds = String.valueOf(record.ttl().getAsLong());
		if (place.length() > 0) {
			return Optional.of(replace(place, seconds));
		}
		int at = Math.min(entry.places().dnsClass().from(), entry.places().type().from());
		return Optional.of(TextEdit.insert(at, seconds + "\t"));
	}

	private static TextEdit replace(Span place, String by) {
		return new TextEdit(place.from(), place.length(), by);
	}

	/// Takes records away with their lines; those that left their owner to one of them say it themselves from now on.
	public List<TextEdit> remove(Collection<ZoneEntry> gone) {
		Set<ZoneEntry> set = new HashSet<>(gone);
		List<TextEdit> edits = new ArrayList<>();
		String owner = "";
		for (ZoneEntry entry : records) {
			if (set.contains(entry)) {
				edits.add(new TextEdit(entry.offset(), entry.end() - entry.offset(), ""));
				continue;
			}
			if (!entry.isOwnerWritten() && !entry.owner().equals(owner)) {
				edits.add(say(entry, entry.owner()));
			}
			owner = entry.owner();
		}
		return edits;
	}

	/// What is wrong with a record that a person types, before it is one; empty when it can be read.
	public Optional<FaultKind> wrong(ZoneRecord record, String origin) {
		List<ZoneEntry> read = new ZoneReader(plainLine(record, origin, "IN\t"), origin).read();
		if (read.size() != 1) {
			return Optional.of(FaultKind.ZONE_NO_DATA);
		}
		ZoneEntry entry = read.getFirst();
		Optional<FaultKind> kind = entry.wrong().map(ZoneEntry.Wrong::kind);
		// a comment would be taken for data, or hide it
		boolean same = entry.kind() == Kind.RECORD && entry.owner().equals(record.owner()) && entry.type().equals(record.type())
				&& entry.contentEnd() == plainLine(record, origin, "IN\t").stripTrailing().length();
		return kind.isPresent() || same ? kind : Optional.of(FaultKind.ZONE_CHARACTER);
	}

	private String line(ZoneRecord record, String origin, String dnsClass) {
		if (wrong(record, origin).isPresent()) {
			throw new IllegalArgumentException("no record of a master file: " + record);
		}
		return plainLine(record, origin, dnsClass);
	}

	private static String plainLine(ZoneRecord record, String origin, String dnsClass) {
		return relative(record.owner(), origin) + "\t" + (record.ttl().isPresent() ? record.ttl().getAsLong() + "\t" : "") + dnsClass + record.type() + "\t" + record.data();
	}

	/// A TTL as master files have it: seconds, or with the units of BIND, e.g. `1h30m`; empty when it is none.
	public static OptionalLong ttl(String word) {
		return ZoneReader.ttl(word);
	}

	private String lineEnd() {
		int at = text.indexOf('\n');
		return at > 0 && text.charAt(at - 1) == '\r' ? "\r\n" : "\n";
	}
}
