package hikkoshi.ui.preferences;

import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.preference.FieldEditorPreferencePage;
import org.eclipse.jface.preference.StringFieldEditor;
import org.eclipse.jface.widgets.WidgetFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPreferencePage;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.preferences.ScopedPreferenceStore;

import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Words;
import hikkoshi.ui.secret.ProtectionNote;

/// The name that sign-offs and overrides are kept under.
public final class MigrationPreferencePage extends FieldEditorPreferencePage implements IWorkbenchPreferencePage {
	private static final String QUALIFIER = "hikkoshi.ui";
	private static final String NAME = "signOffName";
	private static final int NOTE_WIDTH = 420;

	private final Phrases words = Words.of(MigrationPreferencePage.class);

	public MigrationPreferencePage() {
		super(GRID);
		setPreferenceStore(new ScopedPreferenceStore(InstanceScope.INSTANCE, QUALIFIER));
		getPreferenceStore().setDefault(NAME, System.getProperty("user.name", ""));
		setDescription(words.say("preferences.description"));
	}

	/// Who signs, as set here; the system's user name when nothing is.
	public static String signOffName() {
		return InstanceScope.INSTANCE.getNode(QUALIFIER).get(NAME, System.getProperty("user.name", ""));
	}

	@Override
	protected void createFieldEditors() {
		StringFieldEditor name = new StringFieldEditor(NAME, words.say("preferences.name"), getFieldEditorParent());
		name.setEmptyStringAllowed(false);
		name.setErrorMessage(words.say("preferences.name.empty"));
		addField(name);
	}

	@Override
	protected Control createContents(Composite parent) {
		Control fields = super.createContents(parent);
		if (fields.getParent() instanceof Composite page) {
			WidgetFactory.label(SWT.NONE).text(words.say("preferences.secrets")).create(page);
			GridDataFactory.fillDefaults().grab(true, false).applyTo(ProtectionNote.create(page, PlatformUI.getWorkbench(), NOTE_WIDTH));
		}
		return fields;
	}

	@Override
	public void init(IWorkbench workbench) {}
}
