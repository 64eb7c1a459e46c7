package hikkoshi.ui.dns;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.jobs.IJobChangeEvent;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.jobs.JobChangeAdapter;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.widgets.ButtonFactory;
import org.eclipse.jface.widgets.WidgetFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.part.ViewPart;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.plan.Zones;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.ActiveMigration;
import hikkoshi.ui.CheckBox;
import hikkoshi.ui.EvidenceFeed;
import hikkoshi.ui.Ui;
import hikkoshi.ui.Words;
import hikkoshi.ui.probe.ProbeStart;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.Migrations;
import hikkoshi.workspace.ProbeJob;
import hikkoshi.workspace.ProbeSets;

/// The Audit view: what each check says of each domain of the active migration, worst first, with what to do about it; live from the evidence, or of the
/// planned zones before they are public.
public final class AuditPart extends ViewPart {
	public static final String ID = "hikkoshi.ui.dns.audit";
	private static final int LIVE = 0;

	private Phrases words = Words.of(AuditPart.class);
	private @Nullable IProject project;
	private @Nullable EvidenceFeed feed;
	private @Nullable Widgets widgets;

	/// What exists once the part has been created.
	private record Widgets(Composite body, AuditRows live, AuditRows planned, Combo source, Button badOnly, Text search, AuditTree tree, AuditDetails details, Label status) {
		AuditRows rows() {
			return source.getSelectionIndex() == LIVE ? live : planned;
		}
	}

	@Override
	public void createPartControl(Composite parent) {
		words = Words.of(AuditPart.class, getSite());
		List<String> checks = getSite().getService(ProbeSets.class).probes().stream().filter(ProbeSet::isAudit).map(Probe::id).toList();
		AuditRows live = new AuditRows(checks, row -> words.title(row.check()) + " " + words.say(row.reason()));
		AuditRows planned = new AuditRows(checks, row -> words.title(row.check()) + " " + words.say(row.reason()));
		Composite body = WidgetFactory.composite(SWT.NONE).layout(GridLayoutFactory.swtDefaults().margins(4, 2).create()).create(parent);
		Composite bar = WidgetFactory.composite(SWT.NONE).layout(GridLayoutFactory.fillDefaults().numColumns(5).create()).create(body);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(bar);
		Combo source = new Combo(bar, SWT.DROP_DOWN | SWT.READ_ONLY);
		source.setItems(words.say("audit.live"), words.say("audit.planned"));
		source.select(LIVE);
		source.setToolTipText(words.say("audit.source.hint"));
		Text search = WidgetFactory.text(SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL).message(words.say("audit.search")).onModify(_ -> refresh()).create(bar);
		GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(search);
		Button badOnly = CheckBox.plain(ButtonFactory.newButton(SWT.CHECK).text(words.say("audit.bad-only")).onSelect(_ -> refresh()).create(bar));
		badOnly.setSelection(true);
		ButtonFactory.newButton(SWT.PUSH).text(words.say("audit.run")).tooltip(words.say("audit.run.hint")).onSelect(_ -> run(false)).create(bar);
		ButtonFactory.newButton(SWT.PUSH).text(words.say("audit.run-one")).tooltip(words.say("audit.run-one.hint")).onSelect(_ -> run(true)).create(bar);
		SashForm sash = new SashForm(body, SWT.HORIZONTAL);
		GridDataFactory.fillDefaults().grab(true, true).applyTo(sash);
		AuditDetails[] details = new AuditDetails[1];
		AuditTree tree = new AuditTree(sash, words, row -> details[0].show(row));
		details[0] = new AuditDetails(sash, words);
		sash.setWeights(48, 52);
		Label status = WidgetFactory.label(SWT.NONE).create(body);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(status);
		widgets = new Widgets(body, live, planned, source, badOnly, search, tree, details[0], status);
		source.addListener(SWT.Selection, _ -> changeSource());
		details[0].show(Optional.empty());
		listenToRuns(body);
		new ActiveMigration(getSite(), body, this::follow);
	}

