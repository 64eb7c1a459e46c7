package hikkoshi.ui.inventory.compare;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

import org.eclipse.core.resources.IProject;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.jface.widgets.ButtonFactory;
import org.eclipse.jface.widgets.LabelFactory;
import org.eclipse.jface.widgets.TextFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.part.ViewPart;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.compare.CompareTargets;
import hikkoshi.core.compare.CompareTargets.Pair;
import hikkoshi.core.compare.Comparison;
import hikkoshi.core.compare.Comparison.Row;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Target;
import hikkoshi.core.text.ComparisonWords;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.ActiveMigration;
import hikkoshi.ui.CheckBox;
import hikkoshi.ui.Icons;
import hikkoshi.ui.Ui;
import hikkoshi.ui.Words;
import hikkoshi.ui.probe.ProbeStart;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.Migrations;
import hikkoshi.workspace.Subscription;

/// Compare Servers: what an old and a new server offer, differences first, and below the table what follows from the chosen one and what to do.
/// Fills while the servers are asked.
public final class ComparePart extends ViewPart {
	public static final String ID = "hikkoshi.ui.inventory.compare";
	/// At most so often is the table made anew while evidence comes in, in milliseconds.
	private static final int REFRESH_MILLIS = 300;

	/// @param known logins that have worked: those can be looked behind without asking anybody
	/// @param first of each server, for a person who has a password
	private record Read(List<Pair> pairs, int chosen, Comparison comparison, List<Account> known, List<Account> first) {}

	private record Widgets(
			Composite body, Combo pairs, Text filter, Button differences, Button ask, Button login, Label summary, TableViewer table, Label chosen) {}

	private Phrases words = Phrases.of(Locale.getDefault(), List.of());
	private ComparisonWords shown = new ComparisonWords(words);
	private @Nullable Widgets widgets;
	private @Nullable IProject project;
	private @Nullable Read read;
	private @Nullable String wantedOld;
	private @Nullable String wantedNew;
	private Subscription evidence = Subscription.NONE;
	private boolean loading;
	private boolean again;

	@Override
	public void createPartControl(Composite parent) {
		words = Words.of(ComparePart.class, getSite());
		shown = new ComparisonWords(words);
		Composite body = new Composite(parent, SWT.NONE);
		GridLayoutFactory.fillDefaults().spacing(0, 2).applyTo(body);
		Composite bar = new Composite(body, SWT.NONE);
		GridLayoutFactory.fillDefaults().numColumns(5).margins(4, 2).spacing(10, 2).applyTo(bar);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(bar);
		Combo pairs = new Combo(bar, SWT.READ_ONLY | SWT.DROP_DOWN);
		GridDataFactory.fillDefaults().hint(230, SWT.DEFAULT).align(SWT.FILL, SWT.CENTER).applyTo(pairs);
		pairs.addListener(SWT.Selection, _ -> choosePair());
		Text filter = TextFactory.newText(SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL).message(words.say("compare.filter")).onModify(_ -> show()).create(bar);
		GridDataFactory.fillDefaults().hint(200, SWT.DEFAULT).grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(filter);
		Button differences = CheckBox.plain(ButtonFactory.newButton(SWT.CHECK).text(words.say("compare.differences")).onSelect(_ -> show()).create(bar));
		differences.setSelection(true);
		Button ask = ButtonFactory.newButton(SWT.PUSH).text(words.say("compare.ask")).tooltip(words.say("compare.ask.tip")).onSelect(_ -> ask(false)).create(bar);
		Button login = ButtonFactory.newButton(SWT.PUSH).text(words.say("compare.login")).tooltip(words.say("compare.login.tip")).onSelect(_ -> ask(true))
				.create(bar);
		Label summary = LabelFactory.newLabel(SWT.NONE).create(body);
		GridDataFactory.fillDefaults().grab(true, false).indent(6, 0).applyTo(summary);
		TableViewer table = new TableViewer(body, SWT.FULL_SELECTION | SWT.V_SCROLL | SWT.H_SCROLL);
		GridDataFactory.fillDefaults().grab(true, true).applyTo(table.getTable());
		Label chosen = LabelFactory.newLabel(SWT.WRAP).create(body);
		GridDataFactory.fillDefaults().grab(true, false).hint(200, 78).indent(6, 2).applyTo(chosen);
		widgets = new Widgets(body, pairs, filter, differences, ask, login, summary, table, chosen);
		columns(table, new Icons(body));
		table.setContentProvider(ArrayContentProvider.getInstance());
		table.addSelectionChangedListener(_ -> choose());
		body.addDisposeListener(_ -> evidence.close());
		new ActiveMigration(getSite(), body, this::follow);
	}

