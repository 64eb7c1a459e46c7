package hikkoshi.cli;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import hikkoshi.core.arrival.ArrivalLog;
import hikkoshi.core.arrival.Looks;
import hikkoshi.core.arrival.CanaryToken;
import hikkoshi.core.arrival.Marks;
import hikkoshi.core.canary.CanaryPlan;
import hikkoshi.core.canary.CanaryResult;
import hikkoshi.core.canary.CanaryRoute;
import hikkoshi.core.canary.CanaryRun;
import hikkoshi.core.canary.SentCanary;
import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `hikkoshi canary`: sends test messages by chosen routes within the policy's limits, looks for them on both sides, and removes them if wanted.
@Command(name = "canary")
final class CanaryCommand implements Callable<Integer> {
	private static final Duration DAY = Duration.ofDays(1);
	private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
	private static final int LOOKS = 20;

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

	@Option(names = "--route", paramLabel = "ROUTE", split = ",", descriptionKey = "canary.route")
	private List<String> routes = new ArrayList<>();

	@Option(names = "--dry-run", descriptionKey = "canary.dry-run")
	private boolean dryRun;

	@Option(names = "--no-send", descriptionKey = "canary.no-send")
	private boolean noSend;

	@Option(names = "--wait", paramLabel = "TIME", defaultValue = "2m", descriptionKey = "canary.wait")
	private String wait = "2m";

	@Option(names = "--remove", descriptionKey = "canary.remove")
	private boolean remove;

	@Option(names = "--json", descriptionKey = "json")
	private boolean json;

	CanaryCommand(Face face) {
		this.face = face;
		terminal = face.terminal();
	}

	@Override
	public Integer call() throws Exception {
		OpenProject open = OpenProject.of(face, project);
		Phrases words = open.words();
		Migration migration = open.migration();
		List<Mailbox> mailboxes = mailboxes(migration, words);
		List<CanaryRoute> wanted = routes(migration, words);
		Duration patience = Moments.length(wait, words);
		CanaryLines lines = new CanaryLines(terminal, words, json);
		try (EvidenceLog log = face.services().evidenceStore().open(project.folder())) {
			Instant now = Instant.now();
			SecureRandom random = new SecureRandom();
			CanaryPlan plan = CanaryPlan.of(migration, mailboxes, noSend ? List.of() : wanted, mailbox -> SentCanary.of(log, mailbox, now.minus(DAY)), now,
					() -> CanaryToken.invent(random));
			lines.plan(plan, dryRun);
			if (dryRun) {
				return (plan.held().isEmpty() ? ExitCode.OK : ExitCode.WARNINGS).code();
			}
			List<Account> accounts = ArrivalLog.watched(migration, mailboxes, List.of(Side.values()));
			List<ProbeTask<?>> tasks = Looks.tasks(accounts, open.leaves());
			Secrets secrets = passwords.secrets(face, migration, tasks, words);
			Looks looks = new Looks(new HeadlessProber(terminal, words, open.files(), migration, secrets, log));
			looks.round(tasks, LOOKS);
			List<Evidence> sent = List.of();
			if (!plan.canaries().isEmpty()) {
				sent = run(open.files(), migration, secrets, log, run -> run.send(plan.canaries()));
				sent.forEach(lines::sent);
			}
			List<CanaryResult> results = await(looks, tasks, accounts, log, mailboxes, plan, now, patience, words);
			lines.results(results);
			if (remove) {
				Map<Account, Set<CanaryToken>> ours = removable(accounts, results);
				run(open.files(), migration, secrets, log, run -> run.remove(ours)).forEach(lines::removed);
			}
			return CanaryLines.code(results, sent, plan).code();
		}
	}

	@FunctionalInterface
	private interface Work {
		List<Evidence> in(CanaryRun run) throws IOException, InterruptedException;
	}

