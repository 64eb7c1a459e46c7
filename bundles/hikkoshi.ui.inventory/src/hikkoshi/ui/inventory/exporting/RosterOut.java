package hikkoshi.ui.inventory.exporting;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.eclipse.core.resources.IProject;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.format.MigrationYaml;
import hikkoshi.core.format.Roster;
import hikkoshi.core.format.roster.ExportFormat;
import hikkoshi.core.format.roster.RosterExport;
import hikkoshi.core.model.Migration;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.secret.ServerNameVault;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.inventory.fixes.OpenTexts;

/// A roster that is to be written for another tool, as the open editors and the files say it now. Immutable.
///
/// @param guards whether cells that a spreadsheet would take for a formula get an apostrophe in front
record RosterOut(Migration migration, Roster roster, ExportFormat format, boolean guards) {
	private static final int MOST_LINES = 12;

	/// What it will look like.
	///
	/// @param head its first lines, without passwords
	/// @param rows how many rows there will be
	/// @param remarks what a person should know about it
	record Preview(String head, int rows, List<Reason> remarks) {}

	/// Blocks.
	///
	/// @throws IOException when the files cannot be read as a migration, with a sentence
	static RosterOut read(IProject project, ExportFormat format, boolean guards, Phrases words) throws IOException {
		Map<String, String> texts = new OpenTexts(project).read();
		Migration migration = MigrationYaml.parse(texts.getOrDefault(MigrationProject.MIGRATION_FILE, ""), MigrationProject.MIGRATION_FILE).value()
				.map(MigrationYaml::migration).orElseThrow(() -> new IOException(words.say("export.faulty", project.getName())));
		Roster roster = Roster.parse(texts.getOrDefault(MigrationProject.MAILBOXES_FILE, "")).value().orElse(new Roster(List.of()));
		return new RosterOut(migration, roster, format, guards);
	}

	/// Writes it to nowhere: the numbers and remarks are those of the real thing.
	Preview preview() throws IOException, InterruptedException {
		Head head = new Head();
		RosterExport.Written written = new RosterExport(migration, roster, format, guards).write(head);
		return new Preview(head.toString(StandardCharsets.UTF_8), written.rows(), written.remarks());
	}

	/// Writes a new file; with passwords, one that only its owner may read. Blocks.
	///
	/// @param vault where the passwords are
	/// @throws java.nio.file.FileAlreadyExistsException when the file is there already
	RosterExport.Written write(Path file, boolean withPasswords, Secrets vault) throws IOException, InterruptedException {
		RosterExport plain = new RosterExport(migration, roster, format, guards);
		return (withPasswords ? plain.withPasswords(new ServerNameVault(migration, vault)) : plain).write(file);
	}

	/// Keeps the first lines and forgets the rest.
	private static final class Head extends ByteArrayOutputStream {
		private int lines;

		@Override
		public synchronized void write(int b) {
			if (lines < MOST_LINES) {
				super.write(b);
				lines += b == '\n' ? 1 : 0;
			}
		}

		@Override
		public synchronized void write(byte[] bytes, int from, int length) {
			for (int i = from; i < from + length && lines < MOST_LINES; i++) {
				write(bytes[i]);
			}
		}
	}
}
