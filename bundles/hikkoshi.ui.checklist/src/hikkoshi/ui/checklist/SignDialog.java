package hikkoshi.ui.checklist;

import java.util.Objects;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.widgets.LabelFactory;
import org.eclipse.jface.widgets.TextFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.gate.Signature;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.preferences.MigrationPreferencePage;

/// Asks for a name, and for an override also for a reason. OK is shut while one of them cannot be kept.
final class SignDialog extends TitleAreaDialog {
	private final Phrases words;
	private final String kind;
	private final String step;
	private final boolean withReason;
	private @Nullable Text nameField;
	private @Nullable Text reasonField;
	private String name = MigrationPreferencePage.signOffName();
	private String reason = "";

	private SignDialog(Shell shell, Phrases words, String kind, String step, boolean withReason) {
		super(shell);
		this.words = words;
		this.kind = kind;
		this.step = step;
		this.withReason = withReason;
	}

	static SignDialog signOff(Shell shell, Phrases words, String step) {
		return new SignDialog(shell, words, "sign", step, false);
	}

	static SignDialog override(Shell shell, Phrases words, String step) {
		return new SignDialog(shell, words, "override", step, true);
	}

	String name() {
		return name;
	}

	String reason() {
		return reason;
	}

	@Override
	protected void configureShell(Shell shell) {
		super.configureShell(shell);
		shell.setText(words.say(kind + ".title"));
	}

	@Override
	protected boolean isResizable() {
		return true;
	}

	@Override
	protected Control createDialogArea(Composite parent) {
		Composite area = (Composite) super.createDialogArea(parent);
		setTitle(words.say(kind + ".title"));
		setMessage(words.say(kind + ".message", step));
		Composite fields = new Composite(area, SWT.NONE);
		GridLayoutFactory.swtDefaults().numColumns(2).margins(12, 12).applyTo(fields);
		GridDataFactory.fillDefaults().grab(true, true).applyTo(fields);
		nameField = field(fields, "sign.name", name);
		if (withReason) {
			reasonField = field(fields, "override.reason", "");
			reasonField.setFocus();
		}
		return area;
	}

	private Text field(Composite fields, String label, String value) {
		LabelFactory.newLabel(SWT.NONE).text(words.say(label)).create(fields);
		Text field = TextFactory.newText(SWT.BORDER).text(value).create(fields);
		GridDataFactory.fillDefaults().grab(true, false).hint(360, SWT.DEFAULT).applyTo(field);
		field.addModifyListener(_ -> check());
		return field;
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		super.createButtonsForButtonBar(parent);
		check();
	}

	private void check() {
		name = Objects.requireNonNull(nameField).getText().strip();
		reason = reasonField == null ? "" : reasonField.getText().strip();
		boolean nameFits = fits(name, Signature.MAX_NAME);
		boolean reasonFits = !withReason || fits(reason, Signature.MAX_REASON);
		getButton(IDialogConstants.OK_ID).setEnabled(nameFits && reasonFits);
		boolean tooLong = name.length() > Signature.MAX_NAME || reason.length() > Signature.MAX_REASON;
		setErrorMessage(tooLong ? words.say("sign.bad", nameFits ? Signature.MAX_REASON : Signature.MAX_NAME) : null);
	}

	private static boolean fits(String text, int max) {
		return !text.isEmpty() && text.length() <= max && text.chars().noneMatch(Character::isISOControl);
	}
}
