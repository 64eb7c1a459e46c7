package hikkoshi.ui.dns;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.jobs.IJobChangeEvent;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.jobs.JobChangeAdapter;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.widgets.ButtonFactory;
import org.eclipse.jface.widgets.LabelFactory;
import org.eclipse.jface.widgets.WidgetFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.part.ViewPart;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.ledger.Headline;
import hikkoshi.core.ledger.Ledger;
import hikkoshi.core.ledger.WatchTable;
import hikkoshi.core.model.Domain;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.plan.Zones;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.ActiveMigration;
import hikkoshi.ui.CheckBox;
import hikkoshi.ui.Icons;
import hikkoshi.ui.Ui;
import hikkoshi.ui.Words;
import hikkoshi.ui.probe.ProbeStart;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.Migrations;
import hikkoshi.workspace.ProbeJob;
import hikkoshi.workspace.Subscription;

/// The Propagation view: who answers old, who new, until when at most an honest cache may hold the old answer, and the history of a record. Asks again by itself
/// while it is open, when a person wants that.
public final class PropagationPart extends ViewPart {
	public static final String ID = "hikkoshi.ui.dns.propagation";
	private static final int SECOND = 1_000;
	/// Lines of reasons in sight, at most.
	private static final int REASONS = 6;
	private static final int[] EVERY = {5, 60, 3600};

	private Phrases words = Words.of(PropagationPart.class);
	private @Nullable IProject project;
	private @Nullable Ledger ledger;
	private @Nullable Widgets widgets;
	private Subscription evidence = Subscription.NONE;
	private RecordSet.@Nullable Key chosen;
	private Instant asked = Instant.MIN;
	private boolean loading;
	private boolean again;

	/// What exists once the part has been created.
	private record Widgets(Composite body, Combo domain, Button all, Button repeat, Spinner every, Icons icons, Label mark, Label head, Text why, LedgerTable table,
			TimeLine line, Label status) {}

	@Override
	public void createPartControl(Composite parent) {
		words = Words.of(PropagationPart.class, getSite());
		Composite body = WidgetFactory.composite(SWT.NONE).layout(GridLayoutFactory.swtDefaults().margins(4, 2).spacing(4, 3).create()).create(parent);
		Composite bar = WidgetFactory.composite(SWT.NONE).layout(GridLayoutFactory.fillDefaults().numColumns(7).create()).create(body);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(bar);
		Combo domain = new Combo(bar, SWT.DROP_DOWN | SWT.READ_ONLY);
		GridDataFactory.fillDefaults().hint(220, SWT.DEFAULT).applyTo(domain);
		domain.addListener(SWT.Selection, _ -> reload());
		ButtonFactory.newButton(SWT.PUSH).text(words.say("ledger.ask")).tooltip(words.say("ledger.ask.hint")).onSelect(_ -> ask(false)).create(bar);
		ButtonFactory.newButton(SWT.PUSH).text(words.say("ledger.ask-all")).tooltip(words.say("ledger.ask-all.hint")).onSelect(_ -> ask(true)).create(bar);
		Button repeat = CheckBox.plain(ButtonFactory.newButton(SWT.CHECK).text(words.say("ledger.repeat")).create(bar));
		Spinner every = new Spinner(bar, SWT.BORDER);
		every.setValues(EVERY[1], EVERY[0], EVERY[2], 0, EVERY[0], EVERY[1]);
		LabelFactory.newLabel(SWT.NONE).text(words.say("ledger.seconds")).create(bar);
		Button all = CheckBox.plain(ButtonFactory.newButton(SWT.CHECK).text(words.say("ledger.all")).onSelect(_ -> show()).create(bar));
		Composite header = WidgetFactory.composite(SWT.NONE).layout(GridLayoutFactory.fillDefaults().numColumns(2).create()).create(body);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(header);
		Icons icons = new Icons(body);
		Label mark = LabelFactory.newLabel(SWT.NONE).create(header);
		GridDataFactory.fillDefaults().hint(18, 18).align(SWT.CENTER, SWT.BEGINNING).applyTo(mark);
		Label head = LabelFactory.newLabel(SWT.WRAP).font(JFaceResources.getFontRegistry().getBold(JFaceResources.DEFAULT_FONT)).create(header);
		GridDataFactory.fillDefaults().grab(true, false).hint(300, SWT.DEFAULT).applyTo(head);
		Text why = WidgetFactory.text(SWT.MULTI | SWT.READ_ONLY | SWT.WRAP | SWT.V_SCROLL).create(header);
		GridDataFactory.fillDefaults().grab(true, false).span(2, 1).hint(300, 2 * why.getLineHeight()).applyTo(why);
		SashForm sash = new SashForm(body, SWT.VERTICAL);
		GridDataFactory.fillDefaults().grab(true, true).applyTo(sash);
		LedgerTable table = new LedgerTable(sash, words, (_, key) -> choose(key));
		TimeLine line = new TimeLine(sash, words);
		sash.setWeights(55, 45);
		// a low, wide view has both side by side, and two lines of reasons; a large one shows more of them
		body.addListener(SWT.Resize, _ -> {
			Point size = body.getSize();
			sash.setOrientation(size.x > 2 * size.y ? SWT.HORIZONTAL : SWT.VERTICAL);
			((GridData) why.getLayoutData()).heightHint = Math.clamp(size.y / (REASONS * why.getLineHeight()), 2, REASONS) * why.getLineHeight();
		});
		Label status = LabelFactory.newLabel(SWT.NONE).create(body);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(status);
		widgets = new Widgets(body, domain, all, repeat, every, icons, mark, head, why, table, line, status);
		listenToRuns(body);
		body.addDisposeListener(_ -> evidence.close());
		show();
		tick();
		new ActiveMigration(getSite(), body, this::follow);
	}

