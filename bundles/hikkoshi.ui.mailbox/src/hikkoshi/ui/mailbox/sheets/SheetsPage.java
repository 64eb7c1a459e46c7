package hikkoshi.ui.mailbox.sheets;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.eclipse.core.resources.IProject;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.widgets.WidgetFactory;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.DirectoryDialog;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.services.IServiceLocator;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Wave;
import hikkoshi.core.sheet.SheetBatch;
import hikkoshi.core.sheet.SheetFormat;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Ui;

/// For whom, in which languages and forms, into which folder; beneath, what to know before the sheets go out. UI thread only.
final class SheetsPage extends WizardPage {
	private static final int WIDTH = 640;

	private final Phrases words;
	private final IServiceLocator services;
	private final IProject project;
	private final Set<EmailAddress> selected;
	private final List<SheetsModel.Choice> choices = new ArrayList<>();
	private final Map<Locale, Button> languages = new LinkedHashMap<>();
	private final Map<SheetFormat, Button> formats = new EnumMap<>(SheetFormat.class);
	private @Nullable SheetsModel model;
	private @Nullable Widgets widgets;
	private int asked;

	private record Widgets(Combo whom, Text folder, Text remarks) {}

	private record Told(int mailboxes, List<Reason> remarks) {}

	/// @param selected addresses that are selected where the wizard was opened; empty for none
	SheetsPage(IServiceLocator services, IProject project, Set<EmailAddress> selected, Phrases words) {
		super("sheets", words.say("sheets.page"), null);
		this.services = services;
		this.project = project;
		this.selected = Set.copyOf(selected);
		this.words = words;
		setDescription(words.say("sheets.description"));
		setPageComplete(false);
	}

	@Override
	public void createControl(Composite parent) {
		Composite page = WidgetFactory.composite(SWT.NONE).create(parent);
		GridLayoutFactory.swtDefaults().numColumns(3).applyTo(page);
		label(page, "sheets.whom");
		Combo whom = new Combo(page, SWT.READ_ONLY);
		whom.addListener(SWT.Selection, _ -> look());
		GridDataFactory.fillDefaults().grab(true, false).span(2, 1).applyTo(whom);
		label(page, "sheets.languages");
		Composite tongues = row(page);
		for (Locale each : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
			Button button = WidgetFactory.button(SWT.CHECK).text(words.say("sheets.language." + each.getLanguage())).onSelect(_ -> check()).create(tongues);
			button.setSelection(each.getLanguage().equals(words.locale().getLanguage()) || each.equals(Locale.ENGLISH) && !words.locale().getLanguage().equals("ja"));
			languages.put(each, button);
		}
		label(page, "sheets.formats");
		Composite forms = row(page);
		for (SheetFormat each : SheetFormat.values()) {
			Button button = WidgetFactory.button(SWT.CHECK).text(words.say("sheets.format." + each.token())).onSelect(_ -> check()).create(forms);
			button.setSelection(each == SheetFormat.HTML);
			formats.put(each, button);
		}
		label(page, "sheets.folder");
		Text folder = WidgetFactory.text(SWT.BORDER).onModify(_ -> check()).create(page);
		GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(folder);
		WidgetFactory.button(SWT.PUSH).text(words.say("sheets.browse")).onSelect(_ -> browse(folder)).create(page);
		Text remarks = WidgetFactory.text(SWT.MULTI | SWT.READ_ONLY | SWT.WRAP | SWT.V_SCROLL | SWT.BORDER).text(words.say("sheets.reading")).create(page);
		GridDataFactory.fillDefaults().grab(true, true).span(3, 1).hint(WIDTH, 170).applyTo(remarks);
		widgets = new Widgets(whom, folder, remarks);
		setControl(page);
		Ui.load(page, words.say("sheets.reading"), () -> SheetsModel.read(services, project, words), this::begin, e -> setErrorMessage(Ui.message(e)));
	}

	private void label(Composite parent, String id) {
		WidgetFactory.label(SWT.NONE).text(words.say(id)).create(parent);
	}

	private static Composite row(Composite parent) {
		Composite row = WidgetFactory.composite(SWT.NONE).create(parent);
		GridLayoutFactory.fillDefaults().numColumns(SheetFormat.values().length).spacing(14, 0).applyTo(row);
		GridDataFactory.fillDefaults().grab(true, false).span(2, 1).applyTo(row);
		return row;
	}

