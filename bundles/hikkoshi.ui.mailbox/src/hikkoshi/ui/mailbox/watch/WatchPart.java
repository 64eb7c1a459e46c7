package hikkoshi.ui.mailbox.watch;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.eclipse.core.resources.IProject;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.widgets.ButtonFactory;
import org.eclipse.jface.widgets.LabelFactory;
import org.eclipse.jface.widgets.TextFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.part.ViewPart;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Wave;
import hikkoshi.core.plan.Zones;
import hikkoshi.core.text.Phrases;
import hikkoshi.core.watch.Verdict.State;
import hikkoshi.ui.ActiveMigration;
import hikkoshi.ui.CheckBox;
import hikkoshi.ui.Ui;
import hikkoshi.ui.Words;
import hikkoshi.ui.mailbox.watch.WatchRows.Shown;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.Migrations;
import hikkoshi.workspace.Subscription;
import hikkoshi.workspace.Watches;

/// The Watch view: every domain's verdict with its six conditions, and for the chosen one every reason, who still writes to the old side, and the charts. Starts and
/// stops the watch; shows what the evidence says whether one runs here, elsewhere or not at all.
public final class WatchPart extends ViewPart {
	public static final String ID = "hikkoshi.ui.mailbox.watch";
	/// What changes with time alone (ages, deadlines) is looked at so often, in milliseconds.
	private static final int TICK = 30_000;
	/// Between two readings at least; a large migration, that takes long to read, is read the less often.
	private static final int PAUSE = 500;
	private static final int PAUSES = 3;

	private Phrases words = Words.of(WatchPart.class);
	private @Nullable IProject project;
	private @Nullable WatchRows rows;
	private @Nullable Widgets widgets;
	private Subscription evidence = Subscription.NONE;
	private Subscription runs = Subscription.NONE;
	private String failure = "";
	private boolean loading;
	private boolean again;
	private long begun;

	/// What exists once the part has been created.
	private record Widgets(Composite body, Button start, Text filter, Button open, Combo wave, Label summary, Label status, WatchTable table, DetailsPane details) {}

	@Override
	public void createPartControl(Composite parent) {
		words = Words.of(WatchPart.class, getSite());
		Composite body = new Composite(parent, SWT.NONE);
		GridLayoutFactory.fillDefaults().margins(4, 2).spacing(0, 2).applyTo(body);
		Composite bar = new Composite(body, SWT.NONE);
		GridLayoutFactory.fillDefaults().numColumns(5).spacing(10, 2).applyTo(bar);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(bar);
		Button start = ButtonFactory.newButton(SWT.PUSH).text(words.say("watch.stop")).onSelect(_ -> startOrStop()).create(bar);
		GridDataFactory.fillDefaults().hint(Math.max(130, start.computeSize(SWT.DEFAULT, SWT.DEFAULT).x), SWT.DEFAULT).applyTo(start);
		Text filter = TextFactory.newText(SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL).message(words.say("watch.filter")).onModify(_ -> show()).create(bar);
		GridDataFactory.fillDefaults().hint(200, SWT.DEFAULT).align(SWT.FILL, SWT.CENTER).applyTo(filter);
		Button open = CheckBox.plain(ButtonFactory.newButton(SWT.CHECK).text(words.say("watch.open")).onSelect(_ -> show()).create(bar));
		Combo wave = new Combo(bar, SWT.DROP_DOWN | SWT.READ_ONLY);
		GridDataFactory.fillDefaults().hint(170, SWT.DEFAULT).align(SWT.FILL, SWT.CENTER).applyTo(wave);
		wave.addListener(SWT.Selection, _ -> show());
		Label summary = LabelFactory.newLabel(SWT.NONE).create(bar);
		GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(summary);
		Label status = LabelFactory.newLabel(SWT.WRAP).create(body);
		GridDataFactory.fillDefaults().grab(true, false).hint(200, SWT.DEFAULT).applyTo(status);
		SashForm sash = new SashForm(body, SWT.VERTICAL);
		GridDataFactory.fillDefaults().grab(true, true).applyTo(sash);
		WatchTable table = new WatchTable(sash, words, _ -> details());
		DetailsPane details = new DetailsPane(sash, words, getSite().getService(EvidenceLogs.class), this::fail);
		sash.setWeights(50, 50);
		// a low, wide view has both side by side
		body.addListener(SWT.Resize, _ -> {
			Point size = body.getSize();
			sash.setOrientation(size.x > 2 * size.y ? SWT.HORIZONTAL : SWT.VERTICAL);
		});
		widgets = new Widgets(body, start, filter, open, wave, summary, status, table, details);
		getSite().setSelectionProvider(table.viewer());
		getViewSite().getActionBars().setGlobalActionHandler(ActionFactory.COPY.getId(), new Copy());
		runs = getSite().getService(Watches.class).listen(changed -> Ui.later(body, () -> {
			if (changed.equals(project)) {
				status();
			}
		}));
		body.addDisposeListener(_ -> {
			evidence.close();
			runs.close();
		});
		show();
		tick();
		new ActiveMigration(getSite(), body, this::follow);
	}

	private Widgets widgets() {
		return Objects.requireNonNull(widgets);
	}

