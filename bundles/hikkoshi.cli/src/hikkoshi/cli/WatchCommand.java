package hikkoshi.cli;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.arrival.ArrivalLog;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.evidence.Snapshot;
import hikkoshi.core.ledger.WatchTable;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Target;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.Targets;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.text.Phrases;
import hikkoshi.core.watch.DomainWatch;
import hikkoshi.core.watch.Schedule;
import hikkoshi.core.watch.Verdict;
import hikkoshi.core.watch.Verdict.State;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hikkoshi watch`: looks at DNS and into the mailboxes of both sides, round by round, until propagation has ended everywhere, and says what changed.
///
/// All that it knows is in the evidence: who kills it and starts it again goes on where it stood, and time in which nobody looked is time that is not known.
@Command(name = "watch")
final class WatchCommand implements Callable<Integer> {
	/// Looks into one mailbox in one round.
	private static final int MOST_LOOKS = 20;
	/// Between two rounds at most; the mailboxes have a rhythm of their own.
	private static final Duration SHORTEST = Duration.ofSeconds(5);

	private final Face face;
	private final Terminal terminal;
	private final Clock clock = Clock.systemUTC();

	@Mixin
	private ProjectOption project = new ProjectOption();

	@Mixin
	private PasswordOptions passwords = new PasswordOptions();

	@Mixin
	private WaveOption wave = new WaveOption();

	@Mixin
	private NotifyOptions notify = new NotifyOptions();

	@Parameters(paramLabel = "DOMAIN", arity = "0..*", descriptionKey = "watch.domains")
	private List<String> names = new ArrayList<>();

	@Option(names = "--once", descriptionKey = "watch.once")
	private boolean once;

	@Option(names = "--no-look", descriptionKey = "watch.no-look-option")
	private boolean offline;

	@Option(names = "--every", paramLabel = "LENGTH", defaultValue = "5m", descriptionKey = "watch.every")
	private String every = "5m";

	@Option(names = "--for", paramLabel = "LENGTH", descriptionKey = "watch.for")
	private @Nullable String limit;

	@Option(names = "--json", descriptionKey = "json")
	private boolean json;

	WatchCommand(Face face) {
		this.face = face;
		terminal = face.terminal();
	}

	@Override
	public Integer call() throws Exception {
		OpenProject open = OpenProject.of(face, project);
		Phrases words = open.words();
		Migration migration = open.migration();
		List<Domain> domains = domains(migration, words);
		Duration interval = Moments.length(every, words);
		Instant end = limit == null ? Instant.MAX : clock.instant().plus(Moments.length(limit, words));
		Notifier notifier = notify.notifier(words);
		Map<Domain, List<RecordSet>> plans = PlannedZoneFiles.read(domains, project.folder(), face.services().zones(), words);
		try (EvidenceLog log = face.services().evidenceStore().open(project.folder())) {
			Rounds rounds = new Rounds(open, domains, plans, log);
			WatchLines lines = new WatchLines(terminal, words);
			Map<Domain, State> before = new LinkedHashMap<>();
			List<DomainWatch> watches = List.of();
			Instant next = clock.instant();
			while (true) {
				Instant due = next;
				if (!before.isEmpty() && clock.instant().isAfter(due.plus(interval).plus(interval))) {
					terminal.complain(words.say("watch.slept", due.truncatedTo(ChronoUnit.SECONDS), clock.instant().truncatedTo(ChronoUnit.SECONDS)));
				}
				if (!offline) {
					rounds.look(watches);
				}
				watches = rounds.judge();
				show(watches, before, lines, notifier);
				State worst = Verdict.worst(watches.stream().map(DomainWatch::verdict).toList());
				if (once || offline || worst == State.ENDED || !clock.instant().isBefore(end)) {
					return code(worst).code();
				}
				next = rounds.next(watches, interval, end);
				rest(Duration.between(clock.instant(), next));
			}
		}
	}

	private void show(List<DomainWatch> watches, Map<Domain, State> before, WatchLines lines, Notifier notifier) throws InterruptedException {
		List<DomainWatch> news = watches.stream().filter(watch -> before.get(watch.domain()) != watch.verdict().state()).toList();
		for (DomainWatch watch : json || before.isEmpty() ? watches : news) {
			if (json) {
				terminal.line(WatchLines.json(watch));
			} else {
				lines.print(watch);
			}
		}
		for (DomainWatch watch : news) {
			State was = before.put(watch.domain(), watch.verdict().state());
			if (was != null) {
				tell(watch, lines, notifier);
			}
		}
		if (!json) {
			lines.summary(watches);
		}
	}

	/// A watch goes on when nobody can be told.
	private void tell(DomainWatch watch, WatchLines lines, Notifier notifier) throws InterruptedException {
		try {
			notifier.tell(watch, lines.title(watch));
		} catch (IOException e) {
			terminal.complain(lines.words().say("watch.not-told", watch.domain().name(), String.valueOf(e.getMessage())));
		}
	}

	private static void rest(Duration pause) throws InterruptedException {
		Thread.sleep(pause.isNegative() ? Duration.ZERO : pause);
	}

	static ExitCode code(State state) {
		return switch (state) {
			case ENDED -> ExitCode.OK;
			case UNKNOWN -> ExitCode.UNKNOWN;
			case RUNNING -> ExitCode.FAILED;
		};
	}

	private List<Domain> domains(Migration migration, Phrases words) throws CommandFailure {
		List<Domain> wanted = new ArrayList<>();
		for (String name : names) {
			wanted.add(ProjectOption.domain(name, migration, words));
		}
		if (names.isEmpty()) {
			Set<String> waves = Set.copyOf(wave.waves(migration, words));
			migration.domains().stream().filter(domain -> waves.contains(domain.wave())).forEach(wanted::add);
		}
		if (wanted.isEmpty()) {
			throw new CommandFailure(ExitCode.UNKNOWN, words.say("watch.nothing"));
		}
		return wanted;
	}

	/// One round after another.
	private final class Rounds {
		private final OpenProject open;
		private final Migration migration;
		private final List<Domain> domains;
		private final Map<Domain, List<RecordSet>> plans;
		private final EvidenceLog log;
		private final List<Account> accounts;
		private final Secrets secrets;

		Rounds(OpenProject open, List<Domain> domains, Map<Domain, List<RecordSet>> plans, EvidenceLog log) throws Exception {
			this.open = open;
			migration = open.migration();
			this.domains = domains;
			this.plans = plans;
			this.log = log;
			Set<DomainName> moving = domains.stream().map(Domain::name).collect(Collectors.toSet());
			accounts = ArrivalLog.watched(migration, migration.mailboxes().stream().filter(mailbox -> moving.contains(mailbox.address().domain())).toList(),
					List.of(Side.values()));
			secrets = offline ? Secrets.none() : passwords.secrets(face, migration, Looks.tasks(migration, accounts, open.leaves()), open.words());
		}

		/// @param before what the round before knew, which says whose turn it is; empty in the first
		void look(List<DomainWatch> before) throws IOException, InterruptedException {
			Set<Target.Id> wanted = domains.stream().map(Domain::id).collect(Collectors.toSet());
			List<ProbeTask<?>> tasks = ProbeSet.named(WatchTable.PROBE, open.leaves())
					.map(probe -> Targets.of(migration).only(target -> wanted.contains(target.id())).tasks(List.of(probe))).orElse(List.of());
			new EvidenceRun(terminal, open.words()).run(open.files(), migration, tasks, Secrets.none(), log);
			Instant now = clock.instant();
			Map<Domain, Schedule> schedules = schedules(before.isEmpty() ? judge() : before);
			List<Account> due = accounts.stream().filter(account -> !due(account, schedules).isAfter(now)).toList();
			if (!due.isEmpty()) {
				new Looks(terminal, open.words(), open.files(), migration, secrets, log).round(Looks.tasks(migration, due, open.leaves()), MOST_LOOKS);
			}
		}

		List<DomainWatch> judge() {
			Snapshot snapshot = new Snapshot(log);
			Instant now = clock.instant();
			return domains.stream().map(domain -> DomainWatch.of(domain, migration, snapshot, plans.get(domain), now)).toList();
		}

		private Map<Domain, Schedule> schedules(List<DomainWatch> watches) {
			return watches.stream().collect(Collectors.toMap(DomainWatch::domain, watch -> new Schedule(watch, migration)));
		}

		private Instant due(Account account, Map<Domain, Schedule> schedules) {
			return Optional.ofNullable(migration.domain(account.mailbox().domain()).map(schedules::get).orElse(null)).map(schedule -> schedule.due(account))
					.orElse(Instant.MAX);
		}

		/// The next round: when DNS is due, or the first mailbox.
		Instant next(List<DomainWatch> watches, Duration interval, Instant end) {
			Map<Domain, Schedule> schedules = schedules(watches);
			Instant now = clock.instant();
			Instant first = accounts.stream().map(account -> due(account, schedules)).min(Comparator.naturalOrder()).orElse(Instant.MAX);
			Instant next = first.isBefore(now.plus(interval)) ? first : now.plus(interval);
			next = next.isBefore(now.plus(SHORTEST)) ? now.plus(SHORTEST) : next;
			return next.isAfter(end) ? end : next;
		}
	}
}
