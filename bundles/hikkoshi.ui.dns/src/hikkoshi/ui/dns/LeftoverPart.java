package hikkoshi.ui.dns;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.part.ViewPart;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Domain;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.ActiveMigration;
import hikkoshi.ui.CheckBox;
import hikkoshi.ui.EvidenceFeed;
import hikkoshi.ui.Ui;
import hikkoshi.ui.Words;
import hikkoshi.ui.probe.ProbeStart;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.ProbeJob;

/// The Leftovers view: every record of the migration's domains that still leads to the old server, by what it does so, and what it should become: before the cutover
/// the list of what to plan, after it of what was forgotten. A sweep is a run like any other: it can be watched and cancelled, and what it finds is evidence.
public final class LeftoverPart extends ViewPart {
	public static final String ID = "hikkoshi.ui.dns.leftovers";
	private static final int TREE = 75;
	private static final int DETAILS = 25;

	private Phrases words = Words.of(LeftoverPart.class);
	private final LeftoverRows rows = new LeftoverRows();
	private @Nullable IProject project;
	private @Nullable EvidenceFeed feed;
	private @Nullable ProbeJob running;
	private @Nullable Widgets widgets;

	/// What exists once the part has been created.
	private record Widgets(Composite body, Button end, Button cancel, LeftoverTree tree, Text details, Label status) {}

	@Override
	public void createPartControl(Composite parent) {
		words = Words.of(LeftoverPart.class, getSite());
		Composite body = WidgetFactory.composite(SWT.NONE).layout(GridLayoutFactory.swtDefaults().margins(4, 2).create()).create(parent);
		Composite bar = WidgetFactory.composite(SWT.NONE).layout(GridLayoutFactory.fillDefaults().numColumns(7).create()).create(body);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(bar);
		ButtonFactory.newButton(SWT.PUSH).text(words.say("leftovers.run")).tooltip(words.say("leftovers.run.hint")).onSelect(_ -> run(false)).create(bar);
		ButtonFactory.newButton(SWT.PUSH).text(words.say("leftovers.run-one")).tooltip(words.say("leftovers.run-one.hint")).onSelect(_ -> run(true)).create(bar);
		Button cancel = ButtonFactory.newButton(SWT.PUSH).text(words.say("leftovers.cancel")).enabled(false).onSelect(_ -> cancel()).create(bar);
		ButtonFactory.newButton(SWT.PUSH).text(words.say("leftovers.copy")).tooltip(words.say("leftovers.copy.hint")).onSelect(_ -> copy()).create(bar);
		ButtonFactory.newButton(SWT.PUSH).text(words.say("leftovers.export")).onSelect(_ -> export()).create(bar);
		Button end = CheckBox.plain(ButtonFactory.newButton(SWT.CHECK).text(words.say("leftovers.end")).tooltip(words.say("leftovers.end.hint")).onSelect(_ -> refresh()).create(bar));
		end.setSelection(true);
		Label status = WidgetFactory.label(SWT.NONE).create(bar);
		GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(status);
		SashForm sash = new SashForm(body, SWT.HORIZONTAL);
		GridDataFactory.fillDefaults().grab(true, true).applyTo(sash);
		LeftoverTree tree = new LeftoverTree(sash, words, this::details);
		Text details = WidgetFactory.text(SWT.MULTI | SWT.READ_ONLY | SWT.WRAP | SWT.V_SCROLL).create(sash);
		sash.setWeights(TREE, DETAILS);
		// a low, wide view has room beside the rows, not below them
		sash.addListener(SWT.Resize, _ -> {
			int orientation = sash.getSize().x > 2 * sash.getSize().y ? SWT.HORIZONTAL : SWT.VERTICAL;
			if (sash.getOrientation() != orientation) {
				sash.setOrientation(orientation);
			}
		});
		widgets = new Widgets(body, end, cancel, tree, details, status);
		listenToRuns(body);
		details(Optional.empty());
		new ActiveMigration(getSite(), body, this::follow);
	}

	private Widgets widgets() {
		return Objects.requireNonNull(widgets);
	}

	private void listenToRuns(Composite body) {
		JobChangeAdapter runs = new JobChangeAdapter() {
			@Override
			public void running(IJobChangeEvent event) {
				tell(event, true);
			}

			@Override
			public void done(IJobChangeEvent event) {
				tell(event, false);
			}

			private void tell(IJobChangeEvent event, boolean begun) {
				if (event.getJob() instanceof ProbeJob job) {
					Ui.later(body, () -> {
						if (job.project().equals(project)) {
							running = begun ? job : null;
							widgets().cancel().setEnabled(begun);
							say(begun ? words.say("leftovers.running") : words.say("audit.questions", job.questions()));
						}
					});
				}
			}
		};
		Job.getJobManager().addJobChangeListener(runs);
		body.addDisposeListener(_ -> Job.getJobManager().removeJobChangeListener(runs));
	}