	private void browse(Text folder) {
		DirectoryDialog dialog = new DirectoryDialog(getShell());
		dialog.setText(words.say("sheets.page"));
		String chosen = dialog.open();
		if (chosen != null) {
			folder.setText(chosen);
		}
	}

	private void begin(SheetsModel read) {
		Widgets mine = widgets;
		if (mine == null) {
			return;
		}
		mine.folder.setText(read.folder().toString());
		model = read;
		if (!selected.isEmpty()) {
			choose(mine, new SheetsModel.Choice(null, selected), "sheets.whom.selected");
		}
		choose(mine, new SheetsModel.Choice(null, Set.of()), "sheets.whom.all");
		for (Wave wave : read.migration().waves()) {
			SheetsModel.Choice choice = new SheetsModel.Choice(wave.key(), Set.of());
			choices.add(choice);
			mine.whom.add(words.say("sheets.whom.wave", wave.key(), read.mailboxes(choice).size()));
		}
		mine.whom.select(0);
		look();
	}

	private void choose(Widgets mine, SheetsModel.Choice choice, String id) {
		choices.add(choice);
		mine.whom.add(words.say(id, Objects.requireNonNull(model).mailboxes(choice).size()));
	}

	/// The warnings anew; an answer to an older question is thrown away.
	private void look() {
		SheetsModel read = model;
		Widgets mine = widgets;
		if (read == null || mine == null) {
			return;
		}
		int question = ++asked;
		SheetsModel.Choice choice = choice();
		check();
		Ui.load(mine.remarks, words.say("sheets.reading"), () -> new Told(read.mailboxes(choice).size(), read.remarks(choice)), told -> {
			if (question == asked) {
				mine.remarks.setText(text(told.remarks(), words));
				setMessage(words.say(told.remarks().isEmpty() ? "sheets.description" : "sheets.warned", told.remarks().size()),
						told.remarks().isEmpty() ? IMessageProvider.NONE : IMessageProvider.WARNING);
			}
		}, e -> setErrorMessage(Ui.message(e)));
	}

	static String text(List<Reason> remarks, Phrases words) {
		return remarks.isEmpty() ? words.say("sheets.no-remarks")
				: remarks.stream().map(remark -> "• " + words.say(remark) + words.remedy(remark).map(text -> "\n   → " + text).orElse("")).collect(Collectors.joining("\n"));
	}

	private void check() {
		Widgets mine = widgets;
		SheetsModel read = model;
		if (mine == null || read == null) {
			return;
		}
		if (choices.isEmpty()) {
			return;
		}
		String wrong = read.mailboxes(choice()).isEmpty() ? "sheets.nothing" : chosen(languages).isEmpty() ? "sheets.no-language" : chosen(formats).isEmpty() ? "sheets.no-format"
				: folder() == null ? "sheets.no-folder" : "";
		setErrorMessage(wrong.isEmpty() ? null : words.say(wrong));
		setPageComplete(wrong.isEmpty());
	}

	private static <K> List<K> chosen(Map<K, Button> buttons) {
		return buttons.entrySet().stream().filter(each -> each.getValue().getSelection()).map(Map.Entry::getKey).toList();
	}

	@Nullable SheetsModel model() {
		return model;
	}

	SheetsModel.Choice choice() {
		return choices.get(Math.max(0, Objects.requireNonNull(widgets).whom.getSelectionIndex()));
	}

	/// Only when the page is complete.
	SheetBatch.Options options() {
		return new SheetBatch.Options(EnumSet.copyOf(chosen(formats)), chosen(languages), ZoneId.systemDefault(), null);
	}

	/// Null while it cannot be one.
	@Nullable Path folder() {
		try {
			Path folder = Path.of(Objects.requireNonNull(widgets).folder.getText().strip());
			return folder.isAbsolute() && (!Files.exists(folder) || Files.isDirectory(folder)) ? folder : null;
		} catch (InvalidPathException _) {
			return null;
		}
	}

	@Override
	public void dispose() {
		asked++;
		widgets = null;
		super.dispose();
	}
}
