package hikkoshi.ui.inventory.editor;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.util.Throttler;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.forms.IManagedForm;
import org.eclipse.ui.forms.IMessageManager;
import org.eclipse.ui.forms.editor.FormPage;
import org.eclipse.ui.forms.events.HyperlinkAdapter;
import org.eclipse.ui.forms.events.HyperlinkEvent;
import org.eclipse.ui.forms.widgets.FormToolkit;
import org.eclipse.ui.forms.widgets.ScrolledForm;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.Fault;
import hikkoshi.core.format.MigrationFiles;
import hikkoshi.core.format.YamlPath;
import hikkoshi.core.text.Phrases;

/// What the form pages share: they show what the text says after every change of it, turn what is typed into edits of the text, and mark what
/// is wrong at the field that says it. UI thread only.
abstract class EditorPage extends FormPage {
	private static final int REFRESH_MILLIS = 150;
	private static final int MAX_MESSAGES = 30;

	final MigrationEditor editor;
	final MigrationText text;
	final Phrases words;
	private final Phrases faultWords;
	private final Map<Control, Supplier<@Nullable YamlPath>> fields = new LinkedHashMap<>();
	private @Nullable IManagedForm form;
	private boolean showing;

	EditorPage(MigrationEditor editor, MigrationText text, Phrases words, String id, String title) {
		super(editor, id, title);
		this.editor = editor;
		this.text = text;
		this.words = words;
		faultWords = words.with(Phrases.bundle(MigrationFiles.class, words.locale()));
	}

	@Override
	protected final void createFormContent(IManagedForm managed) {
		FormToolkit toolkit = managed.getToolkit();
		ScrolledForm scrolled = managed.getForm();
		scrolled.setText(getTitle());
		toolkit.decorateFormHeading(scrolled.getForm());
		scrolled.getForm().addMessageHyperlinkListener(new HyperlinkAdapter() {
			@Override
			public void linkActivated(HyperlinkEvent event) {
				editor.showSource();
			}
		});
		Composite body = scrolled.getBody();
		GridLayoutFactory.swtDefaults().margins(10, 8).spacing(12, 8).numColumns(2).equalWidth(true).applyTo(body);
		create(toolkit, body);
		form = managed;
		Throttler refresh = new Throttler(body.getDisplay(), Duration.ofMillis(REFRESH_MILLIS), this::refresh);
		text.onChange(() -> refresh.throttledExec());
		refresh();
	}

	/// Makes the sections, in two columns of equal width.
	abstract void create(FormToolkit toolkit, Composite body);

	/// Brings the sections in line with the text.
	///
	/// @param readable whether the text is YAML at all
	abstract void show(boolean readable);

	final void refresh() {
		IManagedForm mine = form;
		if (mine == null || mine.getForm().isDisposed()) {
			return;
		}
		showing = true;
		try {
			show(text.yaml().isPresent());
		} finally {
			showing = false;
		}
		showFaults(mine.getMessageManager());
	}

	/// Whether the form is being filled, and not a person typing.
	final boolean isShowing() {
		return showing;
	}

	/// A labelled field whose text stands at a path.
	///
	/// @param path null while there is nothing to edit
	/// @param typed takes what a person types
	final Text field(FormToolkit toolkit, Composite parent, String label, Supplier<@Nullable YamlPath> path, Consumer<String> typed) {
		Label name = toolkit.createLabel(parent, label);
		GridDataFactory.swtDefaults().align(SWT.BEGINNING, SWT.CENTER).applyTo(name);
		Text field = toolkit.createText(parent, "", SWT.SINGLE | SWT.BORDER);
		// room for the mark of a fault
		GridDataFactory.fillDefaults().grab(true, false).indent(8, 0).hint(120, SWT.DEFAULT).applyTo(field);
		field.addModifyListener(e -> {
			if (!showing) {
				typed.accept(field.getText());
			}
		});
		mark(field, path);
		return field;
	}

	/// Faults at or below a path are marked at a control.
	final void mark(Control control, Supplier<@Nullable YamlPath> path) {
		fields.put(control, path);
	}

	private void showFaults(IMessageManager messages) {
		messages.setAutoUpdate(false);
		messages.removeAllMessages();
		fields.keySet().forEach(messages::removeMessages);
		List<Fault> faults = text.faults();
		for (int i = 0; i < Math.min(faults.size(), MAX_MESSAGES); i++) {
			Fault fault = faults.get(i);
			int severity = switch (fault.severity()) {
				case ERROR -> IMessageProvider.ERROR;
				case WARNING -> IMessageProvider.WARNING;
			};
			String sentence = words.say("editor.fault", fault.line(), faultWords.say(fault.reason()), faultWords.remedy(fault.reason()).orElse(""));
			Control control = at(fault);
			if (control == null) {
				messages.addMessage(i, sentence, null, severity);
			} else {
				messages.addMessage(i, sentence, null, severity, control);
			}
		}
		messages.setAutoUpdate(true);
	}

	/// The control of the smallest piece of text that holds the fault.
	private @Nullable Control at(Fault fault) {
		Control found = null;
		int smallest = Integer.MAX_VALUE;
		for (Map.Entry<Control, Supplier<@Nullable YamlPath>> field : fields.entrySet()) {
			YamlPath path = field.getValue().get();
			int size = path == null ? -1 : text.holds(path, fault);
			if (size >= 0 && size < smallest) {
				found = field.getKey();
				smallest = size;
			}
		}
		return found;
	}
}