	private void columns(TableViewer table, Icons icons) {
		table.getTable().setHeaderVisible(true);
		table.getTable().setLinesVisible(true);
		column(table, words.say("compare.column.outcome"), 90, shown::outcome, icons);
		column(table, words.say("compare.column.area"), 100, shown::area, null);
		column(table, words.say("compare.column.feature"), 210, shown::feature, null);
		column(table, words.say("compare.column.old"), 200, row -> shown.cell(row.oldCell()), null);
		column(table, words.say("compare.column.new"), 200, row -> shown.cell(row.newCell()), null);
		column(table, words.say("compare.column.consequence"), 640, shown::consequence, null);
	}

	private static void column(TableViewer table, String title, int width, Function<Row, String> text, @Nullable Icons icons) {
		TableViewerColumn column = new TableViewerColumn(table, SWT.NONE);
		column.getColumn().setText(title);
		column.getColumn().setWidth(width);
		column.getColumn().setMoveable(true);
		column.setLabelProvider(new ColumnLabelProvider() {
			@Override
			public String getText(Object element) {
				return text.apply((Row) element);
			}

			@Override
			public @Nullable Image getImage(Object element) {
				return icons == null ? null : icons.outcome(((Row) element).outcome());
			}
		});
	}

	/// Shows these two.
	///
	/// @param oldServer key, or null for any
	/// @param newServer key, or null for any
	public void select(@Nullable String oldServer, @Nullable String newServer) {
		wantedOld = oldServer;
		wantedNew = newServer;
		reload();
	}

	private void follow(@Nullable IProject next) {
		if (next == null || !next.equals(project)) {
			evidence.close();
			project = next;
			evidence = next == null ? Subscription.NONE
					: getSite().getService(EvidenceLogs.class).listen(next, () -> Ui.later(mine().body, this::reload));
		}
		reload();
	}

	/// Reads in the background; news that come meanwhile are read together, after a pause.
	private void reload() {
		IProject of = project;
		if (of == null) {
			loaded(Optional.empty(), words.say("migration.none"));
			return;
		}
		if (loading) {
			again = true;
			return;
		}
		loading = true;
		String old = wantedOld;
		String fresh = wantedNew;
		Ui.load(mine().body, getPartName(), () -> read(of, old, fresh), found -> loaded(found, words.say("compare.nothing")),
				failure -> loaded(Optional.empty(), words.say("compare.failed", Ui.message(failure))));
	}

	private Optional<Read> read(IProject of, @Nullable String old, @Nullable String fresh) throws IOException {
		Optional<Migration> migration = getSite().getService(Migrations.class).load(of).migration();
		List<Pair> pairs = migration.map(one -> CompareTargets.pairs(one, old, fresh)).orElse(List.of());
		if (migration.isEmpty() || pairs.isEmpty()) {
			return Optional.empty();
		}
		EvidenceLog log = getSite().getService(EvidenceLogs.class).open(of);
		int chosen = CompareTargets.index(pairs, old, fresh);
		Pair pair = pairs.get(chosen);
		return Optional.of(new Read(pairs, chosen, Comparison.of(migration.get(), pair.oldServer(), pair.newServer(), log, Instant.now()),
				CompareTargets.proven(migration.get(), pair, log), CompareTargets.first(migration.get(), pair)));
	}