	private void follow(@Nullable IProject next) {
		if (Objects.equals(next, project) && feed != null) {
			return;
		}
		stop();
		project = next;
		running = next == null ? null
				: Arrays.stream(Job.getJobManager().find(next)).filter(ProbeJob.class::isInstance).map(ProbeJob.class::cast).findFirst().orElse(null);
		widgets().cancel().setEnabled(running != null);
		rows.clear();
		refresh();
		if (next != null) {
			Composite body = widgets().body();
			feed = new EvidenceFeed(getSite().getService(EvidenceLogs.class), next, more -> {
				List<AuditRow> sweeps = sweeps(more);
				Ui.later(body, () -> take(next, sweeps));
			}, e -> Ui.later(body, () -> say(Ui.message(e))));
		}
	}

	private static List<AuditRow> sweeps(List<Sighting> more) {
		return more.stream().filter(sighting -> LeftoverRows.isSweep(sighting.evidence().probe()) && sighting.evidence().target().value().startsWith(AuditRow.TARGET)).map(AuditRow::of)
				.toList();
	}

	private void take(IProject from, List<AuditRow> sweeps) {
		if (from.equals(project) && !sweeps.isEmpty()) {
			rows.add(sweeps);
			refresh();
		}
	}

	private void run(boolean selectedOnly) {
		IProject active = project;
		if (active == null) {
			say(words.say("migration.none"));
			return;
		}
		String only = selectedOnly ? widgets().tree().selection().map(LeftoverRows.Domain::name).orElse("") : "";
		if (selectedOnly && only.isEmpty()) {
			say(words.say("leftovers.select-domain"));
			return;
		}
		new ProbeStart(getSite().getShell(), getSite(), active, probe -> LeftoverRows.isSweep(probe.id()),
				target -> only.isEmpty() || target instanceof Domain domain && domain.name().ascii().equals(only)).go();
	}

	private void cancel() {
		ProbeJob job = running;
		if (job != null) {
			job.cancel();
		}
	}

	private void copy() {
		Clipboard clipboard = new Clipboard(widgets().body().getDisplay());
		try {
			clipboard.setContents(new Object[] {rows.csv()}, new Transfer[] {TextTransfer.getInstance()});
		} finally {
			clipboard.dispose();
		}
	}

	private void export() {
		FileDialog dialog = new FileDialog(getSite().getShell(), SWT.SAVE);
		dialog.setFileName("leftovers.csv");
		dialog.setOverwrite(true);
		String chosen = dialog.open();
		if (chosen != null) {
			String csv = rows.csv();
			Ui.load(widgets().body(), words.say("leftovers.export"), () -> write(Path.of(chosen), csv), file -> say(words.say("leftovers.exported", file)), e -> say(Ui.message(e)));
		}
	}

	private static Path write(Path file, String csv) throws IOException {
		return Files.writeString(file, csv, StandardCharsets.UTF_8);
	}

	private void refresh() {
		Widgets mine = widgets();
		rows.show(mine.end().getSelection());
		List<LeftoverRows.Domain> domains = rows.domains();
		mine.tree().show(domains);
		details(mine.tree().selection());
		IProject active = project;
		setContentDescription(active == null ? words.say("migration.none")
				: domains.isEmpty() ? words.say("leftovers.empty", active.getName())
						: words.say("leftovers.summary", active.getName(), domains.stream().mapToInt(domain -> domain.rows().size()).sum(), domains.size()));
	}

	/// What the sweeps of a domain say, and what to do about it.
	private void details(Optional<LeftoverRows.Domain> selected) {
		List<String> parts = new ArrayList<>();
		DateTimeFormatter time = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM).withLocale(words.locale()).withZone(ZoneId.systemDefault());
		for (AuditRow row : selected.map(LeftoverRows.Domain::sweeps).orElse(List.of())) {
			StringBuilder text = new StringBuilder(words.outcome(row.outcome())).append(" — ").append(words.say(row.reason()));
			if (row.outcome() != Outcome.PASS) {
				words.remedy(row.reason()).ifPresent(remedy -> text.append(' ').append(words.say("audit.remedy", remedy)));
			}
			if (row.at() != null) {
				text.append(' ').append(words.say("audit.seen", time.format(row.at())));
			}
			parts.add(text.toString());
		}
		widgets().details().setText(parts.isEmpty() ? words.say("leftovers.select") : String.join("\n", parts));
	}

	private void say(String text) {
		widgets().status().setText(text.replace("&", "&&"));
	}

	private void stop() {
		EvidenceFeed open = feed;
		if (open != null) {
			open.close();
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
