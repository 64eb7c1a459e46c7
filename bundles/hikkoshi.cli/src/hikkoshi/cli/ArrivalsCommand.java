package hikkoshi.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.arrival.ArrivalLog;
import hikkoshi.core.arrival.Looks;
import hikkoshi.core.arrival.Stragglers;
import hikkoshi.core.watch.Situations;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Wave;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `hikkoshi arrivals`: looks into the mailboxes of both sides for what came since the last look, keeps it as evidence, and says what came.
@Command(name = "arrivals")
final class ArrivalsCommand implements Callable<Integer> {
	/// A mailbox that is filled faster than it is read must not keep the command for ever.
	private static final int MOST_ROUNDS = 200;
	/// Who sent mail before the cutover is known from so far back.
	private static final Duration BEFORE = Duration.ofDays(60);

	private final Face face;
	private final Terminal terminal;

	@Mixin
	private ProjectOption project = new ProjectOption();

	@Mixin
	private PasswordOptions passwords = new PasswordOptions();

	@Mixin
	private WaveOption wave = new WaveOption();

	@Mixin
	private RosterOption roster = new RosterOption();

	@Option(names = "--side", paramLabel = "SIDE", defaultValue = "BOTH", descriptionKey = "exist.side")
	private ExistCommand.Sides sides = ExistCommand.Sides.BOTH;

	@Option(names = "--since", paramLabel = "TIME", defaultValue = "24h", descriptionKey = "arrivals.since")
	private String since = "24h";

	@Option(names = "--cutover", paramLabel = "TIME", descriptionKey = "arrivals.cutover")
	private @Nullable String cutover;

	@Option(names = "--no-look", descriptionKey = "arrivals.no-look")
	private boolean offline;

	@Option(names = "--json", descriptionKey = "json")
	private boolean json;

	ArrivalsCommand(Face face) {
		this.face = face;
		terminal = face.terminal();
	}

	@Override
	public Integer call() throws Exception {
		OpenProject open = OpenProject.of(face, project);
		Phrases words = open.words();
		Migration migration = open.migration();
		Instant from = Moments.since(since, Instant.now().truncatedTo(ChronoUnit.SECONDS), words);
		List<Account> accounts = ArrivalLog.watched(migration, roster.mailboxes(migration, wave.waves(migration, words), words), sides.sides());
		if (accounts.isEmpty()) {
			throw new CommandFailure(ExitCode.UNKNOWN, words.say("arrivals.nothing"));
		}
		try (EvidenceLog log = face.services().evidenceStore().open(project.folder())) {
			if (!offline) {
				List<ProbeTask<?>> tasks = Looks.tasks(accounts, open.leaves());
				new Looks(new HeadlessProber(terminal, words, open.files(), migration, passwords.secrets(face, migration, tasks, words), log)).round(tasks, MOST_ROUNDS);
			}
			ArrivalLog arrivals = ArrivalLog.read(log, accounts, from);
			ArrivalLines lines = new ArrivalLines(terminal, words);
			if (json) {
				arrivals.arrivals().forEach(arrival -> terminal.line(ArrivalLines.json(arrival)));
			} else {
				lines.print(arrivals, sides.sides(), from);
				stragglers(migration, accounts, log, lines, words);
			}
			return ArrivalLines.code(arrivals).code();
		}
	}

	/// Why mail still comes to the old side, for each domain whose cutover is over.
	private void stragglers(Migration migration, List<Account> accounts, EvidenceLog log, ArrivalLines lines, Phrases words) throws CommandFailure {
		Instant now = Instant.now();
		Optional<Instant> given = cutover == null ? Optional.empty() : Optional.of(Moments.since(cutover, now, words));
		for (Domain domain : migration.domains()) {
			Optional<Instant> planned = migration.waves().stream().filter(wave -> wave.key().equals(domain.wave())).findFirst().map(Wave::cutover);
			Optional<Instant> done = given.or(() -> planned).filter(moment -> !moment.isAfter(now));
			List<Account> mine = accounts.stream().filter(account -> account.mailbox().domain().equals(domain.name())).toList();
			if (done.isPresent() && !mine.isEmpty()) {
				lines.stragglers(domain, Stragglers.of(ArrivalLog.read(log, mine, done.get().minus(BEFORE)).arrivals(), Situations.of(domain, migration, log, done.get(), now)));
			}
		}
	}
}
