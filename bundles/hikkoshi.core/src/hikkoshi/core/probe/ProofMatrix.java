package hikkoshi.core.probe;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Side;

/// Mailbox × side × protocol: what is proven at a glance. A cell is as good as the worst of its doors (endpoints and addresses).
/// A pure function of the migration and its evidence; ages are the reader's business. [ProofRows] keeps one up to date.
public record ProofMatrix(List<Column> columns, List<Row> rows) {
	public ProofMatrix {
		columns = List.copyOf(columns);
		rows = List.copyOf(rows);
	}

	/// A protocol on a side that at least one server of that side offers.
	public record Column(Side side, Protocol protocol) {}

	/// @param doors logins that must be proven; 0 when the mailbox's server does not offer the protocol
	/// @param unproven logins that were never tried
	/// @param worst the worst of the others, the oldest of equally bad ones; null when none was ever tried
	/// @param oldest when the longest unseen of them was last seen; null when none was ever tried
	public record Cell(int doors, int unproven, @Nullable Sighting worst, @Nullable Instant oldest) {
		/// Empty when there is nothing to prove; UNKNOWN while a login was never tried, unless another has failed.
		public Optional<Outcome> outcome() {
			if (doors == 0) {
				return Optional.empty();
			}
			Outcome seen = worst == null ? Outcome.UNKNOWN : worst.evidence().outcome();
			return Optional.of(unproven > 0 ? seen.worst(Outcome.UNKNOWN) : seen);
		}
	}

	/// @param cells one per column
	public record Row(Mailbox mailbox, List<Cell> cells) {
		public Row {
			cells = List.copyOf(cells);
		}

		/// The worst cell's outcome; UNKNOWN when the mailbox has no login at all.
		public Outcome worst() {
			return cells.stream().flatMap(cell -> cell.outcome().stream()).reduce(Outcome::worst).orElse(Outcome.UNKNOWN);
		}
	}

	public static ProofMatrix of(Migration migration, EvidenceView evidence) {
		ProofRows rows = new ProofRows(migration);
		rows.take(evidence.latest());
		return rows.matrix();
	}
}
