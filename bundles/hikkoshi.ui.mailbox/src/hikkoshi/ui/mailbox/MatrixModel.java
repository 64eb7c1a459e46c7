package hikkoshi.ui.mailbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.gate.Standing;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.ProofMatrix;
import hikkoshi.core.probe.ProofRows;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.mailbox.MatrixLines.Group;
import hikkoshi.ui.mailbox.MatrixLines.Line;
import hikkoshi.ui.mailbox.MatrixLines.Shown;

/// All rows of the matrix with their words, kept up to date by what is added to the log; a row that no news is about is not made again. No widgets.
/// Safe for several threads; meant for others than the UI thread.
public final class MatrixModel {
	private final Migration migration;
	private final Phrases words;
	private final ProofRows rows;
	private final Duration maxAge;
	private final @Nullable Shown[] shown;
	private final @Nullable String[] searched;
	private final Set<Target.Id> waiting = new HashSet<>();

	public MatrixModel(Migration migration, Phrases words) {
		this.migration = migration;
		this.words = words;
		rows = new ProofRows(migration);
		maxAge = migration.policy().evidenceMaxAge();
		shown = new Shown[rows.size()];
		searched = new String[rows.size()];
	}

	/// What was added to the log.
	///
	/// @return whether anything here is another now
	public synchronized boolean take(Collection<Sighting> news) {
		BitSet changed = rows.take(news);
		if (!waiting.isEmpty()) {
			news.stream().map(Sighting::evidence).filter(one -> one.probe().endsWith(".login")).forEach(one -> waiting.remove(one.target()));
		}
		forget(changed);
		return !changed.isEmpty();
	}

	/// A run has begun, or all are over: which logins have not answered yet.
	public synchronized void await(Set<Target.Id> accounts) {
		Set<Target.Id> touched = new HashSet<>(waiting);
		touched.addAll(accounts);
		waiting.clear();
		waiting.addAll(accounts);
		forget(rows.rowsOf(touched));
	}

	private void forget(BitSet changed) {
		changed.stream().forEach(row -> {
			shown[row] = null;
			searched[row] = null;
		});
	}

	synchronized MatrixLines arrange(MatrixQuery query, Instant now) {
		List<Shown> fit = new ArrayList<>();
		String[] wanted = query.text().isBlank() ? new String[0] : query.text().strip().toLowerCase(Locale.ROOT).split("\\s+");
		int unsafe = 0;
		for (int i = 0; i < rows.size(); i++) {
			Shown row = shown(i, now);
			unsafe += row.isSafe() ? 0 : 1;
			if ((!query.unsafeOnly() || !row.isSafe() || row.isWaiting()) && fits(row, wanted)) {
				fit.add(row);
			}
		}
		Comparator<Shown> order = order(query.sort());
		fit.sort(query.sort().reversed() ? order.reversed() : order);
		return new MatrixLines(rows.columns(), lines(fit, query), rows.size(), unsafe, fit.size(), waiting.size());
	}

	private boolean fits(Shown row, String[] wanted) {
		if (wanted.length == 0) {
			return true;
		}
		String text = searched[row.index()];
		if (text == null) {
			text = (row.row().mailbox().address() + "\n" + row.row().mailbox().wave() + "\n" + row.why()).toLowerCase(Locale.ROOT);
			searched[row.index()] = text;
		}
		for (String word : wanted) {
			if (!text.contains(word)) {
				return false;
			}
		}
		return true;
	}

	private static Comparator<Shown> order(MatrixQuery.Sort sort) {
		Comparator<Shown> first = switch (sort.key()) {
			case WORST -> Comparator.comparing(Shown::worst).reversed();
			case MAILBOX -> Comparator.comparing(row -> row.row().mailbox().address());
			case WAVE -> Comparator.comparing(row -> row.row().mailbox().wave());
			case CELL -> Comparator.comparing((Shown row) -> row.cells().get(sort.cell()), Comparator.nullsFirst(Comparator.naturalOrder())).reversed();
			case WHY -> Comparator.comparing(Shown::why);
		};
		return first.thenComparing(row -> row.row().mailbox().address());
	}

