package hikkoshi.core.format.roster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import hikkoshi.core.format.Fault;
import hikkoshi.core.format.FaultKind;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.format.Parsed;
import hikkoshi.core.format.Roster;
import hikkoshi.core.format.SafeFile;
import hikkoshi.core.format.TextFile;
import hikkoshi.core.format.YamlDocument;

/// The two files of a project that an import changes, as they are now. A `mailboxes.csv` that does not exist is an empty one.
public record ProjectTexts(TextFile migration, TextFile mailboxes) {
	/// The texts of unsaved editors, without byte order marks.
	public static ProjectTexts of(String migration, String mailboxes) {
		return new ProjectTexts(new TextFile(migration, StandardCharsets.UTF_8, false), new TextFile(mailboxes, StandardCharsets.UTF_8, false));
	}

	/// @return empty when one of the files is missing, too large or no text; the faults say so
	/// @throws IOException when one cannot be read
	public static Parsed<ProjectTexts> read(Path folder) throws IOException {
		List<Fault> faults = new ArrayList<>();
		Path csv = folder.resolve(MigrationProject.MAILBOXES_FILE);
		Optional<TextFile> migration = text(folder.resolve(MigrationProject.MIGRATION_FILE), YamlDocument.MAX_LENGTH, faults);
		Optional<TextFile> mailboxes = Files.exists(csv) ? text(csv, Roster.MAX_BYTES, faults)
				: Optional.of(new TextFile("", StandardCharsets.UTF_8, false));
		return new Parsed<>(migration.isPresent() && mailboxes.isPresent() ? Optional.of(new ProjectTexts(migration.get(), mailboxes.get()))
				: Optional.empty(), faults);
	}

	private static Optional<TextFile> text(Path file, int limit, List<Fault> faults) throws IOException {
		String name = String.valueOf(file.getFileName());
		if (!Files.isRegularFile(file)) {
			faults.add((Files.exists(file) ? FaultKind.FILE_NOT_REGULAR : FaultKind.FILE_MISSING).fault(name, 0, 0, name));
			return Optional.empty();
		}
		byte[] bytes;
		try (InputStream in = Files.newInputStream(file)) {
			bytes = in.readNBytes(limit + 1);
		}
		if (bytes.length > limit) {
			faults.add(FaultKind.FILE_TOO_LARGE.fault(name, 0, 0, name, limit / 1_000_000));
			return Optional.empty();
		}
		Parsed<TextFile> decoded = TextFile.decode(bytes, name);
		faults.addAll(decoded.faults());
		return decoded.value();
	}

	/// Writes what an import makes of these texts, both files or none ([SafeFile#write(List)]): `migration.yaml` first, since a domain without
	/// mailboxes harms nobody, should the machine die between the two. Each keeps its encoding.
	///
	/// @param edits made for these texts
	/// @throws ChangedException when a file is no longer as it was when these texts were read; nothing is written
	/// @throws CharacterCodingException when the encoding of a file lacks a character (CP932); nothing is written
	/// @throws IOException when it could not be written; see [SafeFile#write(List)] for what is on the disk then
	public void write(Path folder, RosterImport.Edits edits) throws IOException {
		if (edits.isEmpty()) {
			return;
		}
		Optional<ProjectTexts> now = read(folder).value();
		if (now.isEmpty() || !now.get().equals(this)) {
			throw new ChangedException(folder);
		}
		List<SafeFile.Content> contents = new ArrayList<>();
		if (!edits.migration().isEmpty()) {
			contents.add(new SafeFile.Content(folder.resolve(MigrationProject.MIGRATION_FILE), migration.encode(edits.migrationText())));
		}
		if (!edits.mailboxes().isEmpty()) {
			contents.add(new SafeFile.Content(folder.resolve(MigrationProject.MAILBOXES_FILE), mailboxes.encode(edits.mailboxesText())));
		}
		SafeFile.write(contents);
	}

	/// Somebody else changed the files between plan and act. Plan again.
	public static final class ChangedException extends IOException {
		private static final long serialVersionUID = 1L;

		ChangedException(Path folder) {
			super("changed meanwhile: " + folder);
		}
	}
}
