package hikkoshi.ui.mailbox.watch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnViewerToolTipSupport;
import org.eclipse.jface.viewers.ILazyContentProvider;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.TableColumn;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.text.Phrases;
import hikkoshi.core.watch.Condition;
import hikkoshi.core.watch.DomainWatch;
import hikkoshi.ui.Icons;
import hikkoshi.ui.mailbox.watch.WatchRows.Shown;

/// A row for each domain: its verdict, and how each of the six conditions stands since when. Virtual: only the rows on the screen exist. UI thread only.
final class WatchTable {
	private static final int NAME = 190;
	private static final int WAVE = 70;
	private static final int VERDICT = 120;
	private static final int CONDITION = 115;
	private static final int ROOM = 28;

	private final TableViewer viewer;
	private final Phrases words;
	private final Icons icons;
	private final List<String> titles = new ArrayList<>();
	private List<Shown> rows = List.of();

	WatchTable(Composite parent, Phrases words, Consumer<Optional<Shown>> chosen) {
		this.words = words;
		viewer = new TableViewer(parent, SWT.VIRTUAL | SWT.FULL_SELECTION | SWT.MULTI | SWT.V_SCROLL | SWT.H_SCROLL);
		icons = new Icons(viewer.getTable());
		viewer.getTable().setHeaderVisible(true);
		viewer.getTable().setLinesVisible(true);
		viewer.setUseHashlookup(true);
		viewer.setContentProvider(new Lazy());
		ColumnViewerToolTipSupport.enableFor(viewer);
		column(words.say("watch.domain"), NAME, new Labels() {
			@Override
			String text(Shown row, Instant now) {
				return row.watch().domain().name().unicode();
			}
		});
		column(words.say("watch.wave"), WAVE, new Labels() {
			@Override
			String text(Shown row, Instant now) {
				return row.watch().domain().wave();
			}
		});
		column(words.say("watch.verdict"), VERDICT, new Labels() {
			@Override
			String text(Shown row, Instant now) {
				return WatchRows.cell(WatchRows.state(row.state(), words), row.since().of(row.state()), now, words);
			}

			@Override
			Image image(Shown row) {
				return icons.outcome(WatchRows.outcome(row.state()));
			}
		});
		for (Condition.Kind kind : Condition.Kind.values()) {
			column(WatchRows.kind(kind, words), CONDITION, new ConditionLabels(kind));
		}
		widen();
		viewer.addSelectionChangedListener(_ -> chosen.accept(selected()));
	}

	/// No title is cut.
	private void widen() {
		GC gc = new GC(viewer.getTable());
		for (TableColumn column : viewer.getTable().getColumns()) {
			column.setWidth(Math.max(column.getWidth(), gc.textExtent(column.getText()).x + ROOM));
		}
		gc.dispose();
	}

	TableViewer viewer() {
		return viewer;
	}

	Optional<Shown> selected() {
		return viewer.getStructuredSelection().getFirstElement() instanceof Shown shown ? Optional.of(shown) : Optional.empty();
	}

	/// What was selected stays so, by its domain; the first one is where nothing was.
	void show(List<Shown> next) {
		List<DomainName> before = viewer.getStructuredSelection().stream().filter(Shown.class::isInstance).map(row -> ((Shown) row).watch().domain().name()).toList();
		int top = viewer.getTable().getTopIndex();
		rows = next;
		viewer.setInput(rows);
		viewer.setItemCount(rows.size());
		viewer.refresh();
		int[] again = IntStream.range(0, rows.size()).filter(i -> before.contains(rows.get(i).watch().domain().name())).toArray();
		viewer.getTable().setSelection(again.length == 0 && !rows.isEmpty() ? new int[] {0} : again);
		viewer.getTable().setTopIndex(Math.min(top, Math.max(0, rows.size() - 1)));
	}

	/// The row that the table's own selection names, virtual or not.
	Optional<Shown> current() {
		int index = viewer.getTable().getSelectionIndex();
		return index >= 0 && index < rows.size() ? Optional.of(rows.get(index)) : Optional.empty();
	}

	/// Ages grow.
	void tick() {
		viewer.refresh();
	}

	/// The selected rows under their titles, separated by tabs: what a spreadsheet takes.
	String copied() {
		Instant now = Instant.now();
		StringBuilder text = new StringBuilder(String.join("\t", titles)).append('\n');
		for (int index : viewer.getTable().getSelectionIndices()) {
			Shown row = rows.get(index);
			DomainWatch watch = row.watch();
			List<String> cells = new ArrayList<>(List.of(watch.domain().name().unicode(), watch.domain().wave(), WatchRows.state(row.state(), words)));
			watch.verdict().conditions().forEach(condition -> cells.add(cell(row, condition, now) + ": " + words.say(condition.reason())));
			text.append(cells.stream().map(cell -> cell.replace('\t', ' ').replace('\n', ' ')).collect(Collectors.joining("\t"))).append('\n');
		}
		return text.toString();
	}

	private String cell(Shown row, Condition condition, Instant now) {
		return WatchRows.cell(words.say("watch.standing." + WatchRows.token(condition.standing())), row.since().of(condition), now, words);
	}

	private void column(String title, int width, Labels labels) {
		TableViewerColumn column = new TableViewerColumn(viewer, SWT.NONE);
		column.getColumn().setText(title);
		column.getColumn().setWidth(width);
		column.getColumn().setMoveable(true);
		column.setLabelProvider(labels);
		titles.add(title);
	}

	private abstract static class Labels extends ColumnLabelProvider {
		abstract String text(Shown row, Instant now);

		@Nullable Image image(Shown row) {
			return null;
		}

		@Override
		public String getText(Object element) {
			return element instanceof Shown row ? text(row, Instant.now()) : "";
		}

		@Override
		public @Nullable Image getImage(Object element) {
			return element instanceof Shown row ? image(row) : null;
		}
	}

	private final class ConditionLabels extends Labels {
		private final Condition.Kind kind;

		ConditionLabels(Condition.Kind kind) {
			this.kind = kind;
		}

		@Override
		String text(Shown row, Instant now) {
			return cell(row, row.condition(kind), now);
		}

		@Override
		Image image(Shown row) {
			return icons.outcome(WatchRows.outcome(row.condition(kind).standing()));
		}

		@Override
		public @Nullable String getToolTipText(Object element) {
			if (!(element instanceof Shown row)) {
				return null;
			}
			Condition condition = row.condition(kind);
			String reason = words.say(condition.reason()) + words.remedy(condition.reason()).map(remedy -> "\n→ " + remedy).orElse("");
			return row.since().of(condition).map(since -> reason + "\n" + words.say(Reason.of("watch.since", since))).orElse(reason);
		}
	}

	/// Hands the viewer the rows that come into sight.
	private final class Lazy implements ILazyContentProvider {
		@Override
		public void updateElement(int index) {
			if (index < rows.size()) {
				viewer.replace(rows.get(index), index);
			}
		}
	}
}