	private List<Line> lines(List<Shown> fit, MatrixQuery query) {
		if (query.grouping() == MatrixQuery.Grouping.NONE) {
			return List.copyOf(fit);
		}
		Map<String, List<Shown>> groups = new TreeMap<>();
		fit.forEach(row -> groups.computeIfAbsent(key(row.row().mailbox(), query.grouping()), _ -> new ArrayList<>()).add(row));
		List<Line> lines = new ArrayList<>(fit.size() + groups.size());
		groups.forEach((key, members) -> {
			boolean isOpen = !query.closed().contains(key);
			lines.add(group(key, isOpen, members));
			if (isOpen) {
				lines.addAll(members);
			}
		});
		return lines;
	}

	private String key(Mailbox mailbox, MatrixQuery.Grouping grouping) {
		return switch (grouping) {
			case NONE -> "";
			case DOMAIN -> mailbox.address().domain().unicode();
			case WAVE -> mailbox.wave();
			case OLD_SERVER -> migration.server(mailbox, Side.OLD).map(Server::key).orElse("—");
			case NEW_SERVER -> migration.server(mailbox, Side.NEW).map(Server::key).orElse("—");
		};
	}

	private Group group(String key, boolean isOpen, List<Shown> members) {
		Map<Standing, Integer> standings = new EnumMap<>(Standing.class);
		int columns = rows.columns().size();
		int[] proven = new int[columns];
		int[] asked = new int[columns];
		Standing worst = Standing.PROVEN;
		for (Shown member : members) {
			standings.merge(member.worst(), 1, Integer::sum);
			worst = worst.worst(member.worst());
			for (int i = 0; i < columns; i++) {
				Standing cell = member.cells().get(i);
				asked[i] += cell == null ? 0 : 1;
				proven[i] += cell != null && cell.isProven() ? 1 : 0;
			}
		}
		return new Group(key, isOpen, List.copyOf(members), worst, Collections.unmodifiableMap(standings), list(proven), list(asked));
	}

	private static List<Integer> list(int[] numbers) {
		List<Integer> list = new ArrayList<>(numbers.length);
		for (int number : numbers) {
			list.add(number);
		}
		return List.copyOf(list);
	}

	private Shown shown(int index, Instant now) {
		ProofMatrix.Row row = rows.get(index);
		Shown before = shown[index];
		List<@Nullable Standing> cells = new ArrayList<>(row.cells().size());
		Standing worst = row.cells().stream().allMatch(cell -> cell.doors() == 0) ? Standing.NEVER : Standing.PROVEN;
		for (ProofMatrix.Cell cell : row.cells()) {
			Standing standing = standing(cell, now);
			cells.add(standing);
			worst = standing == null ? worst : worst.worst(standing);
		}
		if (before != null && before.cells().equals(cells)) {
			return before;
		}
		List<Integer> open = new ArrayList<>(cells.size());
		for (int i = 0; i < cells.size(); i++) {
			open.add(waiting.isEmpty() ? 0 : (int) rows.logins(index, i).stream().filter(waiting::contains).count());
		}
		Shown next = new Shown(index, row, Collections.unmodifiableList(cells), List.copyOf(open), worst, why(row, cells, worst));
		shown[index] = next;
		searched[index] = null;
		return next;
	}

	/// As the gates judge; null where there is nothing to prove.
	private @Nullable Standing standing(ProofMatrix.Cell cell, Instant now) {
		if (cell.doors() == 0) {
			return null;
		}
		Standing seen = Standing.of(cell.worst(), maxAge, now);
		Instant oldest = cell.oldest();
		if (seen.isProven() && oldest != null && oldest.plus(maxAge).isBefore(now)) {
			seen = Standing.STALE;
		}
		return cell.unproven() > 0 ? seen.worst(Standing.NEVER) : seen;
	}

	private String why(ProofMatrix.Row row, List<@Nullable Standing> cells, Standing worst) {
		if (worst.isProven() && worst != Standing.WARNED) {
			return "";
		}
		for (int i = 0; i < cells.size(); i++) {
			if (worst == cells.get(i)) {
				return MatrixWords.heading(rows.columns().get(i), words) + ": " + MatrixWords.cause(row.cells().get(i), worst, words);
			}
		}
		return words.say("matrix.never");
	}
}
