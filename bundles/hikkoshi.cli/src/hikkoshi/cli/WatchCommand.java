package hikkoshi.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.arrival.Looks;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Migration;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.core.report.NewsMail;
import hikkoshi.core.report.Notifier;
import hikkoshi.core.report.WatchJson;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.text.Phrases;
import hikkoshi.core.watch.DomainWatch;
import hikkoshi.core.watch.Verdict;
import hikkoshi.core.watch.Verdict.State;
import hikkoshi.core.watch.WatchLoop;
import hikkoshi.core.watch.WatchNews;
import hikkoshi.core.watch.WatchRounds;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hikkoshi watch`: looks at DNS and into the mailboxes of both sides, round by round, until propagation has ended everywhere, and says what changed.
///
/// All that it knows is in the evidence: who kills it and starts it again goes on where it stood, and time in which nobody looked is time that is not known.
@Command(name = "watch")
final class WatchCommand implements Callable<Integer> {
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

	@Mixin
	private ReportOptions report = new ReportOptions();

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
		NewsMail mail = notify.mail(migration, face.services()::newsPost, words);
		ZoneId zone = report.zone(words);
		Map<Domain, List<RecordSet>> plans = PlannedZoneFiles.read(domains, project.folder(), face.services().zones(), words);
		try (EvidenceLog log = face.services().evidenceStore().open(project.folder())) {
			WatchRounds rounds = new WatchRounds(migration, domains, plans, open.leaves(), log, clock);
			Told told = new Told(new WatchLines(terminal, words), notifier, watches -> {
				if (report.isWanted()) {
					report.write(name(), watches, migration, log, zone, words, face.services());
				}
			});
			if (offline) {
				List<DomainWatch> watches = rounds.judge();
				told.judged(watches, List.of());
				return code(Verdict.worst(watches.stream().map(DomainWatch::verdict).toList())).code();
			}
			Secrets secrets = passwords.secrets(face, migration, Looks.tasks(WatchRounds.accounts(migration, domains), open.leaves()), words);
			Postman postman = new Postman(mail, migration, open.files().anchors(), secrets, words);
			told.alsoBy(postman);
			WatchLoop loop = new WatchLoop(rounds, log, log::appendAll, clock, Thread::sleep);
			State worst = loop.run(new WatchLoop.Options(interval, end, once), new HeadlessProber(terminal, words, open.files(), migration, secrets, log), told);
			postman.post(List.of(), true);
			return code(worst).code();
		}
	}

	/// Of the project, for a title.
	private String name() {
		Path folder = project.folder().toAbsolutePath().normalize().getFileName();
		return folder == null ? project.folder().toString() : folder.toString();
	}

	/// Leaves what was seen for other people.
	@FunctionalInterface
	private interface Reporter {
		void write(List<DomainWatch> watches) throws IOException;
	}

	/// Mails the news, where that is wanted. A watch goes on when nobody takes them.
	private final class Postman {
		private final @Nullable NewsMail mail;
		private final Migration migration;
		private final List<X509Certificate> anchors;
		private final Secrets secrets;
		private final Phrases words;

		Postman(@Nullable NewsMail mail, Migration migration, List<X509Certificate> anchors, Secrets secrets, Phrases words) {
			this.mail = mail;
			this.migration = migration;
			this.anchors = anchors;
			this.secrets = secrets;
			this.words = words;
		}

		void post(List<WatchNews> news, boolean isLast) throws InterruptedException {
			NewsMail letters = mail;
			if (letters == null) {
				return;
			}
			letters.add(news);
			try (RunMemo memo = new RunMemo()) {
				letters.flush(clock.instant(), isLast,
						new ProbeContext(clock, secrets, migration.policy(), migration.dns(), anchors, memo, migration.servers()));
			} catch (IOException e) {
				terminal.complain(words.say("watch.not-mailed", String.valueOf(e.getMessage())));
			}
		}
	}

	/// Says it on the terminal, and to those who are somewhere else.
	private final class Told implements WatchLoop.Watcher {
		private final WatchLines lines;
		private final Notifier notifier;
		private final Reporter reporter;
		private final Map<Domain, State> before = new HashMap<>();
		private @Nullable Postman postman;

		Told(WatchLines lines, Notifier notifier, Reporter reporter) {
			this.lines = lines;
			this.notifier = notifier;
			this.reporter = reporter;
		}

		void alsoBy(Postman next) {
			postman = next;
		}

		@Override
		public void slept(Instant due, Instant woke) {
			terminal.complain(lines.words().say("watch.slept", due.truncatedTo(ChronoUnit.SECONDS), woke.truncatedTo(ChronoUnit.SECONDS)));
		}

		@Override
		public void rests(Instant until) {
			// the next line says more
		}

		@Override
		public void judged(List<DomainWatch> watches, List<WatchNews> news) throws IOException, InterruptedException {
			boolean first = before.isEmpty();
			for (DomainWatch watch : watches) {
				boolean turned = before.put(watch.domain(), watch.verdict().state()) != watch.verdict().state();
				if (json) {
					terminal.line(WatchJson.of(watch));
				} else if (first || turned) {
					lines.print(watch);
				}
			}
			for (WatchNews each : news) {
				tell(each);
			}
			if (postman != null) {
				postman.post(news, false);
			}
			if (!json) {
				lines.summary(watches);
			}
			try {
				reporter.write(watches);
			} catch (IOException e) {
				// a place that could be written to once is full or away for a while: the watch is worth more
				if (first) {
					throw e;
				}
				terminal.complain(lines.words().say("watch.not-written", String.valueOf(e.getMessage())));
			}
		}

		/// A watch goes on when nobody can be told.
		private void tell(WatchNews news) throws InterruptedException {
			if (!json && news instanceof WatchNews.Straggling) {
				terminal.line(lines.words().say(news.reason()));
			}
			try {
				notifier.tell(news, lines.words().say(news.reason()));
			} catch (IOException e) {
				terminal.complain(lines.words().say("watch.not-told", news.watch().domain().name(), String.valueOf(e.getMessage())));
			}
		}
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
}
