package hikkoshi.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.format.PasswordImport;
import hikkoshi.core.format.PasswordSheet;
import hikkoshi.core.format.PrivateFile;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.SecretException;
import hikkoshi.core.secret.SecretReasons;
import hikkoshi.core.secret.ServerNameVault;
import hikkoshi.core.secret.Vault;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hikkoshi passwords import|list|remove|status`: secrets into secure storage, and what is known of them there. Never prints one.
@Command(name = "passwords")
final class PasswordsCommand implements Callable<Integer> {
	private final Face face;
	private final Terminal terminal;

	@Mixin
	private ProjectOption project = new ProjectOption();

	@Option(names = "--side", paramLabel = "SIDE", descriptionKey = "passwords.side")
	private @Nullable Side side;

	@Parameters(index = "0", paramLabel = "WHAT", arity = "0..1", defaultValue = "STATUS", descriptionKey = "passwords.what")
	private What what = What.STATUS;

	@Parameters(index = "1..*", paramLabel = "FILE|USER", arity = "0..*", descriptionKey = "passwords.which")
	private List<String> which = new ArrayList<>();

	enum What {
		IMPORT,
		LIST,
		REMOVE,
		STATUS
	}

	PasswordsCommand(Face face) {
		this.face = face;
		terminal = face.terminal();
	}

	@Override
	public Integer call() throws Exception {
		Phrases words = face.words();
		Vault vault = face.vault(words);
		if (what == What.STATUS) {
			return status(vault, words).code();
		}
		Migration migration = project.migration(project.load(words), words);
		return (switch (what) {
			case IMPORT -> importFile(migration, vault, words);
			case LIST -> list(migration, vault, words);
			case REMOVE -> remove(migration, vault, words);
			case STATUS -> ExitCode.OK;
		}).code();
	}

	private static String token(Enum<?> word) {
		return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/// Not all well when something lies open, cannot be read here, or could not be kept.
	private ExitCode status(Vault vault, Phrases words) {
		List<Reason> protection = vault.protection();
		for (Reason reason : protection) {
			terminal.line(words.say(reason));
			words.remedy(reason).ifPresent(remedy -> terminal.line("    " + remedy));
		}
		boolean isWell = protection.stream().map(Reason::id)
				.noneMatch(Set.of(SecretReasons.NONE, SecretReasons.CLEAR, SecretReasons.ELSEWHERE)::contains);
		return isWell ? ExitCode.OK : ExitCode.WARNINGS;
	}

	private ExitCode importFile(Migration migration, Vault vault, Phrases words) throws IOException, CommandFailure {
		if (which.size() != 1) {
			throw new CommandFailure(ExitCode.USAGE, words.say("passwords.one-file"));
		}
		Path file = Path.of(which.getFirst());
		if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
			throw new CommandFailure(ExitCode.INPUT, words.say("passwords.no-file", file));
		}
		if (new PrivateFile(file).isWithin(project.folder())) {
			throw new CommandFailure(ExitCode.INPUT, words.say("passwords.in-project", file));
		}
		if (new PrivateFile(file).isOpenToOthers()) {
			terminal.complain(words.say("passwords.others", file));
		}
		ServerNameVault mine = new ServerNameVault(migration, vault);
		try (PasswordSheet sheet = PasswordSheet.read(file)) {
			if (sheet.problem().isPresent()) {
				throw new CommandFailure(ExitCode.INPUT, words.say("passwords.sheet." + token(sheet.problem().get()), file));
			}
			PasswordImport plan = new PasswordImport(migration, sheet, side);
			Map<PasswordImport.Outcome, Integer> counts = new EnumMap<>(PasswordImport.Outcome.class);
			for (PasswordImport.Entry entry : plan.entries()) {
				PasswordImport.Outcome outcome;
				try {
					outcome = PasswordImport.store(entry, mine);
				} catch (SecretException e) {
					throw new CommandFailure(ExitCode.INPUT, words.say(e.reason()) + words.remedy(e.reason()).map(remedy -> "\n    " + remedy).orElse(""));
				}
				counts.merge(outcome, 1, Integer::sum);
				if (outcome != PasswordImport.Outcome.SAME) {
					terminal.line(words.say("passwords.outcome." + token(outcome), entry.id().user(), entry.server().key(), entry.line()));
				}
			}
			for (PasswordImport.Refused refused : plan.refused()) {
				terminal.complain(words.say("passwords.refused", file, refused.line(), words.say(refused.reason())));
				words.remedy(refused.reason()).ifPresent(remedy -> terminal.complain("    " + remedy));
			}
			terminal.line(words.say("passwords.summary", counts.getOrDefault(PasswordImport.Outcome.STORED, 0),
					counts.getOrDefault(PasswordImport.Outcome.CHANGED, 0), counts.getOrDefault(PasswordImport.Outcome.SAME, 0), plan.refused().size()));
			terminal.line(words.say("passwords.delete", file));
			return plan.refused().isEmpty() ? ExitCode.OK : ExitCode.INPUT;
		}
	}

	private static Set<CredentialId> wanted(Migration migration) {
		Set<CredentialId> wanted = new LinkedHashSet<>();
		for (Side each : Side.values()) {
			migration.mailboxes().forEach(mailbox -> migration.accounts(mailbox, each).forEach(account -> wanted.add(CredentialId.of(account))));
		}
		return wanted;
	}

	private ExitCode list(Migration migration, Vault vault, Phrases words) throws IOException, CommandFailure {
		Set<String> programs = new TokenPrograms(System.getenv(), List.of()).of(migration, words).keySet();
		Set<CredentialId> kept = new HashSet<>(vault.known());
		ServerNameVault mine = new ServerNameVault(migration, vault);
		Columns columns = new Columns();
		int known = 0;
		int lacking = 0;
		Set<CredentialId> wanted = wanted(migration);
		for (CredentialId id : wanted) {
			boolean there = mine.place(id).filter(kept::contains).isPresent();
			known += there ? 1 : 0;
			boolean printed = programs.contains(id.server());
			lacking += there || printed ? 0 : 1;
			String token = migration.server(id.server()).map(Server::side).map(Side::token).orElse("");
			columns.row(words.say("side." + token), id.server(), id.user(), words.say(printed ? "passwords.program" : there ? "passwords.known" : "passwords.missing"));
		}
		columns.lines().forEach(terminal::line);
		terminal.line(words.say("passwords.listed", known, wanted.size()));
		return lacking == 0 ? ExitCode.OK : ExitCode.UNKNOWN;
	}

	private ExitCode remove(Migration migration, Vault vault, Phrases words) throws IOException, CommandFailure {
		if (which.isEmpty()) {
			throw new CommandFailure(ExitCode.USAGE, words.say("passwords.who"));
		}
		ServerNameVault mine = new ServerNameVault(migration, vault);
		Set<CredentialId> kept = new HashSet<>(vault.known());
		Set<String> users = new LinkedHashSet<>(which);
		int removed = 0;
		for (Server server : migration.servers()) {
			for (String user : users) {
				CredentialId id = new CredentialId(server.key(), user);
				if ((side == null || side == server.side()) && mine.place(id).filter(kept::contains).isPresent()) {
					mine.remove(id);
					removed++;
					terminal.line(words.say("passwords.removed", user, server.key()));
				}
			}
		}
		terminal.line(words.say("passwords.removed-count", removed));
		return removed > 0 ? ExitCode.OK : ExitCode.UNKNOWN;
	}
}
