package hikkoshi.ui.mailbox;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.gate.Standing;
import hikkoshi.core.probe.ProofMatrix;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Ages;
import hikkoshi.ui.mailbox.MatrixLines.Group;
import hikkoshi.ui.mailbox.MatrixLines.Line;
import hikkoshi.ui.mailbox.MatrixLines.Shown;

/// The matrix in words. Pure; any thread.
final class MatrixWords {
	private MatrixWords() {}

	static String heading(ProofMatrix.Column column, Phrases words) {
		return words.say("matrix.column", words.say("side.label." + column.side().token()), words.say("protocol." + column.protocol().token()));
	}

	static String standing(Standing standing, Phrases words) {
		return words.say("standing." + standing.name().toLowerCase(Locale.ROOT));
	}

	/// Why a cell stands so, without its age.
	static String cause(ProofMatrix.Cell cell, Standing standing, Phrases words) {
		Sighting worst = cell.worst();
		return switch (standing) {
			case NEVER -> cell.unproven() == cell.doors() ? words.say("matrix.never") : words.say("matrix.partly", cell.unproven(), cell.doors());
			case STALE -> words.say("matrix.stale");
			case PROVEN, WARNED, UNKNOWN, FAILED -> worst == null ? words.say("matrix.never") : words.say(worst.evidence().reason());
		};
	}

	/// The cells of a line as they are shown, in the order in which the columns were made.
	static List<String> cells(Line line, Phrases words, Instant now) {
		return switch (line) {
			case Group group -> group(group, words);
			case Shown row -> row(row, words, now);
		};
	}

	private static List<String> group(Group group, Phrases words) {
		String[] cells = new String[group.proven().size() + 3];
		Arrays.fill(cells, "");
		cells[0] = words.say("matrix.group", group.isOpen() ? "▾" : "▸", group.key(), group.members().size());
		for (int i = 0; i < group.proven().size(); i++) {
			cells[i + 2] = group.asked().get(i) == 0 ? "—" : words.say("matrix.tally", group.proven().get(i), group.asked().get(i));
		}
		cells[cells.length - 1] = tally(group, words);
		return List.of(cells);
	}

	/// e.g. `2 failed, 1 never probed, 9 proven`
	private static String tally(Group group, Phrases words) {
		return group.standings().entrySet().stream().sorted((one, other) -> other.getKey().compareTo(one.getKey()))
				.map(each -> words.say("matrix.count", each.getValue(), standing(each.getKey(), words))).collect(Collectors.joining(words.say("matrix.comma")));
	}

	private static List<String> row(Shown row, Phrases words, Instant now) {
		String[] cells = new String[row.cells().size() + 3];
		cells[0] = row.row().mailbox().address().toString();
		cells[1] = row.row().mailbox().wave();
		for (int i = 0; i < row.cells().size(); i++) {
			cells[i + 2] = cell(row, i, words, now);
		}
		cells[cells.length - 1] = row.why();
		return List.of(cells);
	}

	/// Outcome, age, and the reason where it is not simply good.
	static String cell(Shown row, int column, Phrases words, Instant now) {
		Standing standing = row.cells().get(column);
		if (standing == null) {
			return "—";
		}
		if (row.waiting().get(column) > 0) {
			return words.say("matrix.waiting");
		}
		ProofMatrix.Cell cell = row.row().cells().get(column);
		Sighting worst = cell.worst();
		if (worst == null) {
			return words.say("matrix.never");
		}
		String age = Ages.say(worst.lastSeen(), now, words);
		if (standing == Standing.PROVEN) {
			return words.say("matrix.cell", words.outcome(Outcome.PASS), age);
		}
		String said = standing == Standing.NEVER ? words.outcome(worst.evidence().outcome()) : standing(standing, words);
		return words.say("matrix.cell.why", said, age, cause(cell, standing, words));
	}

	/// The whole of a cell, for who rests on it.
	static String hint(Shown row, int column, Phrases words, Instant now) {
		@Nullable Sighting worst = row.row().cells().get(column).worst();
		Optional<String> remedy = worst == null ? Optional.empty() : words.remedy(worst.evidence().reason());
		String first = cell(row, column, words, now);
		String seen = worst == null || first.contains(words.say(worst.evidence().reason())) ? "" : "\n" + words.say(worst.evidence().reason());
		return first + seen + remedy.map(text -> "\n→ " + text).orElse("");
	}

	/// What to do about the worst of a row; empty when there is nothing to say.
	static String remedy(Shown row, Phrases words) {
		for (int i = 0; i < row.cells().size(); i++) {
			Sighting worst = row.row().cells().get(i).worst();
			if (worst != null && row.cells().get(i) == row.worst() && row.worst() != Standing.PROVEN) {
				Optional<String> remedy = words.remedy(worst.evidence().reason());
				if (remedy.isPresent()) {
					return remedy.get();
				}
			}
		}
		return "";
	}
}
