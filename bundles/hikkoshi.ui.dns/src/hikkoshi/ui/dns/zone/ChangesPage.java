package hikkoshi.ui.dns.zone;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.BiConsumer;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.IPath;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.forms.IManagedForm;
import org.eclipse.ui.forms.editor.FormPage;
import org.eclipse.ui.forms.widgets.FormToolkit;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.ZoneDocument;
import hikkoshi.core.plan.ZoneChange;
import hikkoshi.core.plan.ZonePlan;
import hikkoshi.core.plan.ZoneScript;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Ui;
import hikkoshi.ui.dns.LookupJob;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.Migrations;

/// The page with what would change in DNS if the text became public, each line with its reason; as a script for those who run the zone, and the way back.
/// Asks DNS only when a person says so.
public final class ChangesPage extends FormPage {
	public static final String ID = "hikkoshi.ui.dns.zone.changes";

	private final ZoneEditor editor;
	private final ZoneText text;
	private final Phrases words;
	private @Nullable Parts parts;
	private @Nullable LookupJob job;
	private @Nullable ZonePlan plan;
	private @Nullable ZoneDocument planned;

	private record Parts(Button ask, Button stop, Button back, Combo form, Button copy, Button save, Button keep, ChangeTree tree, Label status) {}

	ChangesPage(ZoneEditor editor, ZoneText text, Phrases words) {
		super(editor, ID, words.say("zone.changes"));
		this.editor = editor;
		this.text = text;
		this.words = words;
	}

	@Override
	protected void createFormContent(IManagedForm managed) {
		FormToolkit toolkit = managed.getToolkit();
		managed.getForm().setText(words.say("zone.changes.title", text.name().unicode()));
		toolkit.decorateFormHeading(managed.getForm().getForm());
		managed.getForm().setExpandHorizontal(true);
		managed.getForm().setExpandVertical(true);
		Composite body = managed.getForm().getBody();
		GridLayoutFactory.swtDefaults().margins(8, 6).spacing(6, 6).applyTo(body);
		Composite bar = toolkit.createComposite(body);
		Button ask = button(toolkit, bar, "zone.ask", this::ask);
		Button stop = button(toolkit, bar, "zone.stop", this::stop);
		Button back = toolkit.createButton(bar, words.say("zone.back"), SWT.CHECK);
		back.setToolTipText(words.say("zone.back.hint"));
		back.addListener(SWT.Selection, _ -> show());
		Combo form = new Combo(bar, SWT.DROP_DOWN | SWT.READ_ONLY);
		form.setItems(Arrays.stream(ZoneScript.values()).map(script -> words.say("zone.form." + script.token())).toArray(String[]::new));
		form.select(0);
		Button copy = button(toolkit, bar, "zone.copy", () -> script(this::copy));
		Button save = button(toolkit, bar, "zone.save", () -> script(this::save));
		Button keep = button(toolkit, bar, "zone.keep", this::keep);
		keep.setToolTipText(words.say("zone.keep.hint"));
		GridLayoutFactory.fillDefaults().numColumns(bar.getChildren().length).applyTo(bar);
		ChangeTree tree = new ChangeTree(body, words);
		GridDataFactory.fillDefaults().grab(true, true).hint(300, 150).applyTo(tree.tree());
		Label status = toolkit.createLabel(body, words.say("zone.changes.none"), SWT.WRAP);
		GridDataFactory.fillDefaults().grab(true, false).hint(300, SWT.DEFAULT).applyTo(status);
		parts = new Parts(ask, stop, back, form, copy, save, keep, tree, status);
		text.onChange(this::enable);
		enable();
	}

	private Button button(FormToolkit toolkit, Composite bar, String id, Runnable action) {
		Button button = toolkit.createButton(bar, words.say(id), SWT.PUSH);
		button.addListener(SWT.Selection, _ -> action.run());
		return button;
	}

	private Parts parts() {
		return Objects.requireNonNull(parts);
	}

	private void enable() {
		Parts mine = parts;
		if (mine == null || mine.status.isDisposed()) {
			return;
		}
		mine.ask.setEnabled(job == null && text.zone() != null);
		mine.stop.setEnabled(job != null);
		for (Button button : new Button[] {mine.back, mine.copy, mine.save, mine.keep}) {
			button.setEnabled(plan != null);
		}
		if (plan != null && planned != text.zone() && job == null) {
			say(words.say("zone.changes.stale"));
		}
	}

	private void say(String said) {
		parts().status.setText(said);
		parts().status.requestLayout();
	}

