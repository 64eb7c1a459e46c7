package hikkoshi.ui.mailbox;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.gate.Standing;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.ProofMatrix;
import hikkoshi.ui.TargetRow;

/// What the table shows: the lines in order, and numbers over all of them. Immutable.
///
/// @param total mailboxes, whatever the filter
/// @param unsafe how many of them are not safe
/// @param shown how many the filter lets through
/// @param waiting logins of a run under way that have not answered yet
record MatrixLines(List<ProofMatrix.Column> columns, List<Line> lines, int total, int unsafe, int shown, int waiting) {
	MatrixLines {
		columns = List.copyOf(columns);
		lines = List.copyOf(lines);
	}

	/// A line of the table.
	sealed interface Line permits Group, Shown {}

	/// The heading of mailboxes that belong together.
	///
	/// @param standings how many mailboxes stand how
	/// @param proven by column: how many mailboxes are proven there
	/// @param asked by column: how many have something to prove there
	record Group(String key, boolean isOpen, List<Shown> members, Standing worst, Map<Standing, Integer> standings, List<Integer> proven, List<Integer> asked)
			implements Line, TargetRow {
		@Override
		public @Nullable Target target() {
			// a heading is none: what is said of a domain stands in Servers & Domains
			return null;
		}
	}

	/// A mailbox.
	///
	/// @param cells how each column stands; null where there is nothing to prove
	/// @param waiting by column: logins of a run under way that have not answered yet
	/// @param why the worst cell in words without its age, empty when the row is safe
	record Shown(int index, ProofMatrix.Row row, List<@Nullable Standing> cells, List<Integer> waiting, Standing worst, String why) implements Line, TargetRow {
		@Override
		public Target target() {
			return row.mailbox();
		}

		boolean isSafe() {
			return worst.isProven();
		}

		boolean isWaiting() {
			return waiting.stream().anyMatch(count -> count > 0);
		}
	}
}
