package hikkoshi.core.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The texts of a project's files as they lie on the disk, to be changed and written back in the encodings they had.
public final class ProjectTexts {
	private static final List<String> FILES =
			List.of(MigrationProject.MIGRATION_FILE, MigrationProject.MAILBOXES_FILE, MigrationProject.CHECKLIST_FILE);

	private final Path folder;
	private final Map<String, TextFile> files;

	private ProjectTexts(Path folder, Map<String, TextFile> files) {
		this.folder = folder;
		this.files = Map.copyOf(files);
	}

	/// Files that are missing, too large or no text are left out; what is wrong with them, [MigrationFiles] says.
	///
	/// @throws IOException when a file cannot be read
	public static ProjectTexts read(Path folder) throws IOException {
		Map<String, TextFile> files = new HashMap<>();
		for (String name : FILES) {
			Path file = folder.resolve(name);
			if (Files.isRegularFile(file) && Files.isReadable(file) && Files.size(file) <= Roster.MAX_BYTES) {
				TextFile.decode(Files.readAllBytes(file), name).value().ifPresent(text -> files.put(name, text));
			}
		}
		return new ProjectTexts(folder, files);
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
		Map<String, byte[]> encoded = new LinkedHashMap<>();
		for (Map.Entry<String, String> text : changed.entrySet()) {
			TextFile old = files.get(text.getKey());
			encoded.put(text.getKey(), old == null ? text.getValue().getBytes(StandardCharsets.UTF_8) : old.encode(text.getValue()));
		}
		for (Map.Entry<String, byte[]> file : encoded.entrySet()) {
			SafeFile.write(folder.resolve(file.getKey()), file.getValue());
		}
	}
}
