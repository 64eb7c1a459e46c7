package hikkoshi.core.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The texts of a project's files as they lie on the disk, to be changed and written back in the encodings they had.
public final class TextFiles {
	private static final List<String> FILES =
			List.of(MigrationProject.MIGRATION_FILE, MigrationProject.MAILBOXES_FILE, MigrationProject.CHECKLIST_FILE);

	private final Path folder;
	private final Map<String, TextFile> files;

	private TextFiles(Path folder, Map<String, TextFile> files) {
		this.folder = folder;
		this.files = Map.copyOf(files);
	}

	/// Files that are missing, too large or no text are left out; what is wrong with them, [MigrationFiles] says.
	///
	/// @throws IOException when a file cannot be read
	public static TextFiles read(Path folder) throws IOException {
		Map<String, TextFile> files = new HashMap<>();
		for (String name : FILES) {
			Path file = folder.resolve(name);
			if (Files.isRegularFile(file) && Files.isReadable(file) && Files.size(file) <= Roster.MAX_BYTES) {
				TextFile.decode(Files.readAllBytes(file), name).value().ifPresent(text -> files.put(name, text));
			}
		}
		return new TextFiles(folder, files);
	}

	/// File name to text, without a byte order mark.
	public Map<String, String> texts() {
		Map<String, String> texts = new HashMap<>();
		files.forEach((name, file) -> texts.put(name, file.text()));
		return texts;
	}

	/// Writes changed and new texts; all are encoded before the first is written.
	///
	/// @throws java.nio.charset.CharacterCodingException when the encoding of a file lacks a character of its text; nothing is written then
	/// @throws IOException when a file cannot be written
	public void write(Map<String, String> changed) throws IOException {
		List<SafeFile.Content> encoded = new ArrayList<>();
		for (Map.Entry<String, String> text : changed.entrySet()) {
			TextFile old = files.get(text.getKey());
			byte[] bytes = old == null ? text.getValue().getBytes(StandardCharsets.UTF_8) : old.encode(text.getValue());
			encoded.add(new SafeFile.Content(folder.resolve(text.getKey()), bytes));
		}
		if (!encoded.isEmpty()) {
			SafeFile.write(encoded);
		}
	}
}
