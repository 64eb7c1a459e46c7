package hikkoshi.ui.inventory.exporting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.widgets.WidgetFactory;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.PrivateFile;
import hikkoshi.core.format.roster.ExportFormat;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Ui;
import hikkoshi.workspace.MigrationNature;
import hikkoshi.workspace.Migrations;

/// In which form, into which file, with or without passwords; beneath, how the file will begin and what to know about it. UI thread only.
final class ExportPage extends WizardPage {
	private static final int WIDTH = 700;

	private final Phrases words;
	private final boolean hasVault;
	private final List<IProject> projects = Arrays.stream(ResourcesPlugin.getWorkspace().getRoot().getProjects()).filter(MigrationNature::isOn).toList();
	private final List<Button> formats = new ArrayList<>();
	private @Nullable IProject project;
	private @Nullable RosterOut out;
	private @Nullable Widgets widgets;
	private ExportFormat format = ExportFormat.CSV;
	private int asked;

	private record Widgets(Text file, Button guards, Button passwords, Text preview, Label remarks) {}

	private record Read(RosterOut out, RosterOut.Preview preview) {}

	ExportPage(@Nullable IProject project, boolean hasVault, Phrases words) {
		super("export", words.say("export.page"), null);
		this.project = project;
		this.hasVault = hasVault;
		this.words = words;
		setDescription(words.say("export.description"));
		setPageComplete(false);
	}

	@Override
	public void createControl(Composite parent) {
		Composite page = WidgetFactory.composite(SWT.NONE).create(parent);
		GridLayoutFactory.swtDefaults().numColumns(3).applyTo(page);
		if (projects.size() != 1 || project == null) {
			label(page, "export.project");
			Combo combo = new Combo(page, SWT.READ_ONLY);
			combo.setItems(projects.stream().map(IProject::getName).toArray(String[]::new));
			combo.select(project == null ? -1 : projects.indexOf(project));
			combo.addListener(SWT.Selection, e -> {
				project = projects.get(combo.getSelectionIndex());
				read();
			});
			GridDataFactory.fillDefaults().grab(true, false).span(2, 1).applyTo(combo);
		}
		for (ExportFormat each : ExportFormat.values()) {
			if (each.ordinal() == 0) {
				label(page, "export.format");
			} else {
				WidgetFactory.label(SWT.NONE).create(page);
			}
			Button button = WidgetFactory.button(SWT.RADIO).text(words.say("export.format." + each.token())).create(page);
			button.setSelection(each == format);
			button.addListener(SWT.Selection, e -> {
				if (button.getSelection()) {
					format = each;
					read();
				}
			});
			GridDataFactory.fillDefaults().grab(true, false).span(2, 1).applyTo(button);
			formats.add(button);
		}
		label(page, "export.file");
		Text file = WidgetFactory.text(SWT.BORDER).onModify(e -> check()).create(page);
		GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(file);
		WidgetFactory.button(SWT.PUSH).text(words.say("export.browse")).onSelect(e -> browse(file)).create(page);
		Button guards = check(page, "export.guard");
		guards.setSelection(true);
		guards.setToolTipText(words.say("export.guard.tip"));
		guards.addListener(SWT.Selection, e -> read());
		Button passwords = check(page, "export.passwords");
		passwords.setEnabled(hasVault);
		passwords.addListener(SWT.Selection, e -> check());
		Text preview = WidgetFactory.text(SWT.MULTI | SWT.READ_ONLY | SWT.H_SCROLL | SWT.V_SCROLL | SWT.BORDER).create(page);
		preview.setFont(JFaceResources.getTextFont());
		GridDataFactory.fillDefaults().grab(true, true).span(3, 1).hint(WIDTH, 170).applyTo(preview);
		Label remarks = WidgetFactory.label(SWT.WRAP).create(page);
		GridDataFactory.fillDefaults().grab(true, false).span(3, 1).hint(WIDTH, 3 * guards.computeSize(SWT.DEFAULT, SWT.DEFAULT).y).applyTo(remarks);
		widgets = new Widgets(file, guards, passwords, preview, remarks);
		setControl(page);
		read();
	}

	private void label(Composite parent, String id) {
		WidgetFactory.label(SWT.NONE).text(words.say(id)).create(parent);
	}

	private Button check(Composite parent, String id) {
		Button button = WidgetFactory.button(SWT.CHECK).text(words.say(id)).create(parent);
		GridDataFactory.fillDefaults().grab(true, false).span(3, 1).applyTo(button);
		return button;
	}

	private void browse(Text file) {
		FileDialog dialog = new FileDialog(getShell(), SWT.SAVE);
		dialog.setText(words.say("export.page"));
		dialog.setFileName("mailboxes-" + format.token() + ".csv");
		String chosen = dialog.open();
		if (chosen != null) {
			file.setText(chosen);
		}
	}

	/// The preview anew; an answer to an older question is thrown away.
	private void read() {
		Widgets mine = widgets;
		IProject of = project;
		if (mine == null) {
			return;
		}
		int question = ++asked;
		out = null;
		mine.guards.setEnabled(format != ExportFormat.IMAPSYNC);
		check();
		if (of != null) {
			boolean guards = mine.guards.getSelection();
			ExportFormat as = format;
			Ui.load(mine.preview, words.say("export.reading"), () -> {
				RosterOut read = RosterOut.read(of, as, guards, words);
				return new Read(read, read.preview());
			}, read -> {
				if (question == asked) {
					show(mine, read);
				}
			}, e -> {
				if (question == asked) {
					mine.preview.setText("");
					setErrorMessage(Ui.message(e));
				}
			});
		}
	}

	private void show(Widgets mine, Read read) {
		out = read.out;
		mine.preview.setText(read.preview.head());
		mine.remarks.setText(words.say("export.rows", read.preview.rows()) + " "
				+ read.preview.remarks().stream().map(words::say).collect(Collectors.joining(" ")));
		check();
	}

	private void check() {
		Widgets mine = widgets;
		if (mine == null) {
			return;
		}
		String wrong = wrong(mine);
		setErrorMessage(wrong.isEmpty() ? null : wrong);
		boolean warns = mine.passwords.getSelection();
		setMessage(words.say(warns ? "export.passwords.warning" : "export.description"), warns ? IMessageProvider.WARNING : IMessageProvider.NONE);
		setPageComplete(wrong.isEmpty() && out != null && !mine.file.getText().isBlank());
	}

	/// Why the file will not do; empty while there is nothing to say against it.
	private String wrong(Widgets mine) {
		IProject of = project;
		if (of == null) {
			return words.say("export.project.none");
		}
		String text = mine.file.getText().strip();
		try {
			Path file = Path.of(text);
			if (text.isEmpty()) {
				return "";
			}
			if (!file.isAbsolute() || file.getParent() == null || !Files.isDirectory(file.getParent())) {
				return words.say("export.no-folder");
			}
			if (Files.exists(file)) {
				return words.say("export.exists");
			}
			return mine.passwords.getSelection() && new PrivateFile(file).isWithin(Migrations.folder(of)) ? words.say("export.in-project") : "";
		} catch (InvalidPathException | IOException e) {
			return words.say("export.no-folder");
		}
	}

	@Nullable RosterOut out() {
		return out;
	}

	/// Only when the page is complete.
	Path file() {
		return Path.of(Objects.requireNonNull(widgets).file.getText().strip());
	}

	boolean withPasswords() {
		return Objects.requireNonNull(widgets).passwords.getSelection();
	}

	@Override
	public void dispose() {
		asked++;
		widgets = null;
		super.dispose();
	}
}
