package hikkoshi.ui.mailbox;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import org.eclipse.core.resources.IProject;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnViewerToolTipSupport;
import org.eclipse.jface.viewers.ILazyContentProvider;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.jface.widgets.ButtonFactory;
import org.eclipse.jface.widgets.LabelFactory;
import org.eclipse.jface.widgets.TextFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.part.ViewPart;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.probe.ProofMatrix;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.ActiveMigration;
import hikkoshi.ui.CheckBox;
import hikkoshi.ui.Icons;
import hikkoshi.ui.Ui;
import hikkoshi.ui.Words;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.Migrations;
import hikkoshi.workspace.Subscription;

/// Mailbox × side × protocol: what is safe, what is not and why, worst first. Follows the active migration and fills while a probe runs.
/// The table is virtual: only the rows on the screen exist.
public final class MatrixPart extends ViewPart {
	public static final String ID = "hikkoshi.ui.mailbox.matrix";
	/// At most so often is the table rebuilt while evidence comes in, in milliseconds.
	private static final int REFRESH_MILLIS = 300;
	private static final int CELL_WIDTH = 112;

	private Phrases words = Phrases.of(Locale.getDefault(), List.of());
	private @Nullable TableViewer viewer;
	private @Nullable Icons icons;
	private @Nullable Text filter;
	private @Nullable Button unsafeOnly;
	private @Nullable Label summary;
	private @Nullable Label chosen;
	private @Nullable IProject project;
	private @Nullable MatrixRows rows;
	private List<ProofMatrix.Column> columns = List.of();
	private Subscription evidence = Subscription.NONE;
	private boolean loading;
	private boolean again;

	@Override
	public void createPartControl(Composite parent) {
		words = Words.of(MatrixPart.class, getSite());
		Composite body = new Composite(parent, SWT.NONE);
		GridLayoutFactory.fillDefaults().spacing(0, 2).applyTo(body);
		icons = new Icons(body);
		createBar(body);
		createTable(body);
		chosen = LabelFactory.newLabel(SWT.WRAP).create(body);
		GridDataFactory.fillDefaults().grab(true, false).hint(200, 36).indent(6, 2).applyTo(chosen);
		body.addDisposeListener(_ -> evidence.close());
		new ActiveMigration(getSite(), body, this::follow);
	}

	private void createBar(Composite body) {
		Composite bar = new Composite(body, SWT.NONE);
		GridLayoutFactory.fillDefaults().numColumns(3).margins(4, 2).spacing(14, 2).applyTo(bar);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(bar);
		filter = TextFactory.newText(SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL).message(words.say("matrix.filter"))
				.onModify(_ -> show()).create(bar);
		GridDataFactory.fillDefaults().hint(260, SWT.DEFAULT).align(SWT.FILL, SWT.CENTER).applyTo(filter);
		unsafeOnly = CheckBox.plain(ButtonFactory.newButton(SWT.CHECK).text(words.say("matrix.unsafe")).onSelect(_ -> show()).create(bar));
		summary = LabelFactory.newLabel(SWT.NONE).create(bar);
		GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(summary);
	}

	private void createTable(Composite body) {
		TableViewer table = new TableViewer(body, SWT.VIRTUAL | SWT.FULL_SELECTION | SWT.MULTI | SWT.V_SCROLL | SWT.H_SCROLL);
		GridDataFactory.fillDefaults().grab(true, true).applyTo(table.getTable());
		table.getTable().setHeaderVisible(true);
		table.getTable().setLinesVisible(true);
		table.setUseHashlookup(true);
		table.setContentProvider(new Lazy(table));
		ColumnViewerToolTipSupport.enableFor(table);
		viewer = table;
		table.addSelectionChangedListener(_ -> choose());
		getSite().setSelectionProvider(table);
	}

	private void follow(@Nullable IProject next) {
		if (next == null || !next.equals(project)) {
			evidence.close();
			project = next;
			Composite body = viewer().getTable().getParent();
			evidence = next == null ? Subscription.NONE
					: getSite().getService(EvidenceLogs.class).listen(next, () -> Ui.later(body, this::reload));
		}
		reload();
	}

	/// Reads in the background; news that come meanwhile are read together, after a pause.
	private void reload() {
		IProject mine = project;
		if (mine == null) {
			rows = null;
			show();
			return;
		}
		if (loading) {
			again = true;
			return;
		}
		loading = true;
		Migrations migrations = getSite().getService(Migrations.class);
		EvidenceLogs logs = getSite().getService(EvidenceLogs.class);
		Ui.load(viewer().getTable(), getPartName(), () -> {
			EvidenceLog log = logs.open(mine);
			return migrations.load(mine).migration()
					.map(migration -> MatrixRows.of(ProofMatrix.of(migration, log), words, Instant.now()));
		}, read -> loaded(read.orElse(null)), failure -> {
			loaded(null);
			summary().setText(words.say("matrix.failed", Ui.message(failure)));
		});
	}

