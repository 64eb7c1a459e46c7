package hikkoshi.ui.inventory.importing;

import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.widgets.WidgetFactory;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Group;
import org.eclipse.swt.widgets.Text;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.Fault;
import hikkoshi.core.format.roster.Dialect;
import hikkoshi.core.format.roster.SheetFormat;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.text.Phrases;
import hikkoshi.workspace.MigrationNature;

/// Which file, and what it was taken for: each of it can be corrected. UI thread only.
final class FilePage extends WizardPage {
	private static final List<String> CHARSETS = List.of("UTF-8", "UTF-16LE", "UTF-16BE", "windows-31j", "windows-1252");
	private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');
	private static final int MOST_FAULTS = 50;

	private final ImportModel model;
	private final Phrases words;
	private final List<IProject> projects = Arrays.stream(ResourcesPlugin.getWorkspace().getRoot().getProjects()).filter(MigrationNature::isOn).toList();
	private @Nullable Text file;
	private @Nullable Text report;
	private final List<Combo> corrections = new ArrayList<>();

	FilePage(ImportModel model, Phrases words) {
		super("file", words.say("import.file.title"), null);
		this.model = model;
		this.words = words;
		setDescription(words.say("import.file.description"));
		setPageComplete(false);
	}

	@Override
	public void createControl(Composite parent) {
		Composite page = WidgetFactory.composite(SWT.NONE).create(parent);
		GridLayoutFactory.swtDefaults().numColumns(3).applyTo(page);
		if (projects.size() != 1 || model.project() == null) {
			label(page, "import.project");
			Combo project = combo(page, projects.stream().map(IProject::getName).toList(), index -> model.project(projects.get(index)));
			GridDataFactory.fillDefaults().grab(true, false).span(2, 1).applyTo(project);
			IProject chosen = model.project();
			project.select(chosen == null ? -1 : projects.indexOf(chosen));
		}
		label(page, "import.file");
		Text path = WidgetFactory.text(SWT.BORDER).onModify(e -> choose()).create(page);
		file = path;
		GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(path);
		WidgetFactory.button(SWT.PUSH).text(words.say("import.browse")).onSelect(e -> browse(path)).create(page);
		corrections(page);
		report = WidgetFactory.text(SWT.MULTI | SWT.READ_ONLY | SWT.WRAP | SWT.V_SCROLL | SWT.BORDER).create(page);
		GridDataFactory.fillDefaults().grab(true, true).span(3, 1).hint(560, 130).applyTo(report);
		setControl(page);
		model.onChange(this::show);
		show();
	}

	private void corrections(Composite page) {
		Group group = WidgetFactory.group(SWT.NONE).text(words.say("import.read-as")).create(page);
		GridDataFactory.fillDefaults().grab(true, false).span(3, 1).applyTo(group);
		GridLayoutFactory.swtDefaults().numColumns(4).applyTo(group);
		correction(group, "import.dialect", Arrays.stream(Dialect.values()).map(this::name).toList(),
				index -> model.options(o -> o.withDialect(index < 0 ? null : Dialect.values()[index])));
		correction(group, "import.encoding", CHARSETS,
				index -> model.options(o -> o.withCharset(index < 0 ? null : Charset.forName(CHARSETS.get(index)))));
		correction(group, "import.delimiter", DELIMITERS.stream().map(this::name).toList(),
				index -> model.options(o -> o.withDelimiter(index < 0 ? null : DELIMITERS.get(index))));
		correction(group, "import.header", List.of(words.say("import.header.yes"), words.say("import.header.no")),
				index -> model.options(o -> o.withHeader(index < 0 ? null : index == 0)));
		label(group, "import.domain");
		Text domain = WidgetFactory.text(SWT.BORDER).message("example.org").create(group);
		domain.setToolTipText(words.say("import.domain.tip"));
		domain.addListener(SWT.FocusOut, e -> domain(domain.getText()));
		domain.addListener(SWT.DefaultSelection, e -> domain(domain.getText()));
		GridDataFactory.fillDefaults().grab(true, false).span(3, 1).applyTo(domain);
	}