	private List<Evidence> run(MigrationProject loaded, Migration migration, Secrets secrets, EvidenceLog log, Work work) throws IOException, InterruptedException {
		try (RunMemo memo = new RunMemo()) {
			Marks.open(memo, Marks.in(log));
			ProbeContext context =
					new ProbeContext(Clock.systemUTC(), secrets, migration.policy(), migration.dns(), loaded.anchors(), memo, migration.servers());
			return work.in(new CanaryRun(face.services().canaryPost(), context, log::appendAll));
		}
	}

	/// Looks until each canary has been found or the time is over; what was sent earlier today is looked for by the way.
	private List<CanaryResult> await(Looks looks, List<ProbeTask<?>> tasks, List<Account> accounts, EvidenceLog log, List<Mailbox> mailboxes, CanaryPlan plan, Instant began,
			Duration patience, Phrases words) throws IOException, InterruptedException {
		Instant end = Instant.now().plus(patience);
		Set<CanaryToken> planned = plan.canaries().stream().map(canary -> canary.token()).collect(Collectors.toSet());
		Duration pause = FIRST_PAUSE;
		while (true) {
			looks.round(tasks, LOOKS);
			ArrivalLog arrivals = ArrivalLog.read(log, accounts, began.minus(DAY));
			List<SentCanary> sent = mailboxes.stream().flatMap(mailbox -> SentCanary.of(log, mailbox, began.minus(DAY)).stream())
					.filter(canary -> noSend || planned.contains(canary.token())).toList();
			List<CanaryResult> results = CanaryResult.of(sent, arrivals);
			Duration left = Duration.between(Instant.now(), end);
			if (noSend || results.stream().noneMatch(CanaryResult::isMissing) || left.isNegative() || left.isZero()) {
				terminal.clearProgress();
				return results;
			}
			terminal.progress(words.say("canary.waiting", results.stream().filter(CanaryResult::isMissing).count(), left.toSeconds()));
			Thread.sleep(pause.compareTo(left) < 0 ? pause : left);
			pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
		}
	}

	/// Where one of ours was seen.
	private static Map<Account, Set<CanaryToken>> removable(List<Account> accounts, List<CanaryResult> results) {
		Map<Account, Set<CanaryToken>> ours = new LinkedHashMap<>();
		for (Account account : accounts) {
			Set<CanaryToken> tokens = results.stream()
					.filter(result -> result.canary().mailbox().address().equals(account.mailbox()) && result.on(account.server().side()).isPresent())
					.map(result -> result.canary().token()).collect(Collectors.toCollection(LinkedHashSet::new));
			if (!tokens.isEmpty()) {
				ours.put(account, tokens);
			}
		}
		return ours;
	}

	/// Those that are named; else the first one of each domain.
	private List<Mailbox> mailboxes(Migration migration, Phrases words) throws CommandFailure {
		List<Mailbox> all = roster.mailboxes(migration, wave.waves(migration, words), words);
		if (all.isEmpty()) {
			throw new CommandFailure(ExitCode.UNKNOWN, words.say("canary.nobody", MigrationProject.MAILBOXES_FILE));
		}
		if (roster.isGiven()) {
			return all;
		}
		Map<DomainName, Mailbox> first = new LinkedHashMap<>();
		all.forEach(mailbox -> first.putIfAbsent(mailbox.address().domain(), mailbox));
		return List.copyOf(first.values());
	}

	private List<CanaryRoute> routes(Migration migration, Phrases words) throws CommandFailure {
		List<CanaryRoute> all = CanaryPlan.routes(migration);
		Set<CanaryRoute> wanted = new LinkedHashSet<>();
		for (String token : routes) {
			wanted.add(CanaryRoute.parse(token).filter(all::contains).orElseThrow(
					() -> new CommandFailure(ExitCode.USAGE, words.say("canary.no-route", token, all.stream().map(CanaryRoute::token).collect(Collectors.joining(", "))))));
		}
		return wanted.isEmpty() ? all : List.copyOf(wanted);
	}
}
