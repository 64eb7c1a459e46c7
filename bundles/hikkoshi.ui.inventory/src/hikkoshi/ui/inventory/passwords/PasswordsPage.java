package hikkoshi.ui.inventory.passwords;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.widgets.WidgetFactory;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.format.PasswordImport;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.secret.Vault;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Icons;
import hikkoshi.ui.Ui;
import hikkoshi.ui.secret.ProtectionNote;
import hikkoshi.workspace.MigrationNature;
import hikkoshi.workspace.Migrations;

/// Which file, whose passwords it holds, and line by line what would be stored. UI thread only.
final class PasswordsPage extends WizardPage {
	private static final String[] COLUMNS = {"line", "outcome", "user", "server", "why"};
	private static final int[] WIDTHS = {50, 140, 190, 190, 640};
	private static final int NOTE_WIDTH = 800;

	private final Vault vault;
	private final Migrations migrations;
	private final Phrases words;
	private final List<IProject> projects = Arrays.stream(ResourcesPlugin.getWorkspace().getRoot().getProjects()).filter(MigrationNature::isOn).toList();
	private @Nullable IProject project;
	private @Nullable PasswordPlan plan;
	private @Nullable Widgets widgets;
	private String path = "";
	private int asked;

	private record Widgets(Text file, Combo side, Table lines, Label summary, Icons icons) {}

	PasswordsPage(@Nullable IProject project, Vault vault, Migrations migrations, Phrases words) {
		super("passwords", words.say("passwords.page"), null);
		this.project = project;
		this.vault = vault;
		this.migrations = migrations;
		this.words = words;
		setDescription(words.say("passwords.description"));
		setPageComplete(false);
	}

	/// Shows that file, as if a person had typed it.
	void begin(String file) {
		path = file;
	}

	@Override
	public void createControl(Composite parent) {
		Composite page = WidgetFactory.composite(SWT.NONE).create(parent);
		GridLayoutFactory.swtDefaults().numColumns(3).applyTo(page);
		if (projects.size() != 1 || project == null) {
			label(page, "passwords.project");
			Combo combo = combo(page, projects.stream().map(IProject::getName).toList());
			combo.select(project == null ? -1 : projects.indexOf(project));
			combo.addListener(SWT.Selection, e -> {
				project = projects.get(combo.getSelectionIndex());
				read();
			});
		}
		label(page, "passwords.file");
		Text file = WidgetFactory.text(SWT.BORDER).text(path).create(page);
		GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(file);
		WidgetFactory.button(SWT.PUSH).text(words.say("passwords.browse")).onSelect(e -> browse(file)).create(page);
		label(page, "passwords.side");
		Combo side = combo(page, List.of(words.say("passwords.side.said"), words.say("side.label.old"), words.say("side.label.new")));
		side.select(0);
		side.setToolTipText(words.say("passwords.side.tip"));
		side.addListener(SWT.Selection, e -> read());
		Table lines = WidgetFactory.table(SWT.VIRTUAL | SWT.FULL_SELECTION | SWT.BORDER).headerVisible(true).create(page);
		GridDataFactory.fillDefaults().grab(true, true).span(3, 1).hint(NOTE_WIDTH, 240).applyTo(lines);
		for (int i = 0; i < COLUMNS.length; i++) {
			WidgetFactory.tableColumn(SWT.LEFT).text(words.say("passwords.column." + COLUMNS[i])).width(WIDTHS[i]).create(lines);
		}
		lines.addListener(SWT.SetData, this::fill);
		Label summary = WidgetFactory.label(SWT.NONE).create(page);
		GridDataFactory.fillDefaults().grab(true, false).span(3, 1).applyTo(summary);
		GridDataFactory.fillDefaults().grab(true, false).span(3, 1).applyTo(ProtectionNote.create(page, vault, NOTE_WIDTH));
		widgets = new Widgets(file, side, lines, summary, new Icons(page));
		file.addModifyListener(e -> read());
		setControl(page);
		read();
	}

	private void label(Composite parent, String id) {
		WidgetFactory.label(SWT.NONE).text(words.say(id)).create(parent);
	}

