package hikkoshi.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import hikkoshi.core.compare.CompareTargets;
import hikkoshi.core.compare.CompareTargets.Pair;
import hikkoshi.core.compare.Comparison;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Server;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.text.Phrases;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `hikkoshi compare`: asks an old and a new server what they offer, and says what the new one lacks and what follows from it.
@Command(name = "compare")
final class CompareCommand implements Callable<Integer> {
	private final Face face;
	private final Terminal terminal;

	@Mixin
	private ProjectOption project = new ProjectOption();

	@Mixin
	private PasswordOptions passwords = new PasswordOptions();

	@Option(names = "--old", paramLabel = "KEY", descriptionKey = "compare.old")
	private @Nullable String oldKey;

	@Option(names = "--new", paramLabel = "KEY", descriptionKey = "compare.new")
	private @Nullable String newKey;

	@Option(names = "--user", paramLabel = "ADDRESS", descriptionKey = "compare.user")
	private @Nullable String user;

	@Option(names = "--contents", descriptionKey = "compare.contents")
	private boolean contents;

	@Option(names = "--all", descriptionKey = "compare.all")
	private boolean all;

	@Option(names = "--json", descriptionKey = "json")
	private boolean json;

	CompareCommand(Face face) {
		this.face = face;
		terminal = face.terminal();
	}

	@Override
	public Integer call() throws Exception {
		OpenProject open = OpenProject.of(face, project);
		Phrases words = open.words();
		Migration migration = open.migration();
		List<Pair> pairs = pairs(migration, words);
		List<Mailbox> candidates = candidates(migration, words);
		List<ProbeTask<?>> questions = questions(migration, pairs, candidates, open.leaves());
		Secrets secrets = passwords.secrets(face, migration, questions, words);
		Outcome worst = Outcome.PASS;
		try (EvidenceLog log = face.services().evidenceStore().open(project.folder())) {
			for (Pair pair : pairs) {
				List<Account> accounts = accounts(migration, pair, candidates, secrets);
				List<ProbeTask<?>> tasks = CompareTargets.tasks(pair, accounts, open.leaves());
				new EvidenceRun(terminal, words).run(open.files(), migration, tasks, secrets, log);
				if (contents) {
					// after the doors: their limits tell which messages are too long
					new EvidenceRun(terminal, words).run(open.files(), migration, known(CompareTargets.contents(migration, pair, candidates, open.leaves()), secrets), secrets, log);
				}
				Comparison comparison = Comparison.of(migration, pair.oldServer(), pair.newServer(), log, Instant.now());
				if (json) {
					comparison.rows().forEach(row -> terminal.line(Json.comparison(comparison, row, words)));
				} else {
					new CompareLines(terminal, words, all).print(comparison, accounts);
				}
				worst = worst.worst(comparison.worst());
			}
		}
		return ExitCode.of(worst).code();
	}

	private List<Pair> pairs(Migration migration, Phrases words) throws CommandFailure {
		Optional<Server> old = server(oldKey, migration, words);
		Optional<Server> fresh = server(newKey, migration, words);
		if (old.isPresent() && fresh.isPresent()) {
			return List.of(new Pair(old.get(), fresh.get()));
		}
		List<Pair> pairs = CompareTargets.pairs(migration).stream().filter(pair -> old.isEmpty() || pair.oldServer().equals(old.get()))
				.filter(pair -> fresh.isEmpty() || pair.newServer().equals(fresh.get())).toList();
		if (pairs.isEmpty()) {
			throw new CommandFailure(ExitCode.USAGE, words.say("compare.no-pair"));
		}
		return pairs;
	}

	private static Optional<Server> server(@Nullable String key, Migration migration, Phrases words) throws CommandFailure {
		if (key == null) {
			return Optional.empty();
		}
		Optional<Server> server = migration.server(key);
		if (server.isEmpty()) {
			throw new CommandFailure(ExitCode.USAGE,
					words.say("compare.no-server", key, String.join(", ", migration.servers().stream().map(Server::key).toList())));
		}
		return server;
	}

	private List<Mailbox> candidates(Migration migration, Phrases words) throws CommandFailure {
		if (user == null) {
			return migration.mailboxes();
		}
		List<Mailbox> named = migration.mailboxes().stream().filter(mailbox -> mailbox.address().toString().equals(user)).toList();
		if (named.isEmpty()) {
			throw new CommandFailure(ExitCode.USAGE, words.say("cli.no-mailbox", user, MigrationProject.MAILBOXES_FILE));
		}
		return named;
	}

	private static List<ProbeTask<?>> known(List<ProbeTask<?>> tasks, Secrets secrets) throws IOException {
		List<ProbeTask<?>> known = new ArrayList<>();
		for (ProbeTask<?> task : tasks) {
			if (task.target() instanceof Account account && secrets.knows(CredentialId.of(account))) {
				known.add(task);
			}
		}
		return known;
	}

	/// What a person would be asked for: one account on each server; every one when contents are compared.
	private List<ProbeTask<?>> questions(Migration migration, List<Pair> pairs, List<Mailbox> candidates, List<ProbeSet> leaves) {
		List<ProbeTask<?>> tasks = new ArrayList<>();
		for (Pair pair : pairs) {
			List<Account> first = Stream.of(pair.oldServer(), pair.newServer()).flatMap(server -> candidates.stream()
					.flatMap(mailbox -> CompareTargets.account(migration, mailbox, server).stream()).findFirst().stream()).toList();
			tasks.addAll(CompareTargets.tasks(pair, first, leaves));
			if (contents) {
				tasks.addAll(CompareTargets.contents(migration, pair, candidates, leaves));
			}
		}
		return tasks;
	}

	/// The first account on each server whose password is known; the same mailbox on both where that is possible.
	private static List<Account> accounts(Migration migration, Pair pair, List<Mailbox> candidates, Secrets secrets) throws IOException {
		List<Account> found = new ArrayList<>();
		for (Mailbox mailbox : candidates) {
			List<Account> both = Stream.of(pair.oldServer(), pair.newServer()).flatMap(server -> CompareTargets.account(migration, mailbox, server).stream())
					.filter(account -> found.stream().noneMatch(other -> other.server().equals(account.server()))).toList();
			for (Account account : both) {
				if (secrets.knows(CredentialId.of(account))) {
					found.add(account);
				}
			}
			if (found.size() == 2) {
				break;
			}
		}
		return found;
	}
}
