package hikkoshi.ui.inventory.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.widgets.WidgetFactory;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.roster.ImportSummary;
import hikkoshi.core.text.Phrases;

/// What Finish will do; whether passwords of the file go into secure storage. UI thread only.
final class SummaryPage extends WizardPage {
	private static final int MOST_VANISHED = 200;

	private final ImportModel model;
	private final Phrases words;
	private boolean keep;
	private @Nullable Text text;
	private @Nullable Button passwords;

	SummaryPage(ImportModel model, Phrases words) {
		super("summary", words.say("import.summary.title"), null);
		this.model = model;
		this.words = words;
		setDescription(words.say("import.summary.description"));
	}

	@Override
	public void createControl(Composite parent) {
		Composite page = WidgetFactory.composite(SWT.NONE).create(parent);
		GridLayoutFactory.swtDefaults().applyTo(page);
		text = WidgetFactory.text(SWT.MULTI | SWT.READ_ONLY | SWT.WRAP | SWT.V_SCROLL | SWT.BORDER).create(page);
		GridDataFactory.fillDefaults().grab(true, true).hint(560, 200).applyTo(text);
		passwords = WidgetFactory.button(SWT.CHECK).onSelect(e -> keep = Objects.requireNonNull(passwords).getSelection()).create(page);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(passwords);
		setControl(page);
		model.onChange(this::show);
		show();
	}

	/// Whether the passwords of the file are to be kept in secure storage.
	boolean keepsPasswords() {
		return keep;
	}

	private void show() {
		ImportModel.Loaded loaded = model.loaded();
		if (text == null || text.isDisposed() || passwords == null) {
			return;
		}
		if (loaded == null) {
			text.setText("");
			passwords.setVisible(false);
			return;
		}
		ImportSummary summary = loaded.plan().summary();
		List<String> lines = new ArrayList<>();
		lines.add(words.say("import.will.add", summary.added()));
		lines.add(words.say("import.will.change", summary.changed()));
		lines.add(words.say("import.will.domains", summary.domainsAdded()));
		lines.add(words.say("import.will.leave", summary.same(), summary.refused(), summary.deselected()));
		if (summary.hashes() > 0) {
			lines.add(words.say("import.will.hashes", summary.hashes()));
		}
		if (summary.vanished() > 0) {
			lines.add("");
			lines.add(words.say("import.will.vanished", summary.vanished()));
			loaded.plan().vanished().stream().limit(MOST_VANISHED).map(gone -> "    " + gone.address()).forEach(lines::add);
		}
		text.setText(String.join("\n", lines));
		passwords.setVisible(summary.passwords() > 0);
		passwords.setText(words.say("import.keep-passwords", summary.passwords()));
		passwords.requestLayout();
	}
}