	private static Combo combo(Composite parent, List<String> items) {
		Combo combo = new Combo(parent, SWT.READ_ONLY);
		combo.setItems(items.toArray(String[]::new));
		GridDataFactory.fillDefaults().grab(true, false).span(2, 1).applyTo(combo);
		return combo;
	}

	private void browse(Text file) {
		FileDialog dialog = new FileDialog(getShell(), SWT.OPEN);
		dialog.setText(words.say("passwords.page"));
		String chosen = dialog.open();
		if (chosen != null) {
			file.setText(chosen);
		}
	}

	/// Again from the start: another file, side or migration. An answer to an older question is wiped unseen.
	private void read() {
		Widgets mine = widgets;
		IProject of = project;
		if (mine == null) {
			return;
		}
		int question = ++asked;
		take(null);
		setErrorMessage(of == null ? words.say("passwords.project.none") : null);
		String file = mine.file.getText().strip();
		if (of == null || file.isEmpty()) {
			return;
		}
		Side side = switch (mine.side.getSelectionIndex()) {
			case 1 -> Side.OLD;
			case 2 -> Side.NEW;
			default -> null;
		};
		mine.summary.setText(words.say("passwords.reading"));
		Ui.load(mine.file, words.say("passwords.reading"), () -> PasswordPlan.read(of, file, side, vault, migrations, words), read -> {
			if (question == asked) {
				take(read);
			} else {
				read.close();
			}
		}, e -> {
			if (question == asked) {
				take(null);
				setErrorMessage(Ui.message(e));
			}
		});
	}

	private void take(@Nullable PasswordPlan next) {
		close();
		plan = next;
		Widgets mine = widgets;
		if (mine == null || mine.lines.isDisposed()) {
			return;
		}
		mine.lines.setItemCount(next == null ? 0 : next.lines().size());
		mine.lines.clearAll();
		mine.summary.setText(next == null ? "" : words.say("passwords.plan", numbers(next.counts(), next.refused())));
		setMessage(next != null && next.isOpenToOthers() ? words.say("passwords.others") : words.say("passwords.description"),
				next != null && next.isOpenToOthers() ? IMessageProvider.WARNING : IMessageProvider.NONE);
		setPageComplete(next != null && next.counts().keySet().stream().anyMatch(outcome -> outcome != PasswordImport.Outcome.SAME));
	}

	/// e.g. for `{0} stored, {1} changed, {2} the same, {3} refused`.
	static Object[] numbers(Map<PasswordImport.Outcome, Integer> counts, long refused) {
		return new Object[] {counts.getOrDefault(PasswordImport.Outcome.STORED, 0), counts.getOrDefault(PasswordImport.Outcome.CHANGED, 0),
				counts.getOrDefault(PasswordImport.Outcome.SAME, 0), refused};
	}

	@Nullable PasswordPlan plan() {
		return plan;
	}

	private void fill(Event event) {
		PasswordPlan now = plan;
		Widgets mine = widgets;
		if (now == null || mine == null || event.index >= now.lines().size()) {
			return;
		}
		PasswordPlan.Line line = now.lines().get(event.index);
		PasswordImport.Outcome outcome = line.outcome();
		TableItem item = (TableItem) event.item;
		item.setText(new String[] {String.valueOf(line.line()), words.say(switch (outcome) {
			case STORED -> "passwords.outcome.stored";
			case CHANGED -> "passwords.outcome.changed";
			case SAME -> "passwords.outcome.same";
			case null -> "passwords.outcome.refused";
		}), line.user(), server(line.server(), words), line.why()});
		item.setImage(1, mine.icons.outcome(switch (outcome) {
			case STORED, CHANGED -> Outcome.PASS;
			case SAME -> null;
			case null -> Outcome.FAIL;
		}));
	}

	/// e.g. `old: mail.old.example`.
	static String server(@Nullable Server server, Phrases words) {
		return server == null ? "" : words.say("passwords.server.of", words.say("side.label." + server.side().token()), server.name().unicode());
	}

	/// Wipes what was read.
	void close() {
		if (plan != null) {
			plan.close();
			plan = null;
		}
	}

	@Override
	public void dispose() {
		asked++;
		widgets = null;
		close();
		super.dispose();
	}
}