	private void loaded(@Nullable MatrixRows read) {
		rows = read;
		show();
		summary().getDisplay().timerExec(REFRESH_MILLIS, () -> {
			loading = false;
			if (again && !summary().isDisposed()) {
				again = false;
				reload();
			}
		});
	}

	private void show() {
		MatrixRows read = rows;
		TableViewer table = viewer();
		if (read == null) {
			table.setInput(List.of());
			table.setItemCount(0);
			summary().setText(words.say(project == null ? "migration.none" : "matrix.empty"));
			return;
		}
		if (!columns.equals(read.matrix().columns()) || table.getTable().getColumnCount() == 0) {
			columns = read.matrix().columns();
			createColumns(table);
		}
		List<MatrixRows.Shown> shown = read.filtered(filter == null ? "" : filter.getText(), unsafeOnly != null && unsafeOnly.getSelection());
		table.setInput(shown);
		table.setItemCount(shown.size());
		table.refresh();
		summary().setText(summary(read, shown.size()));
		choose();
		summary().getParent().layout();
	}

	private String summary(MatrixRows read, int shown) {
		if (read.all().isEmpty()) {
			return words.say("matrix.empty");
		}
		if (shown == 0 && read.unsafe() == 0) {
			return words.say("matrix.nothing");
		}
		return shown == read.all().size() ? words.say("matrix.summary", shown, read.unsafe())
				: words.say("matrix.summary.shown", read.all().size(), read.unsafe(), shown);
	}

	private void createColumns(TableViewer table) {
		List.of(table.getTable().getColumns()).forEach(TableColumn::dispose);
		addColumn(table, words.say("column.mailbox"), 220, new MailboxLabels());
		addColumn(table, words.say("column.wave"), 70, ColumnLabelProvider.createTextProvider(row -> shown(row).row().mailbox().wave()));
		for (int i = 0; i < columns.size(); i++) {
			addColumn(table, MatrixRows.heading(columns.get(i), words), CELL_WIDTH, new CellLabels(i));
		}
		addColumn(table, words.say("column.why"), 520, ColumnLabelProvider.createTextProvider(row -> shown(row).why()));
	}

	/// Below the table, where it has room: the whole reason of the chosen row and what to do.
	private void choose() {
		Label line = Objects.requireNonNull(chosen);
		if (viewer().getStructuredSelection().getFirstElement() instanceof MatrixRows.Shown row) {
			String text = row.why().isEmpty() ? words.say("matrix.safe", row.row().mailbox().address())
					: row.row().mailbox().address() + " — " + row.why() + (row.remedy().isEmpty() ? "" : "\n→ " + row.remedy());
			line.setText(text.replace("&", "&&"));
		} else {
			line.setText(words.say("matrix.choose"));
		}
	}

	private static void addColumn(TableViewer table, String title, int width, ColumnLabelProvider labels) {
		TableViewerColumn column = new TableViewerColumn(table, SWT.NONE);
		column.getColumn().setText(title);
		column.getColumn().setWidth(width);
		column.getColumn().setMoveable(true);
		column.setLabelProvider(labels);
	}

	private static MatrixRows.Shown shown(Object element) {
		return (MatrixRows.Shown) element;
	}

	private TableViewer viewer() {
		return Objects.requireNonNull(viewer);
	}

	private Label summary() {
		return Objects.requireNonNull(summary);
	}

	@Override
	public void setFocus() {
		viewer().getTable().setFocus();
	}

	private final class MailboxLabels extends ColumnLabelProvider {
		@Override
		public String getText(Object element) {
			return shown(element).row().mailbox().address().toString();
		}

		@Override
		public @Nullable Image getImage(Object element) {
			return icons == null ? null : icons.outcome(shown(element).worst());
		}
	}

	private final class CellLabels extends ColumnLabelProvider {
		private final int index;

		CellLabels(int index) {
			this.index = index;
		}

		private ProofMatrix.Cell cell(Object element) {
			return shown(element).row().cells().get(index);
		}

		@Override
		public String getText(Object element) {
			ProofMatrix.Cell cell = cell(element);
			return cell.outcome().map(words::outcome).orElse("—");
		}

		@Override
		public @Nullable Image getImage(Object element) {
			ProofMatrix.Cell cell = cell(element);
			if (icons == null || cell.outcome().isEmpty()) {
				return null;
			}
			return icons.outcome(cell.worst() == null ? null : cell.outcome().get());
		}

		@Override
		public String getToolTipText(Object element) {
			return MatrixRows.words(cell(element), words, Instant.now());
		}
	}

	/// Hands the viewer the rows that come into sight.
	private static final class Lazy implements ILazyContentProvider {
		private final TableViewer table;

		Lazy(TableViewer table) {
			this.table = table;
		}

		@Override
		public void updateElement(int index) {
			if (table.getInput() instanceof List<?> shown && index < shown.size()) {
				table.replace(shown.get(index), index);
			}
		}
	}
}