	private void loaded(Optional<Read> found, String otherwise) {
		Widgets mine = mine();
		read = found.orElse(null);
		mine.ask.setEnabled(found.isPresent());
		mine.login.setEnabled(found.isPresent() && !found.get().first.isEmpty());
		mine.pairs.setItems(found.map(Read::pairs).orElse(List.of()).stream()
				.map(pair -> words.say("compare.pair", pair.oldServer().key(), pair.newServer().key())).toArray(String[]::new));
		found.ifPresent(one -> mine.pairs.select(one.chosen));
		show();
		if (found.isEmpty()) {
			mine.summary.setText(otherwise);
		}
		mine.body.getDisplay().timerExec(REFRESH_MILLIS, () -> {
			loading = false;
			if (again && !mine.body.isDisposed()) {
				again = false;
				reload();
			}
		});
	}

	private void choosePair() {
		if (read != null && mine().pairs.getSelectionIndex() >= 0) {
			Pair pair = read.pairs.get(mine().pairs.getSelectionIndex());
			select(pair.oldServer().key(), pair.newServer().key());
		}
	}

	private void show() {
		Widgets mine = mine();
		if (read == null) {
			mine.table.setInput(List.of());
			mine.chosen.setText("");
			return;
		}
		Comparison comparison = read.comparison;
		mine.table.getTable().getColumn(3).setText(words.say("compare.column.old") + " (" + comparison.oldServer().key() + ")");
		mine.table.getTable().getColumn(4).setText(words.say("compare.column.new") + " (" + comparison.newServer().key() + ")");
		List<Row> rows = comparison.rows().stream().filter(row -> row.differs() || !mine.differences.getSelection()).filter(this::fits).toList();
		Object before = mine.table.getStructuredSelection().getFirstElement();
		mine.table.setInput(rows);
		// news must not take away what a person is reading
		rows.stream().filter(row -> before instanceof Row old && old.area() == row.area() && old.feature().equals(row.feature())).findFirst()
				.ifPresent(row -> mine.table.setSelection(new StructuredSelection(row), true));
		mine.summary.setText(words.say("compare.summary", comparison.count(Outcome.WARN), comparison.count(Outcome.UNKNOWN),
				comparison.rows().stream().filter(row -> !row.differs()).count(), rows.size()));
		mine.summary.getParent().layout();
		choose();
	}

	private boolean fits(Row row) {
		String wanted = mine().filter.getText().strip().toLowerCase(Locale.ROOT);
		String all = String.join(" ", shown.area(row), shown.feature(row), shown.cell(row.oldCell()), shown.cell(row.newCell()), shown.consequence(row));
		return wanted.isEmpty() || all.toLowerCase(Locale.ROOT).contains(wanted);
	}

	/// Below the table, where it has room: what follows from the chosen row and what to do.
	private void choose() {
		String text = words.say("compare.choose");
		if (mine().table.getStructuredSelection().getFirstElement() instanceof Row row) {
			text = shown.feature(row) + " — " + shown.consequence(row) + shown.remedy(row).map(remedy -> "\n→ " + remedy).orElse("");
		}
		mine().chosen.setText(text.replace("&", "&&"));
	}

	/// @param anybody whether a person may be asked for the password of an account on each server
	private void ask(boolean anybody) {
		Read now = read;
		IProject of = project;
		if (now != null && of != null) {
			Pair pair = now.pairs.get(now.chosen);
			List<Account> accounts = anybody ? now.first : now.known;
			Predicate<Target> wanted = target -> CompareTargets.concerns(pair, accounts, target);
			new ProbeStart(getSite().getShell(), getSite(), of, probe -> CompareTargets.PROBES.contains(probe.id()), wanted).go();
		}
	}

	private Widgets mine() {
		return Objects.requireNonNull(widgets);
	}

	@Override
	public void setFocus() {
		mine().table.getTable().setFocus();
	}
}
