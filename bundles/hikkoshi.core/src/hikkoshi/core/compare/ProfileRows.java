package hikkoshi.core.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import hikkoshi.core.compare.Comparison.Area;
import hikkoshi.core.compare.Comparison.Cell;
import hikkoshi.core.compare.Comparison.Row;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;

/// Folders, names and limits behind the login, side by side.
final class ProfileRows {
	private final Profile before;
	private final Profile after;
	private final List<Row> rows = new ArrayList<>();

	ProfileRows(Profile before, Profile after) {
		this.before = before;
		this.after = after;
	}

	List<Row> rows() {
		add("software", text(before.product()), text(after.product()), Optional.empty());
		String separator = after.separator().orElse("");
		add("separator", quoted(before.separator()), quoted(after.separator()), before.separator().isPresent() && !before.separator().equals(after.separator())
				? Optional.of(Reason.of(CompareReasons.SEPARATOR, before.separator().get(), separator.isEmpty() ? "-" : separator,
						before.namesWith().getOrDefault(separator, 0L)))
				: Optional.empty());
		add("prefix", quoted(before.prefix()), quoted(after.prefix()), !before.prefix().orElse("").equals(after.prefix().orElse(""))
				? Optional.of(Reason.of(CompareReasons.PREFIX, shown(before.prefix()), shown(after.prefix())))
				: Optional.empty());
		namespaces("shared");
		namespaces("others");
		add("folders", number(before.folders().isPresent(), before.folders().orElse(0)), number(after.folders().isPresent(), after.folders().orElse(0)),
				Optional.empty());
		before.specialUse().forEach(this::use);
		appendLimit();
		enabled();
		Set<String> refused = new TreeSet<>(after.refused());
		before.refused().forEach(refused::remove);
		if (!refused.isEmpty()) {
			add("refused", Cell.NO, Cell.yes(String.join(", ", refused)), Optional.of(Reason.of(CompareReasons.REFUSED, String.join(", ", refused))));
		}
		return rows;
	}

	private void add(String feature, Cell oldCell, Cell newCell, Optional<Reason> consequence) {
		rows.add(new Row(Area.MAILBOX, feature, oldCell, newCell, consequence.isPresent() ? Outcome.WARN : Outcome.PASS,
				consequence.orElseGet(() -> Reason.of(oldCell.equals(newCell) ? CompareReasons.SAME : CompareReasons.DIFFERS))));
	}

	private static Cell text(String text) {
		return text.isEmpty() ? Cell.NO : Cell.yes(text);
	}

	private static Cell quoted(Optional<String> text) {
		return text.map(one -> Cell.yes("\"" + one + "\"")).orElse(Cell.NO);
	}

	private static String shown(Optional<String> text) {
		return text.map(one -> "\"" + one + "\"").orElse("-");
	}

	private static Cell number(boolean known, long number) {
		return known ? Cell.yes(Long.toString(number)) : Cell.NO;
	}

	private void namespaces(String kind) {
		String old = prefixes(before, kind);
		String now = prefixes(after, kind);
		if (!old.isEmpty() || !now.isEmpty()) {
			add("namespace-" + kind, text(old), text(now),
					!old.isEmpty() && now.isEmpty() ? Optional.of(Reason.of(CompareReasons.NAMESPACE_MISSING, old)) : Optional.empty());
		}
	}

	private static String prefixes(Profile profile, String kind) {
		return profile.namespaces().stream().filter(space -> space.kind().equals(kind)).map(space -> "\"" + space.prefix() + "\"").collect(Collectors.joining(", "));
	}

	private void use(String use, String folder) {
		String now = after.specialUse().get(use);
		// the same folder may be called by another separator or prefix: that has a row of its own
		boolean moved = now != null && !Objects.equals(last(folder, before), last(now, after));
		Optional<Reason> consequence = now == null ? Optional.of(Reason.of(CompareReasons.USE_MISSING, use, folder))
				: moved ? Optional.of(Reason.of(CompareReasons.USE_ELSEWHERE, use, folder, now)) : Optional.empty();
		add(use, Cell.yes(folder), now == null ? Cell.NO : Cell.yes(now), consequence);
	}

	private static String last(String folder, Profile profile) {
		String separator = profile.separator().orElse("");
		return separator.isEmpty() ? folder : folder.substring(folder.lastIndexOf(separator) + separator.length());
	}

	private void appendLimit() {
		long old = before.appendLimit().orElse(Long.MAX_VALUE);
		long now = after.appendLimit().orElse(Long.MAX_VALUE);
		if (before.appendLimit().isPresent() || after.appendLimit().isPresent()) {
			add("APPENDLIMIT", Cell.yes(Sizes.shown(old)), Cell.yes(Sizes.shown(now)),
					now < old ? Optional.of(Reason.of(CompareReasons.APPEND_SMALLER, Sizes.shown(old), Sizes.shown(now))) : Optional.empty());
		}
	}

	private void enabled() {
		Set<String> lost = new TreeSet<>(before.enabled());
		lost.removeAll(after.enabled());
		if (!before.enabled().isEmpty() || !after.enabled().isEmpty()) {
			add("ENABLE", text(String.join(" ", before.enabled())), text(String.join(" ", after.enabled())),
					lost.isEmpty() ? Optional.empty() : Optional.of(Reason.of(CompareReasons.NOT_ENABLED, String.join(", ", lost))));
		}
	}
}
