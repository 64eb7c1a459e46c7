package hikkoshi.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.evidence.Snapshot;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Presence;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.Existence;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.Targets;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hikkoshi exist`: proves that every address exists where it should, and keeps the evidence. Every address is asked for at the SMTP endpoints (RCPT TO,
/// no mail is sent), mailboxes whose password is known log in as well, over one protocol.
@Command(name = "exist")
final class ExistCommand implements Callable<Integer> {
	/// Which sides are asked.
	enum Sides {
		OLD,
		NEW,
		BOTH;

		List<Side> sides() {
			return switch (this) {
				case OLD -> List.of(Side.OLD);
				case NEW -> List.of(Side.NEW);
				case BOTH -> List.of(Side.OLD, Side.NEW);
			};
		}
	}

	private final Face face;
	private final Terminal terminal;

	@Mixin
	private ProjectOption project = new ProjectOption();

	@Mixin
	private PasswordOptions passwords = new PasswordOptions();

	@Mixin
	private WaveOption wave = new WaveOption();

	@Option(names = "--side", paramLabel = "SIDE", defaultValue = "BOTH", descriptionKey = "exist.side")
	private Sides side = Sides.BOTH;

	@Parameters(paramLabel = "ADDRESS", arity = "0..*", descriptionKey = "exist.addresses")
	private List<String> addresses = new ArrayList<>();

	@Option(names = "--json", descriptionKey = "json")
	private boolean json;

	ExistCommand(Face face) {
		this.face = face;
		terminal = face.terminal();
	}

	@Override
	public Integer call() throws Exception {
		OpenProject open = OpenProject.of(face, project);
		Phrases words = open.words();
		Migration migration = open.migration();
		Set<EmailAddress> wanted = wanted(migration, words);
		Targets targets = Targets.of(migration).only(target -> isAsked(target, wanted));
		try (EvidenceLog log = face.services().evidenceStore().open(project.folder())) {
			List<ProbeTask<?>> tasks = new ArrayList<>(targets.tasks(ProbeSet.lookingAt(Presence.class, open.leaves())));
			List<ProbeTask<?>> logins = targets.tasks(ProbeSet.lookingAt(Account.class, open.leaves()));
			Secrets secrets = passwords.secrets(face, migration, logins, words);
			tasks.addAll(known(logins, secrets));
			// with nothing that can be asked, the lines below say what to add
			new EvidenceRun(terminal, words).run(open.files(), migration, tasks, secrets, log);
			List<Existence.Entry> entries =
					Existence.of(migration, new Snapshot(log), migration.policy().evidenceMaxAge(), Instant.now(), wanted::contains);
			ExistLines lines = new ExistLines(terminal, words, side.sides());
			if (json) {
				entries.forEach(entry -> terminal.line(Json.existence(entry, side.sides(), words)));
			} else {
				lines.print(entries);
			}
			return lines.code(entries).code();
		}
	}

	private Set<EmailAddress> wanted(Migration migration, Phrases words) throws CommandFailure {
		Set<String> waves = Set.copyOf(wave.waves(migration, words));
		Set<EmailAddress> known = new HashSet<>(migration.addresses());
		Set<EmailAddress> wanted = new HashSet<>();
		for (String text : addresses) {
			EmailAddress address = parse(text).filter(known::contains).orElseThrow(
					() -> new CommandFailure(ExitCode.USAGE, words.say("cli.no-mailbox", text, MigrationProject.MAILBOXES_FILE)));
			wanted.add(address);
		}
		if (addresses.isEmpty()) {
			migration.mailboxes().stream().filter(mailbox -> waves.contains(mailbox.wave())).map(Mailbox::address).forEach(wanted::add);
			migration.recipients().stream().filter(recipient -> waves.contains(recipient.wave())).forEach(recipient -> wanted.add(recipient.address()));
		}
		if (wanted.isEmpty()) {
			throw new CommandFailure(ExitCode.UNKNOWN, words.say("exist.nothing"));
		}
		return wanted;
	}

	private static Optional<EmailAddress> parse(String text) {
		try {
			return Optional.of(EmailAddress.parse(text));
		} catch (IllegalArgumentException e) {
			return Optional.empty();
		}
	}

	/// One protocol is enough: the first that the server offers.
	private boolean isAsked(Target target, Set<EmailAddress> wanted) {
		return switch (target) {
			case Presence presence -> wanted.contains(presence.recipient()) && side.sides().contains(presence.door().server().side());
			case Account account -> wanted.contains(account.mailbox()) && side.sides().contains(account.server().side())
					&& account.endpoint().protocol() == first(account);
			default -> false;
		};
	}

	private static Protocol first(Account account) {
		return account.server().endpoints().stream().map(endpoint -> endpoint.protocol()).filter(Protocol::hasLogin).min(Protocol::compareTo).orElseThrow();
	}

	private static List<ProbeTask<?>> known(List<ProbeTask<?>> logins, Secrets secrets) throws IOException {
		List<ProbeTask<?>> known = new ArrayList<>();
		for (ProbeTask<?> task : logins) {
			if (task.target() instanceof Account account && secrets.knows(CredentialId.of(account))) {
				known.add(task);
			}
		}
		return known;
	}
}
