package hikkoshi.core.arrival;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Target;

/// Until when a mailbox is known to be as its own last row of the log says. A watch over thousands of quiet mailboxes writes one row for all of a server that
/// it found as they were ([#PROBE], about the server): the rows that still hold, as ranges. Who wants to know about one mailbox looks for its row there.
@FunctionalInterface
public interface StillQuiet {
	/// The name under which the log has it; no probe finds it by itself.
	String PROBE = "arrivals.round";
	/// So many mailboxes were looked into and were as their rows say. (how many, a digest of which)
	String REASON = "arrivals.still-quiet";
	/// A quiet mailbox has a row of its own again after so long: a reader need not go farther back for what stands in the rounds.
	Duration OWN_ROW = Duration.ofHours(6);

	/// @param last the account's newest row
	/// @return when it was last looked into and found so, beyond what the row itself says; empty when never
	Optional<Instant> until(Account account, Sighting last);

	/// What the log says. Reads the rounds of a server when first asked about it; one thread.
	static StillQuiet in(EvidenceView log) {
		Map<Target.Id, Map<Long, Instant>> servers = new HashMap<>();
		return (account, last) -> Optional.ofNullable(servers.computeIfAbsent(account.server().id(), server -> read(log, server)).get(last.row()))
				.filter(until -> until.isAfter(last.lastSeen()));
	}

	private static Map<Long, Instant> read(EvidenceView log, Target.Id server) {
		List<Sighting> rounds = List.of();
		for (int limit = 256; limit < 10_000_000; limit *= 8) {
			rounds = log.history(PROBE, server, limit);
			if (rounds.size() < limit || rounds.getFirst().lastSeen().isBefore(rounds.getLast().lastSeen().minus(OWN_ROW.multipliedBy(2)))) {
				break;
			}
		}
		Map<Long, Instant> until = new HashMap<>();
		rounds.forEach(round -> rows(round.evidence().facts()).forEach(row -> until.merge(row, round.lastSeen(), (one, other) -> one.isBefore(other) ? other : one)));
		return until;
	}

	/// As ranges: `4-17,19`.
	static Facts facts(SortedSet<Long> rows) {
		StringBuilder text = new StringBuilder();
		long first = -1;
		long last = -1;
		for (long row : rows) {
			if (row != last + 1 || first < 0) {
				append(text, first, last);
				first = row;
			}
			last = row;
		}
		append(text, first, last);
		return new Facts.Text(text.toString());
	}

	private static void append(StringBuilder text, long first, long last) {
		if (first >= 0) {
			text.append(text.isEmpty() ? "" : ",").append(first);
			if (last > first) {
				text.append('-').append(last);
			}
		}
	}

	/// Reads what [#facts] wrote; none where it is something else.
	static List<Long> rows(Facts facts) {
		if (!(facts instanceof Facts.Text(String text)) || !text.matches("[0-9]{1,18}(-[0-9]{1,18})?(,[0-9]{1,18}(-[0-9]{1,18})?)*+")) {
			return List.of();
		}
		List<Long> rows = new ArrayList<>();
		for (String range : text.split(",")) {
			int dash = range.indexOf('-');
			long first = Long.parseLong(dash < 0 ? range : range.substring(0, dash));
			long last = dash < 0 ? first : Long.parseLong(range.substring(dash + 1));
			for (long row = first; row <= last && rows.size() < MOST; row++) {
				rows.add(row);
			}
		}
		return rows;
	}

	/// Rows that one round names at most: a log that was tampered with must not cost the memory.
	int MOST = 1_000_000;
}
