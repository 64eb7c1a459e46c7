package hikkoshi.ui.inventory.editor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import org.eclipse.core.runtime.ILog;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.DocumentEvent;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.IDocumentListener;
import org.eclipse.jface.text.IRewriteTarget;
import org.eclipse.ui.texteditor.ITextEditor;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.Fault;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.format.MigrationYaml;
import hikkoshi.core.format.Parsed;
import hikkoshi.core.format.TextEdit;
import hikkoshi.core.format.YamlDocument;
import hikkoshi.core.format.YamlNode;
import hikkoshi.core.format.YamlPath;
import hikkoshi.core.model.Migration;

/// The text of a `migration.yaml` in an editor, read as YAML, and changed by text edits only. UI thread only.
final class MigrationText implements AutoCloseable {
	private final IDocument document;
	private final ITextEditor editor;
	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
	private final IDocumentListener changes = new Changes();
	private @Nullable Parsed<YamlDocument> yaml;
	private @Nullable List<Fault> faults;

	/// @param editor whose undo and dirty state the edits go through
	MigrationText(IDocument document, ITextEditor editor) {
		this.document = document;
		this.editor = editor;
		document.addDocumentListener(changes);
	}

	/// Calls back after every change of the text, by whomever.
	void onChange(Runnable listener) {
		listeners.add(listener);
	}

	/// What the text is as YAML, or empty when it is none.
	Optional<YamlDocument> yaml() {
		Parsed<YamlDocument> read = yaml;
		if (read == null) {
			read = YamlDocument.parse(document.get(), MigrationProject.MIGRATION_FILE);
			yaml = read;
		}
		return read.value();
	}

	/// What is wrong with the text as it stands, saved or not.
	List<Fault> faults() {
		List<Fault> known = faults;
		if (known == null) {
			known = MigrationYaml.parse(document.get(), MigrationProject.MIGRATION_FILE).faults();
			faults = known;
		}
		return known;
	}

	/// The value at a path, empty when there is none or it is no single value.
	String scalar(YamlPath path) {
		return at(path).map(node -> node instanceof YamlNode.Scalar scalar ? scalar.value() : "").orElse("");
	}

	/// The values of a list, or the one value that stands in its place.
	List<String> scalars(YamlPath path) {
		return at(path).map(node -> switch (node) {
			case YamlNode.Scalar scalar -> scalar.isNull() ? List.<String>of() : List.of(scalar.value());
			case YamlNode.Sequence list -> list.items().stream().map(MigrationText::brief).toList();
			case YamlNode.Mapping _ -> List.<String>of();
		}).orElse(List.of());
	}

	/// How long the piece of text at a path is that holds a fault; -1 when it does not hold it.
	int holds(YamlPath path, Fault fault) {
		Optional<YamlNode> node = at(path);
		if (node.isEmpty() || fault.line() < 1) {
			return -1;
		}
		try {
			int offset = document.getLineOffset(fault.line() - 1) + Math.max(0, fault.column() - 1);
			return node.get().start() <= offset && offset <= node.get().end() ? node.get().end() - node.get().start() : -1;
		} catch (BadLocationException e) {
			return -1;
		}
	}

	/// What the text says as a migration, without mailboxes and without what has faults; empty when it is no YAML.
	Optional<Migration> migration() {
		return MigrationYaml.parse(document.get(), MigrationProject.MIGRATION_FILE).value().map(MigrationYaml::migration);
	}

	/// The whole text, e.g. for a check of what is not saved yet.
	String get() {
		return document.get();
	}

	/// Whether the value at a path is a mapping of its own.
	boolean isMapping(YamlPath path) {
		return at(path).filter(YamlNode.Mapping.class::isInstance).isPresent();
	}

	/// How many items the list at a path has.
	int size(YamlPath path) {
		return at(path).map(node -> node instanceof YamlNode.Sequence list ? list.items().size() : 0).orElse(0);
	}

	private Optional<YamlNode> at(YamlPath path) {
		return yaml().flatMap(read -> read.at(path));
	}

	/// A list item in one line; `{protocol: imap, port: 993, security: tls}` as the short form says it.
	private static String brief(YamlNode item) {
		return switch (item) {
			case YamlNode.Scalar scalar -> scalar.value();
			case YamlNode.Mapping mapping -> value(mapping, "protocol") + ":" + value(mapping, "port") + "/" + value(mapping, "security");
			case YamlNode.Sequence _ -> "";
		};
	}

	private static String value(YamlNode.Mapping mapping, String key) {
		return mapping.entry(key).map(entry -> entry.value() instanceof YamlNode.Scalar scalar ? scalar.value() : "").orElse("");
	}

	/// Changes the text, unless it is no YAML at the moment.
	///
	/// @param change from the text as it is to the edits
	void edit(Function<YamlDocument, List<TextEdit>> change) {
		yaml().ifPresent(read -> apply(change.apply(read)));
	}

	/// Each edit is cut down to what really differs: typing in a field becomes typing in the text, and undo takes it back in the same
	/// pieces. Several edits are one undo.
	private void apply(List<TextEdit> edits) {
		List<TextEdit> needed = new ArrayList<>();
		for (TextEdit edit : TextEdit.backwards(edits)) {
			TextEdit small = trimmed(edit);
			if (small.length() > 0 || !small.replacement().isEmpty()) {
				needed.add(small);
			}
		}
		IRewriteTarget target = needed.size() > 1 ? editor.getAdapter(IRewriteTarget.class) : null;
		if (target != null) {
			target.beginCompoundChange();
		}
		try {
			for (TextEdit edit : needed) {
				document.replace(edit.offset(), edit.length(), edit.replacement());
			}
		} catch (BadLocationException e) {
			ILog.get().error("an edit beyond the text", e);
		} finally {
			if (target != null) {
				target.endCompoundChange();
			}
		}
	}

	private TextEdit trimmed(TextEdit edit) {
		String before = document.get().substring(edit.offset(), edit.offset() + edit.length());
		String after = edit.replacement();
		int most = Math.min(before.length(), after.length());
		int head = 0;
		while (head < most && before.charAt(head) == after.charAt(head)) {
			head++;
		}
		int tail = 0;
		while (tail < most - head && before.charAt(before.length() - 1 - tail) == after.charAt(after.length() - 1 - tail)) {
			tail++;
		}
		return new TextEdit(edit.offset() + head, before.length() - head - tail, after.substring(head, after.length() - tail));
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
			yaml = null;
			faults = null;
			listeners.forEach(Runnable::run);
		}
	}
}
