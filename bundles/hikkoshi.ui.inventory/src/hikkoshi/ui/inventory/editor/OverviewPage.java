package hikkoshi.ui.inventory.editor;

import java.time.Duration;
import java.util.List;

import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.util.Throttler;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.forms.IManagedForm;
import org.eclipse.ui.forms.IMessageManager;
import org.eclipse.ui.forms.editor.FormPage;
import org.eclipse.ui.forms.events.HyperlinkAdapter;
import org.eclipse.ui.forms.events.HyperlinkEvent;
import org.eclipse.ui.forms.widgets.FormToolkit;
import org.eclipse.ui.forms.widgets.ScrolledForm;
import org.eclipse.ui.forms.widgets.Section;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.Fault;
import hikkoshi.core.format.MigrationFiles;
import hikkoshi.core.format.YamlEdit;
import hikkoshi.core.format.YamlPath;
import hikkoshi.core.text.Phrases;

/// The form: name, servers of both sides, domains. Shows what the text says and turns what is typed into edits of the text.
final class OverviewPage extends FormPage {
	static final String ID = "hikkoshi.ui.inventory.editor.overview";
	private static final int REFRESH_MILLIS = 150;
	private static final int MAX_MESSAGES = 30;
	private static final YamlPath NAME = YamlPath.of("name");

	private final MigrationEditor editor;
	private final MigrationText text;
	private final Phrases words;
	private final Phrases faultWords;
	private @Nullable Parts parts;
	private boolean showing;

	private record Parts(IManagedForm form, Text name, ServersSection servers, DomainsSection domains) {}

	OverviewPage(MigrationEditor editor, MigrationText text, Phrases words) {
		super(editor, ID, words.say("editor.overview"));
		this.editor = editor;
		this.text = text;
		this.words = words;
		faultWords = words.with(Phrases.bundle(MigrationFiles.class, words.locale()));
	}

	@Override
	protected void createFormContent(IManagedForm managed) {
		FormToolkit toolkit = managed.getToolkit();
		ScrolledForm form = managed.getForm();
		form.setText(words.say("editor.title"));
		toolkit.decorateFormHeading(form.getForm());
		form.getForm().addMessageHyperlinkListener(new HyperlinkAdapter() {
			@Override
			public void linkActivated(HyperlinkEvent event) {
				editor.showSource();
			}
		});
		Composite body = form.getBody();
		GridLayoutFactory.swtDefaults().margins(10, 8).spacing(12, 10).numColumns(2).equalWidth(true).applyTo(body);
		Text name = name(toolkit, body);
		ServersSection servers = new ServersSection(toolkit, body, text, words);
		DomainsSection domains = new DomainsSection(toolkit, body, text, words);
		parts = new Parts(managed, name, servers, domains);
		Throttler refresh = new Throttler(body.getDisplay(), Duration.ofMillis(REFRESH_MILLIS), this::show);
		text.onChange(() -> refresh.throttledExec());
		show();
	}

	private Text name(FormToolkit toolkit, Composite body) {
		Section section = toolkit.createSection(body, Section.TITLE_BAR);
		section.setText(words.say("editor.migration"));
		GridDataFactory.fillDefaults().grab(true, false).span(2, 1).applyTo(section);
		Composite client = toolkit.createComposite(section);
		GridLayoutFactory.swtDefaults().numColumns(2).applyTo(client);
		toolkit.createLabel(client, words.say("editor.name"));
		Text name = toolkit.createText(client, "", SWT.SINGLE | SWT.BORDER);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(name);
		name.addModifyListener(e -> {
			if (!showing) {
				text.edit(yaml -> YamlEdit.set(yaml, NAME, name.getText()));
			}
		});
		section.setClient(client);
		return name;
	}

	/// Brings the form in line with the text, and the heading with what is wrong in it.
	private void show() {
		Parts mine = parts;
		if (mine == null || mine.name.isDisposed()) {
			return;
		}
		showing = true;
		try {
			boolean readable = text.yaml().isPresent();
			mine.name.setEnabled(readable);
			Fields.show(mine.name, text.scalar(NAME));
			mine.servers.show(readable);
			mine.domains.show(readable);
		} finally {
			showing = false;
		}
		showFaults(mine.form.getMessageManager());
	}

	private void showFaults(IMessageManager messages) {
		messages.setAutoUpdate(false);
		messages.removeAllMessages();
		List<Fault> faults = text.faults();
		for (int i = 0; i < Math.min(faults.size(), MAX_MESSAGES); i++) {
			Fault fault = faults.get(i);
			int severity = switch (fault.severity()) {
				case ERROR -> IMessageProvider.ERROR;
				case WARNING -> IMessageProvider.WARNING;
			};
			messages.addMessage(i, words.say("editor.fault", fault.line(), faultWords.say(fault.reason()),
					faultWords.remedy(fault.reason()).orElse("")), null, severity);
		}
		messages.setAutoUpdate(true);
	}

	@Override
	public void setFocus() {
		if (parts != null) {
			parts.name.setFocus();
		}
	}
}