	private void tick() {
		Composite body = widgets().body();
		body.getDisplay().timerExec(TICK, () -> {
			if (!body.isDisposed()) {
				if (body.isVisible()) {
					reload();
				}
				tick();
			}
		});
	}

	private void follow(@Nullable IProject next) {
		if (!Objects.equals(next, project)) {
			evidence.close();
			project = next;
			rows = null;
			failure = "";
			Composite body = widgets().body();
			evidence = next == null ? Subscription.NONE : getSite().getService(EvidenceLogs.class).listen(next, () -> Ui.later(body, this::reload));
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
		begun = System.nanoTime();
		Migrations migrations = getSite().getService(Migrations.class);
		EvidenceLogs logs = getSite().getService(EvidenceLogs.class);
		Zones zones = getSite().getService(Zones.class);
		Ui.load(widgets().body(), getPartName(), () -> {
			Optional<Migration> migration = migrations.load(mine).migration();
			return migration.isEmpty() ? Optional.<WatchRows>empty()
					: Optional.of(WatchRows.read(migration.get(), Migrations.folder(mine), logs.open(mine), zones, Clock.systemUTC()));
		}, read -> loaded(mine, read, ""), e -> loaded(mine, Optional.empty(), Ui.message(e)));
	}

	private void loaded(IProject of, Optional<WatchRows> read, String why) {
		if (of.equals(project)) {
			rows = read.orElse(null);
			failure = why;
			show();
		}
		int took = (int) Math.min(Integer.MAX_VALUE / PAUSES, (System.nanoTime() - begun) / 1_000_000);
		Composite body = widgets().body();
		body.getDisplay().timerExec(of.equals(project) ? Math.max(PAUSE, PAUSES * took) : 0, () -> {
			loading = false;
			if (again && !body.isDisposed()) {
				again = false;
				reload();
			}
		});
	}

	private void show() {
		Widgets mine = widgets();
		WatchRows read = rows;
		waves(read);
		List<Shown> shown = read == null ? List.of() : read.filtered(mine.filter().getText(), mine.open().getSelection(), wave(), words);
		mine.table().show(shown);
		mine.summary().setText(read == null ? "" : words.say("watch.summary", read.count(State.ENDED),
				read.count(State.RUNNING), read.count(State.UNKNOWN)));
		status();
		details();
	}

	/// All of them, then each with its verdict; what was chosen stays so.
	private void waves(@Nullable WatchRows read) {
		Combo box = widgets().wave();
		List<String> items = new ArrayList<>(List.of(words.say("watch.all-waves")));
		List<String> keys = read == null ? List.of() : read.migration().waves().stream().map(Wave::key).toList();
		keys.forEach(key -> items.add(words.say("watch.of-wave", key, WatchRows.state(Objects.requireNonNull(read).of(key), words))));
		if (!items.equals(List.of(box.getItems()))) {
			int chosen = Math.max(0, box.getSelectionIndex());
			box.setItems(items.toArray(String[]::new));
			box.select(Math.min(chosen, items.size() - 1));
		}
	}

	/// The chosen wave's key, empty for all.
	private String wave() {
		int index = widgets().wave().getSelectionIndex();
		WatchRows read = rows;
		return index <= 0 || read == null || index > read.migration().waves().size() ? "" : read.migration().waves().get(index - 1).key();
	}

	private void status() {
		Widgets mine = widgets();
		IProject active = project;
		Watches watches = getSite().getService(Watches.class);
		boolean isRunning = active != null && watches.of(active).isPresent();
		mine.start().setText(words.say(isRunning ? "watch.stop" : "watch.start"));
		mine.start().setEnabled(active != null && (isRunning || rows != null && !rows.all().isEmpty()));
		String text = active == null ? words.say("migration.none") : failure.isEmpty() ? WatchStatus.of(rows, watches.of(active), Instant.now(), words) : failure;
		String shown = text.replace("&", "&&");
		if (!mine.status().getText().equals(shown)) {
			mine.status().setText(shown);
			mine.status().requestLayout();
		}
	}

	private void details() {
		Widgets mine = widgets();
		IProject active = project;
		WatchRows read = rows;
		if (active == null || read == null) {
			mine.details().clear();
		} else {
			mine.details().show(active, read.migration(), mine.table().current().map(Shown::watch).orElse(null));
		}
	}

	private void fail(String why) {
		failure = why;
		status();
	}

	private void startOrStop() {
		IProject active = project;
		WatchRows read = rows;
		if (active == null) {
			return;
		}
		Watches watches = getSite().getService(Watches.class);
		if (watches.of(active).isPresent()) {
			watches.stop(active);
		} else if (read != null) {
			new WatchStart(getSite().getShell(), getSite(), active, words, this::fail).go(read.migration(), wave());
		}
	}

	@Override
	public void setFocus() {
		widgets().table().viewer().getTable().setFocus();
	}

	/// Of the text where the text has the focus, else of the selected rows.
	private final class Copy extends Action {
		@Override
		public void run() {
			Widgets mine = widgets();
			if (mine.details().copied()) {
				return;
			}
			if (mine.filter().isFocusControl()) {
				mine.filter().copy();
			} else {
				Clipboard clipboard = new Clipboard(mine.body().getDisplay());
				clipboard.setContents(new Object[] {mine.table().copied()}, new Transfer[] {TextTransfer.getInstance()});
				clipboard.dispose();
			}
		}
	}
}
