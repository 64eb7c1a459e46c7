package hikkoshi.ui.mailbox.watch;

import java.util.Objects;

import org.eclipse.core.runtime.ILog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.preference.PreferencePage;
import org.eclipse.jface.widgets.WidgetFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPreferencePage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.prefs.BackingStoreException;

import hikkoshi.core.text.Phrases;
import hikkoshi.ui.CheckBox;
import hikkoshi.ui.Ui;
import hikkoshi.ui.Words;
import hikkoshi.workspace.NewsSettings;

/// Whom the watches of this workspace tell when a verdict turns or a straggler comes. In the workspace, never in a project.
public final class NewsPreferencePage extends PreferencePage implements IWorkbenchPreferencePage {
	private static final int WIDTH = 460;

	private final Phrases words = Words.of(NewsPreferencePage.class);
	private @Nullable Button popup;
	private @Nullable Text program;
	private @Nullable Text webhook;
	private @Nullable Text mailTo;
	private @Nullable Text mailVia;

	@Override
	public void init(IWorkbench workbench) {}

	@Override
	protected Control createContents(Composite parent) {
		Composite area = WidgetFactory.composite(SWT.NONE).layout(GridLayoutFactory.fillDefaults().numColumns(3).create()).create(parent);
		wrapped(area, "news.what");
		popup = CheckBox.plain(WidgetFactory.button(SWT.CHECK).text(words.say("news.popup")).create(area));
		GridDataFactory.fillDefaults().span(3, 1).applyTo(popup);
		WidgetFactory.label(SWT.NONE).text(words.say("news.program")).create(area);
		Text file = WidgetFactory.text(SWT.SINGLE | SWT.BORDER).onModify(_ -> check()).create(area);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(file);
		program = file;
		WidgetFactory.button(SWT.PUSH).text(words.say("news.browse")).onSelect(_ -> browse(file)).create(area);
		WidgetFactory.label(SWT.NONE).text(words.say("news.webhook")).create(area);
		webhook = wide(area, "https://");
		WidgetFactory.label(SWT.NONE).text(words.say("news.mail-to")).create(area);
		mailTo = wide(area, words.say("news.mail-to.hint"));
		WidgetFactory.label(SWT.NONE).text(words.say("news.mail-via")).create(area);
		mailVia = wide(area, words.say("news.mail-via.hint"));
		wrapped(area, "news.how");
		wrapped(area, "news.mail");
		wrapped(area, "news.where");
		show(NewsSettings.known());
		return area;
	}

	private Text wide(Composite area, String hint) {
		Text field = WidgetFactory.text(SWT.SINGLE | SWT.BORDER).message(hint).onModify(_ -> check()).create(area);
		GridDataFactory.fillDefaults().grab(true, false).span(2, 1).applyTo(field);
		return field;
	}

	private void wrapped(Composite area, String id) {
		Control label = WidgetFactory.label(SWT.WRAP).text(words.say(id)).create(area);
		GridDataFactory.fillDefaults().span(3, 1).grab(true, false).hint(WIDTH, SWT.DEFAULT).applyTo(label);
	}

	private void browse(Text file) {
		String chosen = new FileDialog(getShell(), SWT.OPEN).open();
		if (chosen != null) {
			file.setText(chosen);
		}
	}

	private void show(NewsSettings settings) {
		Objects.requireNonNull(popup).setSelection(settings.popup());
		Objects.requireNonNull(program).setText(settings.program());
		Objects.requireNonNull(webhook).setText(settings.webhook());
		Objects.requireNonNull(mailTo).setText(settings.mailTo());
		Objects.requireNonNull(mailVia).setText(settings.mailVia());
	}

	private NewsSettings settings() {
		return new NewsSettings(Objects.requireNonNull(popup).getSelection(), Objects.requireNonNull(program).getText(), Objects.requireNonNull(webhook).getText(),
				Objects.requireNonNull(mailTo).getText(), Objects.requireNonNull(mailVia).getText());
	}

	/// While the page is being made the last field is not there yet.
	private void check() {
		if (mailVia == null) {
			return;
		}
		NewsSettings now = settings();
		String wrong = !now.isProgramGood() ? words.say("news.bad-program") : !now.isWebhookGood() ? words.say("news.bad-webhook")
				: now.isMailGood() ? null : words.say("news.bad-mail");
		setErrorMessage(wrong);
		setValid(wrong == null);
	}

	@Override
	protected void performDefaults() {
		show(NewsSettings.DEFAULT);
		super.performDefaults();
	}

	@Override
	public boolean performOk() {
		try {
			settings().keep();
			return true;
		} catch (BackingStoreException e) {
			ILog.get().error(words.say("news.not-kept"), e);
			setErrorMessage(Ui.message(e));
			return false;
		}
	}
}
