package hikkoshi.ui.mailbox;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.widgets.ButtonFactory;
import org.eclipse.jface.widgets.LabelFactory;
import org.eclipse.jface.widgets.TextFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.part.ViewPart;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.roster.TableText;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Presence;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.ActiveMigration;
import hikkoshi.ui.CheckBox;
import hikkoshi.ui.Ui;
import hikkoshi.ui.Words;
import hikkoshi.ui.mailbox.MatrixLines.Shown;
import hikkoshi.ui.mailbox.MatrixQuery.Grouping;
import hikkoshi.ui.probe.ProbeStart;
import hikkoshi.workspace.ProbeJob;

/// Mailbox × side × protocol: what is safe, what is not and why, worst first. Follows the active migration and fills while a probe runs.
/// The table is virtual: only the rows on the screen exist; everything else happens in [MatrixFeed]'s jobs.
public final class MatrixPart extends ViewPart {
	public static final String ID = "hikkoshi.ui.mailbox.matrix";
	/// So often do the ages on the screen go on, in milliseconds.
	private static final int AGES_MILLIS = 20_000;

	private Phrases words = Phrases.of(Locale.getDefault(), List.of());
	private @Nullable Widgets widgets;
	private @Nullable MatrixFeed feed;
	private @Nullable MatrixLines shown;

	private record Widgets(Composite body, Text filter, Button unsafeOnly, Combo grouping, Button probe, Button stop, Label summary, MatrixTable table, Label chosen) {}

	@Override
	public void createPartControl(Composite parent) {
		words = Words.of(MatrixPart.class, getSite());
		Composite body = new Composite(parent, SWT.NONE);
		GridLayoutFactory.fillDefaults().spacing(0, 2).applyTo(body);
		Composite bar = new Composite(body, SWT.NONE);
		GridLayoutFactory.fillDefaults().numColumns(6).margins(4, 2).spacing(10, 2).applyTo(bar);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(bar);
		Text filter = TextFactory.newText(SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL).message(words.say("matrix.filter")).onModify(_ -> ask()).create(bar);
		GridDataFactory.fillDefaults().hint(230, SWT.DEFAULT).align(SWT.FILL, SWT.CENTER).applyTo(filter);
		Button unsafeOnly = CheckBox.plain(ButtonFactory.newButton(SWT.CHECK).text(words.say("matrix.unsafe")).onSelect(_ -> ask()).create(bar));
		Combo grouping = new Combo(bar, SWT.DROP_DOWN | SWT.READ_ONLY);
		grouping.setItems(Arrays.stream(Grouping.values()).map(each -> words.say("matrix.group." + each.token())).toArray(String[]::new));
		grouping.select(0);
		grouping.setToolTipText(words.say("matrix.group.hint"));
		Button probe = ButtonFactory.newButton(SWT.PUSH).text(words.say("matrix.probe")).tooltip(words.say("matrix.probe.hint")).onSelect(_ -> probe()).create(bar);
		Button stop = ButtonFactory.newButton(SWT.PUSH).text(words.say("matrix.stop")).tooltip(words.say("matrix.stop.hint")).onSelect(_ -> stop()).create(bar);
		stop.setEnabled(false);
		Label summary = LabelFactory.newLabel(SWT.NONE).create(bar);
		GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(summary);
		MatrixTable table = new MatrixTable(body, words, query -> {
			if (feed != null) {
				feed.ask(query);
			}
		});
		GridDataFactory.fillDefaults().grab(true, true).applyTo(table.control());
		Label chosen = LabelFactory.newLabel(SWT.WRAP).create(body);
		GridDataFactory.fillDefaults().grab(true, false).hint(200, 36).indent(6, 2).applyTo(chosen);
		widgets = new Widgets(body, filter, unsafeOnly, grouping, probe, stop, summary, table, chosen);
		grouping.addListener(SWT.Selection, _ -> table.ask(table.query().grouped(Grouping.values()[grouping.getSelectionIndex()])));
		table.addSelectionChangedListener(_ -> choose());
		getSite().setSelectionProvider(table);
		MenuManager menu = new MenuManager();
		table.control().setMenu(menu.createContextMenu(table.control()));
		getSite().registerContextMenu(ID, menu, table);
		body.addDisposeListener(_ -> close());
		choose();
		new ActiveMigration(getSite(), body, this::follow);
		grow();
	}

