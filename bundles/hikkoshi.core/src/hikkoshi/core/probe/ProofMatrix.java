package hikkoshi.core.probe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Target;

/// Mailbox × side × protocol: what is proven at a glance. A cell is as good as the worst of its doors (endpoints and addresses).
/// A pure function of the migration and its evidence; ages are the reader's business.
public record ProofMatrix(List<Column> columns, List<Row> rows) {
	/// What proves an account; other probes look at more than that.
	private static final String LOGIN = ".login";

	public ProofMatrix {
		columns = List.copyOf(columns);
		rows = List.copyOf(rows);
	}

	/// A protocol on a side that at least one server of that side offers.
	public record Column(Side side, Protocol protocol) {}

	/// @param doors logins that must be proven; 0 when the mailbox's server does not offer the protocol
	/// @param unproven logins that were never tried
	/// @param worst the worst of the others, the oldest of equally bad ones; null when none was ever tried
	public record Cell(int doors, int unproven, @Nullable Sighting worst) {
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
		Map<Target.Id, Sighting> known = new HashMap<>();
		for (Sighting sighting : evidence.latest()) {
			if (sighting.evidence().probe().endsWith(LOGIN)) {
				known.merge(sighting.evidence().target(), sighting, ProofMatrix::worse);
			}
		}
		List<Column> columns = columns(migration);
		List<Row> rows = new ArrayList<>();
		for (Mailbox mailbox : migration.mailboxes()) {
			Map<Column, List<Account>> doors = new LinkedHashMap<>();
			for (Side side : Side.values()) {
				for (Account account : migration.accounts(mailbox, side)) {
					doors.computeIfAbsent(new Column(side, account.endpoint().protocol()), _ -> new ArrayList<>()).add(account);
				}
			}
			rows.add(new Row(mailbox, columns.stream().map(column -> cell(doors.getOrDefault(column, List.of()), known)).toList()));
		}
		return new ProofMatrix(columns, rows);
	}

	private static List<Column> columns(Migration migration) {
		return migration.servers().stream()
				.flatMap(server -> server.endpoints().stream().filter(endpoint -> endpoint.protocol().hasLogin())
						.map(endpoint -> new Column(server.side(), endpoint.protocol())))
				.distinct().sorted(Comparator.comparing(Column::side).thenComparing(Column::protocol)).toList();
	}

	private static Cell cell(List<Account> doors, Map<Target.Id, Sighting> known) {
		List<Sighting> seen = doors.stream().map(account -> known.get(account.id())).filter(sighting -> sighting != null).toList();
		return new Cell(doors.size(), doors.size() - seen.size(), seen.stream().reduce(ProofMatrix::worse).orElse(null));
	}

	private static Sighting worse(Sighting one, Sighting other) {
		int byOutcome = one.evidence().outcome().compareTo(other.evidence().outcome());
		if (byOutcome != 0) {
			return byOutcome > 0 ? one : other;
		}
		return one.lastSeen().isAfter(other.lastSeen()) ? other : one;
	}
}