	private void correction(Composite group, String label, List<String> choices, Consumer<Integer> chosen) {
		label(group, label);
		List<String> all = Stream.concat(Stream.of(words.say("import.detect")), choices.stream()).toList();
		Combo combo = combo(group, all, index -> chosen.accept(index - 1));
		combo.select(0);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(combo);
		corrections.add(combo);
	}

	private void domain(String text) {
		DomainName domain = null;
		try {
			domain = text.isBlank() ? null : DomainName.parse(text);
		} catch (IllegalArgumentException e) {
			setErrorMessage(words.say("import.domain.bad", text));
			return;
		}
		DomainName said = domain;
		if (!Objects.equals(said, model.options().domain())) {
			model.options(o -> o.withDomain(said));
		}
	}

	private static Combo combo(Composite parent, List<String> items, Consumer<Integer> chosen) {
		Combo combo = new Combo(parent, SWT.READ_ONLY);
		combo.setItems(items.toArray(String[]::new));
		combo.addListener(SWT.Selection, e -> chosen.accept(combo.getSelectionIndex()));
		return combo;
	}

	private void label(Composite parent, String id) {
		WidgetFactory.label(SWT.NONE).text(words.say(id)).create(parent);
	}

	private String name(Dialect dialect) {
		return words.say("dialect." + dialect.token());
	}

	private String name(char delimiter) {
		return delimiter == '\t' ? words.say("import.tab") : String.valueOf(delimiter);
	}

	private void browse(Text path) {
		FileDialog dialog = new FileDialog(getShell(), SWT.OPEN);
		dialog.setText(words.say("import.file.title"));
		String chosen = dialog.open();
		if (chosen != null) {
			path.setText(chosen);
		}
	}

	/// Shows that file, as if a person had typed it.
	void choose(String path) {
		if (file != null) {
			file.setText(path);
		}
	}

	private void choose() {
		String text = file == null ? "" : file.getText().strip();
		corrections.forEach(combo -> combo.select(0));
		try {
			Path path = Path.of(text);
			model.file(!text.isEmpty() && Files.isRegularFile(path) && Files.isReadable(path) ? path : null);
		} catch (InvalidPathException e) {
			model.file(null);
		}
		show();
	}

	private void show() {
		if (report == null || report.isDisposed() || file == null) {
			return;
		}
		ImportModel.Loaded loaded = model.loaded();
		boolean isRead = loaded != null && loaded.sheet().format().isPresent() && loaded.plan().blockers().isEmpty();
		corrections.forEach(combo -> combo.setEnabled(loaded != null || model.isBusy()));
		setErrorMessage(null);
		if (!model.failure().isEmpty()) {
			setErrorMessage(model.failure());
		} else if (loaded == null && !model.isBusy() && !file.getText().isBlank()) {
			setErrorMessage(model.project() == null ? words.say("import.project.none") : words.say("import.file.none", file.getText().strip()));
		}
		report.setText(loaded == null ? model.isBusy() ? words.say("import.busy") : "" : report(loaded));
		setPageComplete(isRead && !model.isBusy());
	}

	/// What the file was taken for and why, then what is wrong with it.
	private String report(ImportModel.Loaded loaded) {
		List<String> lines = new ArrayList<>();
		loaded.sheet().format().map(SheetFormat::reasons).ifPresent(reasons -> reasons.forEach(reason -> lines.add(words.say(reason))));
		lines.add(words.say("import.rows", loaded.plan().rows().size()));
		Stream.concat(loaded.plan().blockers().stream(), loaded.sheet().faults().stream()).limit(MOST_FAULTS).map(this::line).forEach(lines::add);
		return lines.stream().collect(Collectors.joining("\n"));
	}

	private String line(Fault fault) {
		String place = fault.line() > 0 ? fault.file() + ":" + fault.line() + ": " : fault.file() + ": ";
		return place + words.say(fault.reason()) + words.remedy(fault.reason()).map(remedy -> " " + remedy).orElse("");
	}
}
