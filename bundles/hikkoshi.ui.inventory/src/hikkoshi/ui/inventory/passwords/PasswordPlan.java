package hikkoshi.ui.inventory.passwords;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.SubMonitor;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.PasswordImport;
import hikkoshi.core.format.PasswordSheet;
import hikkoshi.core.format.PrivateFile;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.ServerNameVault;
import hikkoshi.core.secret.Vault;
import hikkoshi.core.text.Phrases;
import hikkoshi.workspace.Migrations;

/// What importing a table of passwords would do: each line with what becomes of it. Holds the passwords until it is closed; shows none.
final class PasswordPlan implements AutoCloseable {
	/// What becomes of a line.
	///
	/// @param line of the file, from 1
	/// @param server null when the line cannot be used
	/// @param outcome null when the line cannot be used
	/// @param why a sentence, with what to do about it; empty for a line that can be used
	record Line(int line, String user, @Nullable Server server, PasswordImport.@Nullable Outcome outcome, String why) {}

	private final PasswordSheet sheet;
	private final List<PasswordImport.Entry> entries;
	private final ServerNameVault vault;
	private final List<Line> lines;
	private final boolean isOpenToOthers;

	/// A file that is of no use, or whose place is wrong: the sentence is for a person.
	static final class Unusable extends IOException {
		private static final long serialVersionUID = 1;

		Unusable(String sentence) {
			super(sentence);
		}
	}

	private PasswordPlan(PasswordSheet sheet, List<PasswordImport.Entry> entries, ServerNameVault vault, List<Line> lines, boolean isOpenToOthers) {
		this.sheet = sheet;
		this.entries = entries;
		this.vault = vault;
		this.lines = List.copyOf(lines);
		this.isOpenToOthers = isOpenToOthers;
	}

	/// Reads the file and looks into the vault. Blocks, and may ask a person for the vault's master password; not in the UI thread.
	///
	/// @param side whose passwords those are that do not say; null when each must say it
	/// @throws Unusable with what is wrong with the file
	/// @throws IOException when the file or the vault cannot be read
	static PasswordPlan read(IProject project, String file, @Nullable Side side, Vault vault, Migrations migrations, Phrases words) throws IOException {
		Path path = path(file, words);
		if (new PrivateFile(path).isWithin(Migrations.folder(project))) {
			throw new Unusable(words.say("passwords.in-project"));
		}
		Migration migration = migrations.load(project).migration().orElseThrow(() -> new Unusable(words.say("passwords.faulty", project.getName())));
		PasswordSheet sheet = PasswordSheet.read(path);
		try {
			if (sheet.problem().isPresent()) {
				throw new Unusable(words.say("passwords.sheet." + sheet.problem().get().name().toLowerCase(Locale.ROOT).replace('_', '-')));
			}
			PasswordImport plan = new PasswordImport(migration, sheet, side);
			ServerNameVault mine = new ServerNameVault(migration, vault);
			List<Line> lines = new ArrayList<>();
			Set<CredentialId> kept = new HashSet<>(vault.known());
			for (PasswordImport.Entry entry : plan.entries()) {
				// only what is there already is decrypted, which is slow
				boolean isKept = mine.place(entry.id()).filter(kept::contains).isPresent();
				lines.add(new Line(entry.line(), entry.id().user(), entry.server(),
						isKept ? PasswordImport.compare(entry, mine) : PasswordImport.Outcome.STORED, ""));
			}
			for (PasswordImport.Refused refused : plan.refused()) {
				lines.add(new Line(refused.line(), "", null, null,
						words.say(refused.reason()) + words.remedy(refused.reason()).map(remedy -> " " + remedy).orElse("")));
			}
			lines.sort(Comparator.comparingInt(Line::line));
			return new PasswordPlan(sheet, plan.entries(), mine, lines, new PrivateFile(path).isOpenToOthers());
		} catch (IOException | RuntimeException e) {
			sheet.close();
			throw e;
		}
	}

	private static Path path(String file, Phrases words) throws Unusable {
		try {
			Path path = Path.of(file);
			if (!file.isEmpty() && Files.isRegularFile(path) && Files.isReadable(path)) {
				return path;
			}
		} catch (InvalidPathException e) {
			throw new Unusable(words.say("passwords.no-file", file));
		}
		throw new Unusable(words.say("passwords.no-file", file));
	}

	/// In the order of the file.
	List<Line> lines() {
		return lines;
	}

	/// Whether others than its owner may read the file.
	boolean isOpenToOthers() {
		return isOpenToOthers;
	}

	/// How many lines come to what; lines that cannot be used are what is missing.
	Map<PasswordImport.Outcome, Integer> counts() {
		Map<PasswordImport.Outcome, Integer> counts = new EnumMap<>(PasswordImport.Outcome.class);
		for (Line line : lines) {
			if (line.outcome() != null) {
				counts.merge(line.outcome(), 1, Integer::sum);
			}
		}
		return counts;
	}

	long refused() {
		return lines.stream().filter(line -> line.outcome() == null).count();
	}

	/// Each password to its account in secure storage. Blocks. A cancel keeps those that are stored already.
	///
	/// @return how many were stored, changed, left as they were
	/// @throws hikkoshi.core.secret.SecretException when the storage refuses, with the reason
	/// @throws IOException when the storage cannot be written
	Map<PasswordImport.Outcome, Integer> store(IProgressMonitor monitor, String name) throws IOException, InterruptedException {
		SubMonitor progress = SubMonitor.convert(monitor, name, entries.size());
		Map<CredentialId, PasswordImport.Outcome> done = new HashMap<>();
		for (PasswordImport.Entry entry : entries) {
			if (monitor.isCanceled() || Thread.currentThread().isInterrupted()) {
				throw new InterruptedException();
			}
			done.put(entry.id(), PasswordImport.store(entry, vault));
			progress.worked(1);
		}
		Map<PasswordImport.Outcome, Integer> counts = new EnumMap<>(PasswordImport.Outcome.class);
		done.values().forEach(outcome -> counts.merge(outcome, 1, Integer::sum));
		return counts;
	}

	/// Wipes the passwords.
	@Override
	public void close() {
		sheet.close();
	}
}
