package hikkoshi.ui.secret;

import java.util.List;
import java.util.stream.Collectors;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.widgets.WidgetFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.services.IServiceLocator;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.secret.Vault;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Icons;
import hikkoshi.ui.Ui;
import hikkoshi.ui.Words;

/// A line or more that says how secure storage protects what is kept in it, as it is and not as one would like it: where it lies, by what it is
/// encrypted, what of it cannot be read here. Read in a job. UI thread only.
public final class ProtectionNote {
	private final Phrases words = Words.of(ProtectionNote.class);
	private final Label text;

	private ProtectionNote(Composite parent, int width) {
		Composite line = WidgetFactory.composite(SWT.NONE).layout(GridLayoutFactory.fillDefaults().numColumns(2).create()).create(parent);
		Label icon = WidgetFactory.label(SWT.NONE).create(line);
		icon.setImage(new Icons(icon).image("key"));
		GridDataFactory.fillDefaults().align(SWT.BEGINNING, SWT.BEGINNING).applyTo(icon);
		text = WidgetFactory.label(SWT.WRAP).text(words.say("protection.reading")).create(line);
		// two lines are the rule: what comes later must not need room that is not there
		int height = 3 * text.computeSize(SWT.DEFAULT, SWT.DEFAULT).y;
		GridDataFactory.fillDefaults().grab(true, false).hint(width, height).applyTo(text);
	}

	/// What the platform's secure storage says of itself.
	///
	/// @param width in pixels, at which it wraps
	/// @return the line, to lay out
	public static Composite create(Composite parent, IServiceLocator services, int width) {
		return create(parent, services.getService(Secrets.class) instanceof Vault vault ? vault : null, width);
	}

	/// @param vault null when there is none
	public static Composite create(Composite parent, @Nullable Vault vault, int width) {
		ProtectionNote note = new ProtectionNote(parent, width);
		if (vault == null) {
			note.text.setText(note.words.say("protection.none"));
		} else {
			Ui.load(note.text, note.words.say("protection.reading"), vault::protection, note::show, e -> note.text.setText(Ui.message(e)));
		}
		return note.text.getParent();
	}

	private void show(List<Reason> reasons) {
		text.setText(reasons.stream().map(words::say).collect(Collectors.joining(" ")));
		text.setToolTipText(reasons.stream().flatMap(reason -> words.remedy(reason).stream()).collect(Collectors.joining("\n")));
		text.requestLayout();
	}
}
