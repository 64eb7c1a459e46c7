package hikkoshi.ui.inventory.roster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IPath;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.DocumentEvent;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.IDocumentListener;
import org.eclipse.jface.text.IRewriteTarget;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.editors.text.TextEditor;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.format.MigrationYaml;
import hikkoshi.core.format.RosterChanges;
import hikkoshi.core.format.RosterDocument;
import hikkoshi.core.format.RosterDocument.Change;
import hikkoshi.core.format.RosterDomains;
import hikkoshi.core.format.TextEdit;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Ui;
import hikkoshi.workspace.Migrations;
import hikkoshi.workspace.Subscription;

/// The text of a `mailboxes.csv` in an editor as rows, with what is wrong with them, and changed by text edits only. A long text is read in the
/// background; what is edited meanwhile is made up for. UI thread only.
final class RosterText implements AutoCloseable {
	/// Characters that are read at once without anybody noticing.
	private static final int SHORT = 200_000;

	private final TextEditor editor;
	private final Control owner;
	private final Phrases words;
	private final IDocument document;
	private final @Nullable IFile file;
	private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
	private final IDocumentListener changes = new Changes();
	private final List<TextEdit> missed = new ArrayList<>();
	private final Subscription subscription;
	private RosterDomains domains = RosterDomains.UNKNOWN;
	private @Nullable RosterDocument rows;

	/// @param owner lives as long as the editor's window does
	RosterText(TextEditor editor, Control owner, Migrations migrations, Phrases words) {
		this.editor = editor;
		this.owner = owner;
		this.words = words;
		document = editor.getDocumentProvider().getDocument(editor.getEditorInput());
		file = Adapters.adapt(editor.getEditorInput(), IFile.class);
		document.addDocumentListener(changes);
		subscription = migrations.listen(this::filesChanged);
		read();
		readDomains();
	}

	/// Calls back after every change of the rows or of what is wrong with them.
	void onChange(Consumer<Change> listener) {
		listeners.add(listener);
	}

	/// Null while a long text is being read.
	@Nullable
	RosterDocument rows() {
		return rows;
	}

	private void read() {
		rows = null;
		missed.clear();
		if (document.getLength() <= SHORT) {
			show(new RosterDocument(document.get(), domains));
			return;
		}
		String text = document.get();
		RosterDomains known = domains;
		Ui.load(owner, words.say("roster.reading"), () -> new RosterDocument(text, known), read -> {
			missed.forEach(edit -> read.replace(edit.offset(), edit.length(), edit.replacement()));
			missed.clear();
			read.domains(domains);
			show(read);
		});
	}

	private void show(RosterDocument read) {
		rows = read;
		tell(new Change(true, List.of(), List.of()));
	}

	private void tell(Change change) {
		listeners.forEach(listener -> listener.accept(change));
	}

	/// Called by the thread that changed the workspace.
	private void filesChanged(IProject project) {
		if (file != null && project.equals(file.getProject())) {
			Ui.later(owner, this::readDomains);
		}
	}

	private void readDomains() {
		IFile mine = file;
		if (mine == null) {
			return;
		}
		IFile yaml = mine.getParent().getFile(IPath.fromOSString(MigrationProject.MIGRATION_FILE));
		Ui.load(owner, words.say("roster.reading"), () -> yaml.exists()
				? RosterDomains.of(MigrationYaml.parse(yaml.readString(), MigrationProject.MIGRATION_FILE)) : RosterDomains.UNKNOWN, this::domains);
	}

	private void domains(RosterDomains read) {
		if (read.equals(domains)) {
			return;
		}
		domains = read;
		RosterDocument mine = rows;
		if (mine != null) {
			mine.domains(read);
			tell(new Change(false, List.of(), List.of()));
		}
	}

	/// Changes the text; one step for undo. Many edits become one.
	///
	/// @return whether there was something to change, and it may be changed
	boolean edit(List<TextEdit> edits) {
		RosterDocument mine = rows;
		if (mine == null || edits.isEmpty() || !editor.validateEditorInputState()) {
			return false;
		}
		List<TextEdit> steps = TextEdit.backwards(RosterChanges.joined(mine, edits));
		IRewriteTarget target = editor.getAdapter(IRewriteTarget.class);
		target.beginCompoundChange();
		try {
			for (TextEdit edit : steps) {
				document.replace(edit.offset(), edit.length(), edit.replacement());
			}
		} catch (BadLocationException e) {
			ILog.get().error(e.getMessage(), e);
			read();
		} finally {
			target.endCompoundChange();
		}
		return true;
	}

	@Override
	public void close() {
		document.removeDocumentListener(changes);
		subscription.close();
		listeners.clear();
	}

	private final class Changes implements IDocumentListener {
		@Override
		public void documentAboutToBeChanged(DocumentEvent event) {}

		@Override
		public void documentChanged(DocumentEvent event) {
			String replacement = event.getText() == null ? "" : event.getText();
			RosterDocument mine = rows;
			if (mine == null) {
				missed.add(new TextEdit(event.getOffset(), event.getLength(), replacement));
				return;
			}
			Change change = mine.replace(event.getOffset(), event.getLength(), replacement);
			if (mine.length() == document.getLength()) {
				tell(change);
			} else {
				// must not be; but the text is the truth
				ILog.get().error("the table has lost touch with its text");
				read();
			}
		}
	}
}
