package hikkoshi.cli;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import hikkoshi.core.arrival.ArrivalLog;
import hikkoshi.core.arrival.Looks;
import hikkoshi.core.arrival.CanaryToken;
import hikkoshi.core.arrival.Marks;
import hikkoshi.core.canary.CanaryPlan;
import hikkoshi.core.canary.CanaryPost;
import hikkoshi.core.canary.CanaryResult;
import hikkoshi.core.canary.CanaryRoute;
import hikkoshi.core.canary.CanaryRun;
import hikkoshi.core.canary.SentCanary;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.RunMemo;

/// The canaries of a rehearsal: one by each route to one mailbox, found where they belong.
record RehearsedCanaries(CanaryPost post, HeadlessProber prober, EvidenceLog log, CanaryLines lines) {
	private static final Duration PATIENCE = Duration.ofSeconds(30);
	private static final Duration PAUSE = Duration.ofMillis(200);

	/// @return whether each was found on the side whose server was given it
	boolean fly(Mailbox mailbox, List<ProbeSet> leaves) throws IOException, InterruptedException {
		List<Account> accounts = ArrivalLog.watched(prober.migration(), List.of(mailbox), List.of(Side.values()));
		List<ProbeTask<?>> tasks = Looks.tasks(accounts, leaves);
		new Looks(prober).round(tasks, 1);
		Instant began = Instant.now();
		SecureRandom random = new SecureRandom();
		CanaryPlan plan = CanaryPlan.of(prober.migration(), List.of(mailbox), CanaryPlan.routes(prober.migration()), _ -> List.of(), began, () -> CanaryToken.invent(random));
		try (RunMemo memo = new RunMemo()) {
			Marks.open(memo, Marks.in(log));
			ProbeContext context = new ProbeContext(Clock.systemUTC(), prober.secrets(), prober.migration().policy(), prober.migration().dns(), prober.project().anchors(), memo,
					prober.migration().servers());
			new CanaryRun(post, context, log::appendAll).send(plan.canaries()).forEach(lines::sent);
		}
		List<CanaryResult> results = find(mailbox, accounts, tasks, began);
		lines.results(results);
		return results.size() == plan.canaries().size() && results.stream().allMatch(RehearsedCanaries::isWhereItBelongs);
	}

	private List<CanaryResult> find(Mailbox mailbox, List<Account> accounts, List<ProbeTask<?>> tasks, Instant began) throws IOException, InterruptedException {
		Instant end = Instant.now().plus(PATIENCE);
		while (true) {
			new Looks(prober).round(tasks, 1);
			// the servers write whole seconds
			List<CanaryResult> results = CanaryResult.of(SentCanary.of(log, mailbox, began), ArrivalLog.read(log, accounts, began.minusSeconds(2)));
			if (results.stream().noneMatch(CanaryResult::isMissing) || Instant.now().isAfter(end)) {
				return results;
			}
			Thread.sleep(PAUSE);
		}
	}

	/// Both servers of a rehearsal take the domain for their own.
	private static boolean isWhereItBelongs(CanaryResult result) {
		return result.found().size() == 1 && switch (result.canary().route()) {
			case CanaryRoute.Submission(Side side) -> result.on(side).isPresent();
			case CanaryRoute.Direct(Side side) -> result.on(side).isPresent();
			case CanaryRoute.Outside _ -> true;
		};
	}
}
