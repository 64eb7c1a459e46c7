package hikkoshi.ui.mailbox;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.ProofMatrix;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Ages;
import hikkoshi.ui.TargetRow;

/// A matrix made ready to be shown: sorted, with its words, so that the table only fetches cells. Immutable.
record MatrixRows(ProofMatrix matrix, List<Shown> all) {
	/// @param why the worst cell in words, empty when the row is safe
	/// @param remedy what to do about it, empty when there is nothing to say
	record Shown(ProofMatrix.Row row, Outcome worst, String why, String remedy) implements TargetRow {
		@Override
		public Target target() {
			return row.mailbox();
		}

		boolean safe() {
			return worst == Outcome.PASS || worst == Outcome.WARN;
		}
	}

	/// What is not safe first, then by address.
	static MatrixRows of(ProofMatrix matrix, Phrases words, Instant now) {
		List<Shown> all = matrix.rows().stream().map(row -> new Shown(row, row.worst(), why(matrix, row, words, now), remedy(row, words)))
				.sorted(Comparator.comparing(Shown::worst).reversed().thenComparing(shown -> shown.row().mailbox().address())).toList();
		return new MatrixRows(matrix, all);
	}

	long unsafe() {
		return all.stream().filter(shown -> !shown.safe()).count();
	}

	List<Shown> filtered(String text, boolean unsafeOnly) {
		String wanted = text.strip().toLowerCase(Locale.ROOT);
		return all.stream().filter(shown -> !unsafeOnly || !shown.safe()).filter(shown -> wanted.isEmpty() || fits(shown, wanted)).toList();
	}

	private static boolean fits(Shown shown, String wanted) {
		return shown.row().mailbox().address().toString().toLowerCase(Locale.ROOT).contains(wanted)
				|| shown.row().mailbox().wave().toLowerCase(Locale.ROOT).contains(wanted)
				|| shown.why().toLowerCase(Locale.ROOT).contains(wanted);
	}

	static String heading(ProofMatrix.Column column, Phrases words) {
		return words.say("matrix.column", words.say("side.label." + column.side().token()), words.say("protocol." + column.protocol().token()));
	}

	/// One cell in words: what the worst door says, and how long ago.
	static String words(ProofMatrix.Cell cell, Phrases words, Instant now) {
		if (cell.doors() == 0) {
			return "";
		}
		Optional<String> seen = Optional.ofNullable(cell.worst()).map(sighting -> sentence(sighting, words, now));
		if (cell.unproven() == 0) {
			return seen.orElse("");
		}
		String missing = cell.unproven() == cell.doors() ? words.say("matrix.never")
				: words.say("matrix.partly", cell.unproven(), cell.doors());
		return seen.map(text -> text + "\n" + missing).orElse(missing);
	}

	private static String sentence(Sighting sighting, Phrases words, Instant now) {
		return words.say(sighting.evidence().reason()) + " (" + Ages.say(sighting.lastSeen(), now, words) + ")";
	}

	private static String remedy(ProofMatrix.Row row, Phrases words) {
		if (row.worst() == Outcome.PASS) {
			return "";
		}
		return row.cells().stream().filter(cell -> cell.worst() != null && cell.outcome().filter(row.worst()::equals).isPresent())
				.flatMap(cell -> words.remedy(cell.worst().evidence().reason()).stream()).findFirst().orElse("");
	}

	private static String why(ProofMatrix matrix, ProofMatrix.Row row, Phrases words, Instant now) {
		Outcome worst = row.worst();
		if (worst == Outcome.PASS) {
			return "";
		}
		for (int i = 0; i < row.cells().size(); i++) {
			ProofMatrix.Cell cell = row.cells().get(i);
			if (cell.outcome().filter(worst::equals).isPresent()) {
				return heading(matrix.columns().get(i), words) + ": " + words(cell, words, now).replace('\n', ' ');
			}
		}
		return words.say("matrix.never");
	}
}
