package hikkoshi.core.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import hikkoshi.core.format.Fault.Severity;

/// Collects the faults of one text. Bounded: beyond [#MOST] of a severity a person reads no list, and a hostile file must not fill the memory.
final class FaultList {
	static final int MOST = 500;

	private final String file;
	private final Lines lines;
	private final Map<Severity, List<Fault>> found = new EnumMap<>(Severity.class);
	private final Map<Severity, Fault> more = new EnumMap<>(Severity.class);

	FaultList(String file, Lines lines) {
		this.file = file;
		this.lines = lines;
	}

	static FaultList ofFile(String file) {
		return new FaultList(file, Lines.of(""));
	}

	/// Whether one more error would not be listed: nothing costly need be found out about it.
	boolean isFull() {
		return more.containsKey(Severity.ERROR);
	}

	private boolean isFull(Severity severity) {
		return found.getOrDefault(severity, List.of()).size() >= MOST;
	}

	/// About the file as a whole.
	void whole(FaultKind kind, Object... args) {
		on(kind, 0, 0, args);
	}

	/// @param offset in characters of the text
	void at(int offset, FaultKind kind, Object... args) {
		int line = lines.line(offset);
		on(kind, line, lines.column(offset), args);
	}

	/// Its line, for the arguments of another fault.
	int line(int offset) {
		return lines.line(offset);
	}

	/// 1-based.
	int column(int offset) {
		return lines.column(offset);
	}

	void on(FaultKind kind, int line, int column, Object... args) {
		add(kind.at(file, line, column, isFull(kind.severity()) ? List.of() : Arrays.stream(args).map(FaultList::plain).toList()));
	}

	void addAll(List<Fault> faults) {
		faults.forEach(fault -> found.computeIfAbsent(fault.severity(), severity -> new ArrayList<>()).add(fault));
	}

	/// One that another list has found, counted here.
	void add(Fault fault) {
		List<Fault> list = found.computeIfAbsent(fault.severity(), severity -> new ArrayList<>());
		if (list.size() < MOST) {
			list.add(fault);
		} else {
			FaultKind rest = fault.severity() == Severity.ERROR ? FaultKind.MORE_ERRORS : FaultKind.MORE_WARNINGS;
			more.computeIfAbsent(fault.severity(), severity -> rest.at(file, 0, 0, List.of(String.valueOf(MOST))));
		}
	}

	/// Not sorted: within a severity in the order of finding.
	List<Fault> asFound() {
		List<Fault> all = new ArrayList<>();
		found.values().forEach(all::addAll);
		all.addAll(more.values());
		return List.copyOf(all);
	}

	List<Fault> list() {
		List<Fault> all = new ArrayList<>();
		found.values().forEach(all::addAll);
		all.sort(Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column));
		all.addAll(more.values());
		return all;
	}

	/// What a file holds is hostile: an argument is short and has no control characters.
	private static String plain(Object arg) {
		return plain(String.valueOf(arg));
	}

	static String plain(String text) {
		final int most = 120;
		StringBuilder plain = new StringBuilder();
		for (int i = 0; i < text.length(); i++) {
			if (i == most) {
				return plain.append('…').toString();
			}
			char c = text.charAt(i);
			if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || Character.getType(c) == Character.FORMAT) {
				plain.append(String.format("\\u%04x", (int) c));
			} else {
				plain.append(c);
			}
		}
		return plain.toString();
	}
}
