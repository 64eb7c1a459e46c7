package hikkoshi.ui.inventory.roster;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Control;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.RosterDocument;
import hikkoshi.core.format.RosterDocument.Change;
import hikkoshi.core.format.RosterLine;
import hikkoshi.core.format.RosterSnapshot;
import hikkoshi.core.format.RosterSnapshot.Query;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Ui;

/// Which rows the table shows, in which order. Rows keep their place while they are edited, even when they would be sorted elsewhere or
/// filtered out by now: nothing jumps away under a person's hands. UI thread only.
final class RosterView {
	/// Rows that are sorted at once without anybody noticing.
	private static final int FEW = 2_000;
	/// New rows that are put in one by one.
	private static final int HANDFUL = 100;

	private final RosterText text;
	private final Control owner;
	private final Phrases words;
	private final Runnable changed;
	private Query query = Query.ALL;
	/// Null when they are those of the file.
	private @Nullable List<RosterLine> order;
	private @Nullable Job job;

	/// @param changed called when other rows are shown
	RosterView(RosterText text, Control owner, Phrases words, Runnable changed) {
		this.text = text;
		this.owner = owner;
		this.words = words;
		this.changed = changed;
	}

	Query query() {
		return query;
	}

	int size() {
		RosterDocument rows = text.rows();
		List<RosterLine> shown = order;
		return rows == null ? 0 : shown != null ? shown.size() : rows.size();
	}

	@Nullable
	RosterLine at(int index) {
		RosterDocument rows = text.rows();
		List<RosterLine> shown = order;
		return rows == null || index < 0 || index >= size() ? null : shown != null ? shown.get(index) : rows.row(index);
	}

	/// -1 when it is not shown.
	int indexOf(RosterLine row) {
		RosterDocument rows = text.rows();
		List<RosterLine> shown = order;
		return rows == null ? -1 : shown != null ? shown.indexOf(row) : rows.indexOf(row);
	}

	/// Shows other rows, or in another order; soon, when there are many.
	void ask(Query next) {
		query = next;
		if (job != null) {
			job.cancel();
			job = null;
		}
		RosterDocument rows = text.rows();
		if (rows == null || next.isAll()) {
			order = null;
			changed.run();
			return;
		}
		RosterSnapshot snapshot = rows.snapshot();
		Callable<List<RosterLine>> work = () -> snapshot.rows(next);
		if (rows.size() <= FEW) {
			try {
				take(next, work.call());
			} catch (Exception e) {
				Thread.currentThread().interrupt();
			}
			return;
		}
		job = new Sorting(words.say("roster.sorting"), work, found -> take(next, found));
		job.schedule();
	}

	private void take(Query asked, List<RosterLine> found) {
		RosterDocument rows = text.rows();
		if (rows != null && asked.equals(query)) {
			job = null;
			order = new ArrayList<>(found.stream().filter(row -> rows.indexOf(row) >= 0).toList());
			changed.run();
		}
	}

	/// The rows of the text have changed.
	void changed(Change change) {
		RosterDocument rows = text.rows();
		List<RosterLine> shown = order;
		if (rows == null || shown == null && query.isAll()) {
			return;
		}
		if (shown == null || job != null || change.come().size() > HANDFUL) {
			ask(query);
			return;
		}
		if (!change.gone().isEmpty() || change.isWhole()) {
			shown.removeIf(row -> rows.indexOf(row) < 0);
		}
		for (RosterLine row : change.come()) {
			int before = rows.indexOf(row) - 1;
			int at = before < 0 ? -1 : shown.lastIndexOf(rows.row(before));
			shown.add(at < 0 ? shown.size() : at + 1, row);
		}
	}

	/// Shows rows whatever the filter says: a person has just made them.
	void pin(List<RosterLine> rows) {
		List<RosterLine> shown = order;
		if (shown != null) {
			shown.removeAll(Set.copyOf(rows));
			shown.addAll(rows);
		}
	}

	/// Interrupted when it is cancelled.
	private final class Sorting extends Job {
		private final Callable<List<RosterLine>> work;
		private final Consumer<List<RosterLine>> show;

		Sorting(String name, Callable<List<RosterLine>> work, Consumer<List<RosterLine>> show) {
			super(name);
			this.work = work;
			this.show = show;
		}

		@Override
		protected IStatus run(@Nullable IProgressMonitor monitor) {
			try {
				List<RosterLine> found = work.call();
				Ui.later(owner, () -> show.accept(found));
				return Status.OK_STATUS;
			} catch (InterruptedException e) {
				return Status.CANCEL_STATUS;
			} catch (Exception e) {
				return Status.error(Ui.message(e), e);
			}
		}

		@Override
		protected void canceling() {
			Thread thread = getThread();
			if (thread != null) {
				thread.interrupt();
			}
		}
	}
}
