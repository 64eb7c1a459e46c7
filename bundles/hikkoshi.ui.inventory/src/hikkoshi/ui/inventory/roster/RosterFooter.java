package hikkoshi.ui.inventory.roster;

import java.util.List;

import org.eclipse.jface.action.IStatusLineManager;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.forms.widgets.FormToolkit;

import hikkoshi.core.format.Fault;
import hikkoshi.core.format.RosterDocument;
import hikkoshi.core.format.RosterLine;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Icons;

/// Below the table: what is wrong with the focused row and what to do about it, and how many rows there are; the first also in the window's
/// status line. UI thread only.
final class RosterFooter {
	private static final int LINES = 2;

	private final RosterText text;
	private final RosterTable table;
	private final Phrases words;
	private final IStatusLineManager status;
	private final Icons icons;
	private final Label mark;
	private final Label sentence;
	private final Label counts;
	private String said = "";

	RosterFooter(FormToolkit toolkit, Composite parent, RosterText text, RosterTable table, Phrases words, IStatusLineManager status) {
		this.text = text;
		this.table = table;
		this.words = words;
		this.status = status;
		Composite foot = toolkit.createComposite(parent);
		GridLayoutFactory.fillDefaults().numColumns(2).spacing(6, 2).applyTo(foot);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(foot);
		icons = new Icons(foot);
		mark = toolkit.createLabel(foot, "");
		GridDataFactory.swtDefaults().align(SWT.CENTER, SWT.TOP).hint(16, 16).applyTo(mark);
		// the height of a line that mixes scripts
		sentence = toolkit.createLabel(foot, "Åg\u3042", SWT.WRAP);
		int height = sentence.computeSize(SWT.DEFAULT, SWT.DEFAULT).y;
		sentence.setText("");
		GridDataFactory.fillDefaults().grab(true, false).hint(200, LINES * height).applyTo(sentence);
		counts = toolkit.createLabel(foot, "");
		GridDataFactory.fillDefaults().span(2, 1).grab(true, false).applyTo(counts);
	}

	/// About the focused row: what is wrong with its focused cell comes first.
	void show() {
		RosterDocument rows = text.rows();
		RosterLine row = table.focusRow();
		if (rows == null || row == null || rows.indexOf(row) < 0) {
			show(List.of());
			return;
		}
		List<Fault> here = table.faults(row, table.focusColumn());
		show(!here.isEmpty() || rows.worst(row) == null ? here : rows.faults(row).stream().map(RosterDocument.CellFault::fault).toList());
	}

	void show(List<Fault> faults) {
		String sentences = table.sentences(faults);
		boolean error = faults.stream().anyMatch(fault -> fault.severity() == Fault.Severity.ERROR);
		if (!sentences.equals(said)) {
			said = sentences;
			// a label takes & for a mnemonic
			sentence.setText(sentences.replace("&", "&&"));
			sentence.setToolTipText(sentences.isEmpty() ? null : sentences);
			mark.setImage(faults.isEmpty() ? null : icons.image(error ? "fail" : "warn"));
			status.setErrorMessage(error ? sentences.replace('\n', ' ') : null);
			status.setMessage(error || faults.isEmpty() ? null : sentences.replace('\n', ' '));
		}
		count();
	}

	/// Something to be said once, e.g. what was pasted.
	void say(String message) {
		status.setMessage(message);
		sentence.setText(message.replace("&", "&&"));
		said = message;
		mark.setImage(null);
	}

	private void count() {
		RosterDocument rows = text.rows();
		String now = rows == null ? words.say("roster.reading")
				: words.say("roster.counts", rows.size(), table.view().size(), table.selected().size(), rows.errors(), rows.warnings());
		if (!counts.getText().equals(now)) {
			counts.setText(now);
		}
	}

	/// What the footer says, for a person who cannot see it, and for tests.
	String said() {
		return said;
	}
}
