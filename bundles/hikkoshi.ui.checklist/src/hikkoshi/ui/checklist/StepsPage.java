package hikkoshi.ui.checklist;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.forms.IManagedForm;
import org.eclipse.ui.forms.IMessageManager;
import org.eclipse.ui.forms.editor.FormPage;
import org.eclipse.ui.forms.widgets.FormToolkit;
import org.eclipse.ui.forms.widgets.ScrolledForm;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.gate.Checklist;
import hikkoshi.core.gate.ChecklistState;
import hikkoshi.core.gate.StepState;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Wave;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Ui;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.Migrations;
import hikkoshi.workspace.Subscription;

/// The steps of a wave with the state of their gates. Judges again when evidence comes in, when the files change, and as proof grows old.
public final class StepsPage extends FormPage {
	/// Proof grows old without any news: look again that often.
	private static final int AGEING_MILLIS = 30_000;
	private static final int PAUSE_MILLIS = 300;

	private final Phrases words;
	private @Nullable StepTable table;
	private @Nullable StepDetails details;
	private @Nullable Combo wave;
	private @Nullable ScrolledForm form;
	private boolean judging;
	private boolean again;

	StepsPage(ChecklistEditor editor, Phrases words) {
		super(editor, "steps", words.say("page.steps"));
		this.words = words;
	}

	/// What a judgement in the background brought.
	private record Judged(List<String> waves, Optional<ChecklistState> state) {}

	@Override
	protected void createFormContent(IManagedForm managed) {
		ScrolledForm scrolled = managed.getForm();
		form = scrolled;
		FormToolkit toolkit = managed.getToolkit();
		scrolled.setText(words.say("steps.title"));
		toolkit.decorateFormHeading(scrolled.getForm());
		Composite body = scrolled.getBody();
		GridLayoutFactory.fillDefaults().margins(8, 6).applyTo(body);
		createBar(toolkit, body);
		SashForm sash = new SashForm(body, SWT.HORIZONTAL);
		toolkit.adapt(sash);
		// a small hint: the form would else grow to the width of all columns and be cut off
		GridDataFactory.fillDefaults().grab(true, true).hint(300, 200).applyTo(sash);
		table = new StepTable(sash, words, this::selected);
		details = new StepDetails(sash, toolkit, words, new Signing(this, words));
		sash.setWeights(52, 48);
		listen(body);
		judge();
	}

	private void createBar(FormToolkit toolkit, Composite body) {
		Composite bar = toolkit.createComposite(body);
		GridLayoutFactory.fillDefaults().numColumns(3).applyTo(bar);
		toolkit.createLabel(bar, words.say("steps.wave"));
		Combo box = new Combo(bar, SWT.READ_ONLY | SWT.DROP_DOWN);
		GridDataFactory.fillDefaults().hint(160, SWT.DEFAULT).applyTo(box);
		box.addSelectionListener(SelectionListener.widgetSelectedAdapter(_ -> judge()));
		wave = box;
		toolkit.createButton(bar, words.say("steps.judge"), SWT.PUSH)
				.addSelectionListener(SelectionListener.widgetSelectedAdapter(_ -> judge()));
	}

	private void listen(Composite body) {
		IProject project = project();
		Subscription files = service(Migrations.class).listen(changed -> {
			if (changed.equals(project)) {
				Ui.later(body, this::judge);
			}
		});
		Subscription evidence = service(EvidenceLogs.class).listen(project, () -> Ui.later(body, this::judge));
		body.addDisposeListener(_ -> {
			files.close();
			evidence.close();
		});
		Runnable ageing = new Runnable() {
			@Override
			public void run() {
				if (!body.isDisposed()) {
					judge();
					body.getDisplay().timerExec(AGEING_MILLIS, this);
				}
			}
		};
		body.getDisplay().timerExec(AGEING_MILLIS, ageing);
	}

	IProject project() {
		IResource file = Adapters.adapt(getEditorInput(), IResource.class);
		return Objects.requireNonNull(file, "the checklist lies in a project").getProject();
	}

	<S> S service(Class<S> type) {
		return getSite().getService(type);
	}

	/// Judges in the background what is saved; news that come meanwhile are judged together afterwards. UI thread.
	void judge() {
		if (judging) {
			again = true;
			return;
		}
		judging = true;
		Combo box = Objects.requireNonNull(wave);
		String chosen = box.getText();
		IProject project = project();
		Migrations migrations = service(Migrations.class);
		EvidenceLogs logs = service(EvidenceLogs.class);
		Ui.load(box, getTitle(), () -> judged(migrations.load(project), logs.open(project), chosen), this::show, failure -> {
			message(words.say("steps.failed", Ui.message(failure)));
			ended();
		});
	}

	private static Judged judged(MigrationProject project, EvidenceLog log, String chosen) {
		if (project.migration().isEmpty() || project.checklist().isEmpty()) {
			return new Judged(List.of(), Optional.empty());
		}
		Migration migration = project.migration().get();
		Checklist checklist = project.checklist().get();
		List<String> waves = migration.waves().stream().map(Wave::key).toList();
		String wave = waves.contains(chosen) ? chosen : waves.stream().findFirst().orElse(Wave.DEFAULT);
		return new Judged(waves, Optional.of(ChecklistState.of(checklist, migration, wave, log, Instant.now())));
	}

	private void show(Judged judged) {
		Combo box = Objects.requireNonNull(wave);
		if (judged.state().isEmpty()) {
			message(words.say("steps.faulty"));
		} else {
			ChecklistState state = judged.state().get();
			if (!List.of(box.getItems()).equals(judged.waves())) {
				box.setItems(judged.waves().toArray(String[]::new));
			}
			box.setText(state.wave());
			message(getEditor().isDirty() ? words.say("steps.unsaved") : null);
			Objects.requireNonNull(table).show(state);
			Objects.requireNonNull(form).setText(heading(state));
		}
		ended();
	}

	private String heading(ChecklistState state) {
		if (state.steps().isEmpty()) {
			return words.say("steps.none");
		}
		return words.say("steps.title") + " — "
				+ state.next().map(next -> words.say("steps.next", next.step().title())).orElseGet(() -> words.say("steps.all-done"));
	}

	private void ended() {
		Combo box = Objects.requireNonNull(wave);
		box.getDisplay().timerExec(PAUSE_MILLIS, () -> {
			judging = false;
			if (again && !box.isDisposed()) {
				again = false;
				judge();
			}
		});
	}

	private void message(@Nullable String text) {
		IMessageManager messages = getManagedForm().getMessageManager();
		if (text == null) {
			messages.removeMessages();
		} else {
			messages.addMessage("state", text, null, IMessageProvider.WARNING);
		}
	}

	private void selected(@Nullable StepState step) {
		Objects.requireNonNull(details).show(step);
	}
}
