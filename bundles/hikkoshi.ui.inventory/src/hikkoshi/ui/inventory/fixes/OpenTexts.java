package hikkoshi.ui.inventory.fixes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.core.filebuffers.FileBuffers;
import org.eclipse.core.filebuffers.ITextFileBuffer;
import org.eclipse.core.filebuffers.ITextFileBufferManager;
import org.eclipse.core.filebuffers.LocationKind;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.DocumentRewriteSession;
import org.eclipse.jface.text.DocumentRewriteSessionType;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.IDocumentExtension4;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.format.Roster;
import hikkoshi.core.format.TextEdit;
import hikkoshi.core.format.TextFile;

/// The texts of a migration's files as a person sees them: those of open editors, saved or not, else those on the disk; and the way to change
/// them so that an editor can undo it.
public final class OpenTexts {
	private static final List<String> FILES =
			List.of(MigrationProject.MIGRATION_FILE, MigrationProject.MAILBOXES_FILE, MigrationProject.CHECKLIST_FILE);

	private final IProject project;

	public OpenTexts(IProject project) {
		this.project = project;
	}

	/// File name to text, without a byte order mark; files that are missing or no text are absent. Reads from the disk what no editor shows.
	///
	/// @throws IOException when a file cannot be read
	public Map<String, String> read() throws IOException {
		Map<String, String> texts = new HashMap<>();
		for (String name : FILES) {
			IFile file = project.getFile(name);
			ITextFileBuffer buffer = buffer(file);
			if (buffer != null) {
				texts.put(name, bare(buffer.getDocument().get()));
			} else if (file.exists()) {
				disk(file).ifPresent(text -> texts.put(name, text));
			}
		}
		return texts;
	}

	private static String bare(String text) {
		return text.startsWith("\uFEFF") ? text.substring(1) : text;
	}

	private static Optional<String> disk(IFile file) throws IOException {
		try (InputStream in = file.getContents(true)) {
			byte[] bytes = in.readNBytes(Roster.MAX_BYTES + 1);
			return bytes.length > Roster.MAX_BYTES ? Optional.empty() : TextFile.decode(bytes, file.getName()).value().map(TextFile::text);
		} catch (CoreException e) {
			throw new IOException(e.getMessage(), e);
		}
	}

	private static @Nullable ITextFileBuffer buffer(IFile file) {
		return manager().getTextFileBuffer(file.getFullPath(), LocationKind.IFILE);
	}

	private static ITextFileBufferManager manager() {
		return FileBuffers.getTextFileBufferManager();
	}

	/// Changes the documents of open editors, which keep their undo; saves those that were saved before, and writes files that no editor shows.
	/// UI thread; the writing is a job.
	///
	/// @param before the texts for which the edits are
	/// @return what could not be changed, since it is not as it was before
	public List<String> apply(Map<String, String> before, Map<String, List<TextEdit>> edits, String job) {
		List<String> changed = new ArrayList<>();
		List<ICoreRunnable> writes = new ArrayList<>();
		edits.forEach((name, list) -> {
			IFile file = project.getFile(name);
			ITextFileBuffer buffer = buffer(file);
			String old = before.getOrDefault(name, "");
			if (list.isEmpty()) {
				return;
			}
			if (buffer == null) {
				writes.add(monitor -> write(file, old, TextEdit.apply(old, list), monitor));
			} else if (!bare(buffer.getDocument().get()).equals(old)) {
				changed.add(name);
			} else {
				boolean dirty = buffer.isDirty();
				edit(buffer.getDocument(), list);
				if (!dirty) {
					writes.add(monitor -> buffer.commit(monitor, false));
				}
			}
		});
		if (!writes.isEmpty()) {
			Job write = Job.create(job, (IProgressMonitor monitor) -> {
				for (ICoreRunnable one : writes) {
					one.run(monitor);
				}
			});
			write.setRule(project);
			write.schedule();
		}
		return changed;
	}

	private static void edit(IDocument document, List<TextEdit> edits) {
		int mark = document.get().startsWith("\uFEFF") ? 1 : 0;
		DocumentRewriteSession session =
				document instanceof IDocumentExtension4 more ? more.startRewriteSession(DocumentRewriteSessionType.UNRESTRICTED_SMALL) : null;
		try {
			for (TextEdit edit : TextEdit.backwards(edits)) {
				document.replace(edit.offset() + mark, edit.length(), edit.replacement());
			}
		} catch (BadLocationException e) {
			throw new IllegalStateException(e);
		} finally {
			if (session != null) {
				((IDocumentExtension4) document).stopRewriteSession(session);
			}
		}
	}

	/// In the encoding that the file has.
	private static void write(IFile file, String before, String after, IProgressMonitor monitor) throws CoreException {
		try {
			byte[] bytes = file.exists() ? encode(file, before, after) : after.getBytes(StandardCharsets.UTF_8);
			file.write(bytes, false, false, true, monitor);
		} catch (IOException e) {
			throw new CoreException(Status.error(e.getMessage(), e));
		}
	}

	private static byte[] encode(IFile file, String before, String after) throws IOException, CoreException {
		try (InputStream in = file.getContents(true)) {
			TextFile old = TextFile.decode(in.readNBytes(Roster.MAX_BYTES), file.getName()).value()
					.filter(text -> text.text().equals(before)).orElseThrow(() -> new IOException(file.getName() + " has changed"));
			return old.encode(after);
		}
	}
}