	private Widgets widgets() {
		return Objects.requireNonNull(widgets);
	}

	/// Once a second: what counts down, and whether it is time to ask again.
	private void tick() {
		Widgets mine = widgets();
		mine.body().getDisplay().timerExec(SECOND, () -> {
			if (mine.body().isDisposed()) {
				return;
			}
			if (mine.body().isVisible()) {
				mine.table().tick();
				mine.line().redraw();
				head();
			}
			if (mine.repeat().getSelection() && project != null && !Instant.now().isBefore(asked.plusSeconds(mine.every().getSelection()))) {
				ask(false);
			}
			tick();
		});
	}

	private void listenToRuns(Composite body) {
		JobChangeAdapter ends = new JobChangeAdapter() {
			@Override
			public void done(IJobChangeEvent event) {
				if (event.getJob() instanceof ProbeJob job && job.questions() > 0) {
					Ui.later(body, () -> {
						if (job.project().equals(project)) {
							say(words.say("audit.questions", job.questions()));
						}
					});
				}
			}
		};
		Job.getJobManager().addJobChangeListener(ends);
		body.addDisposeListener(_ -> Job.getJobManager().removeJobChangeListener(ends));
	}

	private void follow(@Nullable IProject next) {
		if (!Objects.equals(next, project)) {
			evidence.close();
			project = next;
			widgets().repeat().setSelection(false);
			Composite body = widgets().body();
			evidence = next == null ? Subscription.NONE : getSite().getService(EvidenceLogs.class).listen(next, () -> Ui.later(body, this::reload));
		}
		reload();
	}

	/// Reads in the background; news that come meanwhile are read together.
	private void reload() {
		IProject mine = project;
		if (mine == null) {
			ledger = null;
			show();
			return;
		}
		if (loading) {
			again = true;
			return;
		}
		loading = true;
		String wanted = widgets().domain().getText();
		Migrations migrations = getSite().getService(Migrations.class);
		EvidenceLogs logs = getSite().getService(EvidenceLogs.class);
		Zones zones = getSite().getService(Zones.class);
		Ui.load(widgets().body(), getPartName(), () -> {
			var migration = migrations.load(mine).migration();
			return migration.isEmpty() ? Optional.<LedgerSnapshot>empty()
					: Optional.of(LedgerSnapshot.read(migration.get(), wanted, Migrations.folder(mine), logs.open(mine), zones));
		}, this::loaded, failure -> {
			loaded(Optional.empty());
			say(Ui.message(failure));
		});
	}

	private void loaded(Optional<LedgerSnapshot> read) {
		loading = false;
		ledger = read.map(LedgerSnapshot::ledger).orElse(null);
		List<String> names = read.map(LedgerSnapshot::domains).orElse(List.of()).stream().map(domain -> domain.name().ascii()).toList();
		Combo box = widgets().domain();
		if (!List.of(box.getItems()).equals(names)) {
			box.setItems(names.toArray(String[]::new));
		}
		Ledger mine = ledger;
		if (mine != null) {
			box.setText(mine.domain().name().ascii());
		}
		show();
		if (again) {
			again = false;
			reload();
		}
	}

	private void show() {
		Widgets mine = widgets();
		Ledger now = ledger;
		mine.table().show(now, mine.all().getSelection());
		if (now != null && (chosen == null || now.entry(chosen).isEmpty())) {
			chosen = new RecordSet.Key(now.domain().name().ascii() + ".", "MX");
		}
		mine.line().show(now, chosen);
		head();
	}

	private void head() {
		Widgets mine = widgets();
		Ledger now = ledger;
		if (now == null) {
			mine.head().setText(words.say("migration.none"));
			mine.why().setText("");
			mine.mark().setImage(null);
			return;
		}
		Headline headline = Headline.of(now, Instant.now());
		mine.mark().setImage(mine.icons().outcome(headline.outcome()));
		set(mine.head(), words.say(headline.reason()));
		String why = DeadlineText.of(now, words, Instant.now());
		if (!mine.why().getText().equals(why)) {
			mine.why().setText(why);
		}
	}

	private static void set(Label label, String text) {
		String shown = text.replace("&", "&&");
		if (!label.getText().equals(shown)) {
			label.setText(shown);
			label.setToolTipText(text);
			label.requestLayout();
		}
	}

	private void choose(RecordSet.Key key) {
		chosen = key;
		widgets().line().show(ledger, key);
	}

	/// @param everything all domains of the migration instead of the chosen one
	private void ask(boolean everything) {
		IProject active = project;
		Ledger mine = ledger;
		if (active == null) {
			say(words.say("migration.none"));
			return;
		}
		asked = Instant.now();
		if (Job.getJobManager().find(active).length > 0) {
			// a run is under way; the next tick comes
			return;
		}
		new ProbeStart(getSite().getShell(), getSite(), active, probe -> probe.id().equals(WatchTable.PROBE),
				target -> everything || mine != null && target instanceof Domain domain && domain.name().equals(mine.domain().name())).go();
	}

	private void say(String text) {
		widgets().status().setText(text);
		widgets().status().requestLayout();
	}

	@Override
	public void setFocus() {
		widgets().table().control().setFocus();
	}
}
