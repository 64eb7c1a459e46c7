package hikkoshi.ui.dns.zone;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.eclipse.core.runtime.ILog;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.DocumentEvent;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.IDocumentListener;
import org.eclipse.jface.text.IRewriteTarget;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.editors.text.TextEditor;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.Fault;
import hikkoshi.core.format.TextEdit;
import hikkoshi.core.format.ZoneDocument;
import hikkoshi.core.format.ZoneFaults;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.plan.Zones;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Ui;

/// The text of a planned zone in an editor as records, with what is wrong with them, and changed by text edits only. A long text is read in the
/// background, and every record is checked there. UI thread only.
final class ZoneText implements AutoCloseable {
	/// Characters that are read at once without anybody noticing.
	private static final int SHORT = 200_000;
	private static final int TYPING_MILLIS = 150;
	/// More changes than these are made as one: each is an event for every annotation of the text.
	private static final int MANY = 200;

	private final TextEditor editor;
	private final Control owner;
	private final DomainName name;
	private final Zones zones;
	private final Phrases words;
	private final IDocument document;
	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
	private final IDocumentListener changes = new Changes();
	private final Runnable reading = this::read;
	private @Nullable ZoneDocument zone;
	private List<Fault> faults = List.of();
	private long generation;

	/// @param owner lives as long as the editor's window does
	ZoneText(TextEditor editor, Control owner, DomainName name, Zones zones, Phrases words) {
		this.editor = editor;
		this.owner = owner;
		this.name = name;
		this.zones = zones;
		this.words = words;
		document = editor.getDocumentProvider().getDocument(editor.getEditorInput());
		document.addDocumentListener(changes);
		read();
	}

	/// Calls back after every change of the records or of what is wrong with them.
	void onChange(Runnable listener) {
		listeners.add(listener);
	}

	/// Null while the text is being read.
	@Nullable
	ZoneDocument zone() {
		return zone;
	}

	/// As far as they have been found.
	List<Fault> faults() {
		return faults;
	}

	DomainName name() {
		return name;
	}

	Zones zones() {
		return zones;
	}

	private void read() {
		if (owner.isDisposed()) {
			return;
		}
		String text = document.get();
		if (text.length() <= SHORT) {
			show(ZoneDocument.parse(name, text));
			return;
		}
		long mine = generation;
		Ui.load(owner, words.say("zone.reading"), () -> ZoneDocument.parse(name, text), read -> {
			if (mine == generation) {
				show(read);
			}
		});
	}

	private void show(ZoneDocument read) {
		zone = read;
		tell();
		long mine = generation;
		Ui.load(owner, words.say("zone.reading"), () -> ZoneFaults.of(name.ascii() + ".zone", name, read, zones), found -> {
			if (mine == generation && !found.equals(faults)) {
				faults = found;
				tell();
			}
		});
	}

	private void tell() {
		listeners.forEach(Runnable::run);
	}

	/// Changes the text; one step for undo.
	///
	/// @param of what the edits were made from
	/// @return whether they were made: not when the text is another one by now, or may not be changed
	boolean edit(ZoneDocument of, List<TextEdit> edits) {
		if (of != zone || edits.isEmpty() || !editor.validateEditorInputState() || of != zone) {
			return false;
		}
		List<TextEdit> steps = edits.size() > MANY ? TextEdit.difference(of.text(), TextEdit.apply(of.text(), edits)) : TextEdit.backwards(edits);
		IRewriteTarget target = editor.getAdapter(IRewriteTarget.class);
		target.beginCompoundChange();
		try {
			for (TextEdit edit : steps) {
				document.replace(edit.offset(), edit.length(), edit.replacement());
			}
		} catch (BadLocationException e) {
			ILog.get().error(e.getMessage(), e);
		} finally {
			target.endCompoundChange();
		}
		return true;
	}

	@Override
	public void close() {
		document.removeDocumentListener(changes);
		listeners.clear();
	}

	private final class Changes implements IDocumentListener {
		@Override
		public void documentAboutToBeChanged(DocumentEvent event) {}

		@Override
		public void documentChanged(DocumentEvent event) {
			zone = null;
			generation++;
			if (!owner.isDisposed()) {
				owner.getDisplay().timerExec(document.getLength() <= SHORT ? 1 : TYPING_MILLIS, reading);
			}
		}
	}
}