	private Widgets widgets() {
		return Objects.requireNonNull(widgets);
	}

	/// Ages go on, and what was proven becomes too old.
	private void grow() {
		Widgets mine = widgets();
		mine.body().getDisplay().timerExec(AGES_MILLIS, () -> {
			if (!mine.body().isDisposed()) {
				mine.table().redraw();
				mine.table().ask(mine.table().query());
				grow();
			}
		});
	}

	private void ask() {
		Widgets mine = widgets();
		mine.table().ask(mine.table().query().filtered(mine.filter().getText(), mine.unsafeOnly().getSelection()));
	}

	private void close() {
		if (feed != null) {
			feed.close();
			feed = null;
		}
	}

	private void follow(@Nullable IProject next) {
		if (feed != null && feed.project().equals(next)) {
			feed.reload();
			return;
		}
		close();
		shown = null;
		show();
		if (next != null) {
			Composite body = widgets().body();
			feed = new MatrixFeed(getSite(), next, widgets().table().query(), words, lines -> Ui.later(body, () -> show(next, lines)),
					() -> Ui.later(body, () -> say(words.say("matrix.empty"))), why -> Ui.later(body, () -> say(words.say("matrix.failed", why))));
		}
	}

	private void show(IProject of, MatrixLines lines) {
		if (feed != null && feed.project().equals(of)) {
			shown = lines;
			show();
		}
	}

	private void show() {
		MatrixLines lines = shown;
		widgets().table().show(lines == null ? new MatrixLines(List.of(), List.of(), 0, 0, 0, 0) : lines);
		widgets().stop().setEnabled(lines != null && lines.waiting() > 0);
		say(lines == null ? words.say(feed == null ? "migration.none" : "matrix.reading") : summary(lines));
		choose();
	}

	private void say(String text) {
		if (!text.equals(widgets().summary().getText())) {
			widgets().summary().setText(text);
			widgets().summary().getParent().layout();
		}
	}

	private String summary(MatrixLines lines) {
		if (lines.total() == 0) {
			return words.say("matrix.empty");
		}
		String numbers = lines.shown() == 0 && lines.unsafe() == 0 ? words.say("matrix.nothing")
				: lines.shown() == lines.total() ? words.say("matrix.summary", lines.total(), lines.unsafe())
						: words.say("matrix.summary.shown", lines.total(), lines.unsafe(), lines.shown());
		return lines.waiting() == 0 ? numbers : words.say("matrix.running", numbers, lines.waiting());
	}

	/// Below the table, where it has room: the whole reason of the chosen row and what to do.
	private void choose() {
		Widgets mine = widgets();
		List<Shown> rows = mine.table().chosen();
		mine.probe().setEnabled(!rows.isEmpty());
		String text = rows.isEmpty() ? words.say("matrix.choose") : rows.size() > 1 ? words.say("matrix.chosen", rows.size()) : said(rows.getFirst());
		mine.chosen().setText(text.replace("&", "&&"));
	}

	private String said(Shown row) {
		EmailAddress address = row.row().mailbox().address();
		String remedy = MatrixWords.remedy(row, words);
		return row.why().isEmpty() ? words.say("matrix.safe", address) : address + " — " + row.why() + (remedy.isEmpty() ? "" : "\n→ " + remedy);
	}

	/// Proves the selected mailboxes again, those of selected headings included.
	public void probe() {
		Set<EmailAddress> wanted = new HashSet<>();
		widgets().table().chosen().forEach(row -> wanted.add(row.row().mailbox().address()));
		if (feed != null && !wanted.isEmpty()) {
			new ProbeStart(getSite().getShell(), getSite(), feed.project(), Probe::isRoutine, target -> target instanceof Account account && wanted.contains(account.mailbox())
					|| target instanceof Presence presence && wanted.contains(presence.recipient())).go();
		}
	}

	/// Ends the run of this project at once; what it has found is kept.
	public void stop() {
		if (feed != null) {
			Arrays.stream(Job.getJobManager().find(feed.project())).filter(ProbeJob.class::isInstance).forEach(Job::cancel);
		}
	}

	/// Copies the selected lines with the headings of the columns, or all lines.
	public void copy(TableText form) {
		Ui.copy(widgets().body().getDisplay(), form.write(widgets().table().copied()));
	}

	@Override
	public void setFocus() {
		widgets().table().control().setFocus();
	}
}