	private void ask() {
		ZoneDocument zone = text.zone();
		IFile file = editor.file();
		if (zone == null || file == null || job != null) {
			return;
		}
		Label status = parts().status;
		ZoneQuestion question = new ZoneQuestion(file.getProject(), text.name(), text.zones(), getSite().getService(Migrations.class),
				getSite().getService(EvidenceLogs.class), words);
		say(words.say("zone.asking"));
		LookupJob next = new LookupJob(words.say("zone.asking"), () -> {
			ZonePlan answer = question.plan(zone.text());
			Ui.later(status, () -> take(zone, answer));
		}, failure -> Ui.later(status, () -> end(failure)));
		job = next;
		enable();
		next.schedule();
	}

	private void stop() {
		if (job != null) {
			job.cancel();
		}
	}

	private void take(ZoneDocument of, ZonePlan answer) {
		planned = of;
		plan = answer;
		show();
	}

	private void end(@Nullable Exception failure) {
		job = null;
		enable();
		if (failure instanceof InterruptedException) {
			say(words.say("zone.stopped"));
		} else if (failure != null) {
			say(Ui.message(failure));
		}
	}

	/// The plan, or the way back.
	private @Nullable ZonePlan shown() {
		return plan != null && parts().back.getSelection() ? plan.reverse() : plan;
	}

	private void show() {
		ZonePlan shown = shown();
		if (shown == null) {
			return;
		}
		parts().tree.show(shown);
		StringBuilder said = new StringBuilder(words.say("zone.summary", shown.count(ZoneChange.Kind.CREATE), shown.count(ZoneChange.Kind.MODIFY),
				shown.count(ZoneChange.Kind.MODIFY_TTL), shown.count(ZoneChange.Kind.DELETE), shown.unchanged().size(), shown.unknown().size()));
		if (!shown.changes().isEmpty()) {
			said.append('\n').append(words.say(parts().back.getSelection() ? "zone.back-drain" : "zone.drain", shown.drain()));
		}
		if (shown.isSuspicious()) {
			said.append('\n').append(words.say("zone.suspicious"));
		}
		say(said.toString());
		enable();
	}

	/// What looks like a mistake is handed over only when a person says so again.
	private void script(BiConsumer<ZoneScript, String> use) {
		ZonePlan shown = shown();
		if (shown == null || shown.isSuspicious()
				&& !MessageDialog.openConfirm(getSite().getShell(), words.say("zone.changes"), words.say("zone.suspicious") + "\n" + words.say("zone.suspicious.confirm"))) {
			return;
		}
		ZoneScript form = ZoneScript.values()[Math.max(0, parts().form.getSelectionIndex())];
		use.accept(form, form.write(shown));
	}

	private void copy(ZoneScript form, String script) {
		Clipboard clipboard = new Clipboard(parts().status.getDisplay());
		clipboard.setContents(new Object[] {script}, new Transfer[] {TextTransfer.getInstance()});
		clipboard.dispose();
		say(words.say("zone.copied", words.say("zone.form." + form.token())));
	}

	private void save(ZoneScript form, String script) {
		FileDialog dialog = new FileDialog(getSite().getShell(), SWT.SAVE);
		dialog.setOverwrite(true);
		dialog.setFileName(text.name().ascii() + switch (form) {
			case ZONE -> ".zone.txt";
			case NSUPDATE -> ".nsupdate";
			case DNSCONTROL -> ".dnscontrol.js";
			case OCTODNS -> ".octodns.yaml";
		});
		String chosen = dialog.open();
		if (chosen != null) {
			Ui.load(parts().status, words.say("zone.save"), () -> Files.writeString(Path.of(chosen), script, StandardCharsets.UTF_8), path -> say(words.say("zone.saved", path)),
					e -> say(Ui.message(e)));
		}
	}

	/// Keeps what is live now beside the plan: once the plan is public, nobody can ask for it any more.
	private void keep() {
		IFile file = editor.file();
		ZonePlan before = plan;
		if (file == null || before == null) {
			return;
		}
		IFile kept = file.getParent().getFile(IPath.fromOSString(text.name().ascii() + ".rollback"));
		String zone = "; " + words.say("zone.kept.head", Instant.now().toString(), before.reverse().drain()) + "\n" + ZoneScript.ZONE.write(before.reverse());
		Ui.load(parts().status, words.say("zone.keep"), () -> {
			try (InputStream in = new ByteArrayInputStream(zone.getBytes(StandardCharsets.UTF_8))) {
				if (kept.exists()) {
					kept.setContents(in, true, true, null);
				} else {
					kept.create(in, true, null);
				}
			}
			return kept.getProjectRelativePath();
		}, path -> say(words.say("zone.kept", path, before.reverse().drain())), e -> say(Ui.message(e)));
	}

	@Override
	public void setFocus() {
		if (parts != null) {
			parts.tree.tree().setFocus();
		}
	}

	@Override
	public void dispose() {
		stop();
		super.dispose();
	}
}