	private Widgets widgets() {
		return Objects.requireNonNull(widgets);
	}

	/// What a run cost is known when it ends.
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
		if (Objects.equals(next, project) && feed != null) {
			return;
		}
		stop();
		project = next;
		widgets().live().clear();
		widgets().planned().clear();
		say("");
		refresh();
		if (next != null) {
			Composite body = widgets().body();
			feed = new EvidenceFeed(getSite().getService(EvidenceLogs.class), next, more -> {
				List<AuditRow> rows = rows(more);
				Ui.later(body, () -> take(next, rows));
			}, e -> Ui.later(body, () -> say(Ui.message(e))));
		}
	}

	private static List<AuditRow> rows(List<Sighting> more) {
		return more.stream().filter(sighting -> sighting.evidence().probe().startsWith(ProbeSet.AUDIT) && sighting.evidence().target().value().startsWith(AuditRow.TARGET))
				.map(AuditRow::of).toList();
	}

	private void take(IProject from, List<AuditRow> rows) {
		if (from.equals(project) && !rows.isEmpty()) {
			widgets().live().add(rows);
			refresh();
		} else if (rows.isEmpty()) {
			refresh();
		}
	}

	private void changeSource() {
		if (widgets().source().getSelectionIndex() == LIVE) {
			say("");
		} else {
			plan();
		}
		refresh();
	}

	private void run(boolean selectedOnly) {
		IProject active = project;
		if (active == null) {
			say(words.say("migration.none"));
		} else if (widgets().source().getSelectionIndex() != LIVE) {
			plan();
		} else {
			DomainName only = selectedOnly ? widgets().tree().selectedDomain().map(DomainName::new).orElse(null) : null;
			if (selectedOnly && only == null) {
				say(words.say("audit.select-domain"));
				return;
			}
			new ProbeStart(getSite().getShell(), getSite(), active, ProbeSet::isAudit, target -> only == null || target instanceof Domain domain && domain.name().equals(only)).go();
		}
	}

	/// Audits the planned zones beside the window; nothing of it is kept.
	private void plan() {
		IProject active = project;
		if (active == null) {
			return;
		}
		say(words.say("audit.planning"));
		Migrations migrations = getSite().getService(Migrations.class);
		EvidenceLogs logs = getSite().getService(EvidenceLogs.class);
		Zones zones = getSite().getService(Zones.class);
		Ui.load(widgets().body(), words.say("audit.planning"), () -> new PlannedAudit(Migrations.folder(active), migrations.load(active), zones, logs.open(active)).call(), result -> {
			if (active.equals(project)) {
				widgets().planned().clear();
				widgets().planned().add(result.rows());
				refresh();
				say(result.plans() == 0 ? words.say("audit.no-plan")
						: !result.faults().isEmpty() ? words.say("audit.bad-plan", String.join("; ", result.faults())) : words.say("audit.questions", result.questions()));
			}
		}, e -> say(Ui.message(e)));
	}

	private void refresh() {
		Widgets mine = widgets;
		if (mine == null) {
			return;
		}
		AuditRows rows = mine.rows();
		rows.filter(mine.badOnly().getSelection(), mine.search().getText());
		mine.tree().show(rows.domains());
		mine.details().show(mine.tree().selection());
		Map<Outcome, Long> counts = rows.counts();
		String text = counts.keySet().stream().sorted(Comparator.reverseOrder()).map(outcome -> words.outcome(outcome) + " " + counts.get(outcome))
				.collect(Collectors.joining(", "));
		setContentDescription(project == null ? words.say("migration.none") : rows.isEmpty() ? words.say("audit.empty", project.getName()) : project.getName() + ": " + text);
	}

	private void say(String text) {
		widgets().status().setText(text);
		widgets().status().requestLayout();
	}

	private void stop() {
		if (feed != null) {
			feed.close();
			feed = null;
		}
	}

	@Override
	public void setFocus() {
		widgets().tree().control().setFocus();
	}

	@Override
	public void dispose() {
		stop();
		super.dispose();
	}
}
