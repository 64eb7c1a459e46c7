package hikkoshi.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

import hikkoshi.core.canary.CanaryPost;
import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.gate.ChecklistState;
import hikkoshi.core.gate.Signature;
import hikkoshi.core.gate.StepState;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Presence;
import hikkoshi.core.model.Target;
import hikkoshi.core.model.Wave;
import hikkoshi.core.probe.Existence;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.RehearsalStage;
import hikkoshi.core.probe.Targets;
import hikkoshi.core.text.Phrases;

/// The acts of a rehearsal, in order. Each act does the real thing and looks at what the gates say. Used once.
final class Rehearsal {
	private static final String CREATE = "create";
	private static final String PROVE = "prove";
	private static final String LOWER_TTL = "lower-ttl";
	private static final String CUTOVER = "cutover";
	private static final String WATCH = "watch";
	private static final String PLAYER = "Rehearsal";
	private static final Duration PATIENCE = Duration.ofSeconds(60);
	private static final Duration PAUSE = Duration.ofMillis(500);

	private final Terminal terminal;
	private final Phrases words;
	private final List<Probe<?>> probes;
	private final List<ProbeSet> leaves;
	private final CanaryPost post;
	private final MigrationProject project;
	private final Migration migration;
	private final RehearsalStage.Play play;
	private final EvidenceLog log;
	private final GateLines lines;

	Rehearsal(Terminal terminal, Phrases words, List<ProbeSet> leaves, CanaryPost post, MigrationProject project, RehearsalStage.Play play, EvidenceLog log) {
		this.terminal = terminal;
		this.words = words;
		this.leaves = leaves;
		this.post = post;
		this.probes = leaves.stream().<Probe<?>>flatMap(leaf -> leaf.probes().stream()).filter(Probe::isRoutine).toList();
		this.project = project;
		this.migration = project.migration().orElseThrow();
		this.play = play;
		this.log = log;
		this.lines = new GateLines(terminal, words, true);
	}

	/// @throws CommandFailure when a gate was not as it should be
	void play() throws IOException, InterruptedException, CommandFailure {
		act("rehearse.act.servers");
		act("rehearse.act.probe");
		probe(_ -> true);
		act("rehearse.act.blocked");
		blockedByTheMissingMailbox();

		act("rehearse.act.repair", play.missingMailbox());
		play.repair();
		probe(target -> switch (target) {
			case Account account -> account.mailbox().toString().equals(play.missingMailbox());
			case Presence presence -> presence.recipient().toString().equals(play.missingMailbox());
			default -> false;
		});
		if (!forgotten().isEmpty()) {
			throw RehearseCommand.wrong(words, "rehearse.why.not-forgotten", forgotten());
		}
		sign(CREATE);
		sign(PROVE);

		act("rehearse.act.canary", migration.mailboxes().getFirst().address());
		HeadlessProber prober = new HeadlessProber(terminal, words, project, migration, play.secrets(), log);
		if (!new RehearsedCanaries(post, prober, log, new CanaryLines(terminal, words, false)).fly(migration.mailboxes().getFirst(), leaves)) {
			throw RehearseCommand.wrong(words, "rehearse.why.canary");
		}

		act("rehearse.act.ttl");
		play.lowerTtl();
		waitUntilDrained();
		sign(LOWER_TTL);

		act("rehearse.act.open");
		lines.print(wave(), List.of(step(CUTOVER)));
		sign(CUTOVER);
		play.cutOver();
		probe(Domain.class::isInstance);
		act("rehearse.act.cutover");
		lines.print(wave(), List.of(step(WATCH)));
		sign(WATCH);
	}

	private void act(String id, Object... args) {
		terminal.line("");
		terminal.line(words.say(id, args));
	}

	private String wave() {
		return migration.waves().stream().map(Wave::key).findFirst().orElse(Wave.DEFAULT);
	}

	private void probe(Predicate<Target> wanted) throws IOException, InterruptedException {
		EvidenceRun run = new EvidenceRun(terminal, words);
		var summary = run.run(project, migration, Targets.of(migration).only(wanted).tasks(probes), play.secrets(), log);
		terminal.line("   " + EvidenceLines.summary(summary, words));
	}

	private StepState step(String key) throws CommandFailure {
		ChecklistState state = ChecklistState.of(project.checklist().orElseThrow(), migration, wave(), log, Instant.now());
		return GateCommand.named(state, key, words);
	}

	/// Shut is not enough: it must be shut because of the mailbox that was forgotten, and of no other.
	private void blockedByTheMissingMailbox() throws CommandFailure {
		StepState cutover = step(CUTOVER);
		lines.print(wave(), List.of(cutover));
		if (cutover.maySignOff()) {
			throw RehearseCommand.wrong(words, "rehearse.why.open-too-early");
		}
		for (String key : List.of(CREATE, PROVE)) {
			List<String> shut = step(key).blockers().stream().flatMap(blocker -> blocker.about().stream()).map(about -> about.target().value()).toList();
			boolean right = !shut.isEmpty() && shut.stream().allMatch(target -> target.contains(play.missingMailbox()));
			if (!right) {
				throw RehearseCommand.wrong(words, "rehearse.why.wrong-blocker");
			}
		}
		terminal.line("   " + words.say("rehearse.forgotten", String.join(", ", forgotten())));
		if (!forgotten().equals(List.of(play.missingMailbox()))) {
			throw RehearseCommand.wrong(words, "rehearse.why.not-forgotten", forgotten());
		}
	}

	/// Alive on the old server and missing on the new one, by what the servers said.
	private List<String> forgotten() {
		return Existence.of(migration, log, migration.policy().evidenceMaxAge(), Instant.now(), _ -> true).stream().filter(Existence.Entry::isForgotten)
				.map(entry -> entry.address().toString()).toList();
	}

	private void waitUntilDrained() throws IOException, InterruptedException, CommandFailure {
		Instant limit = Instant.now().plus(PATIENCE);
		probe(Domain.class::isInstance);
		while (!step(LOWER_TTL).maySignOff()) {
			long left = Duration.between(Instant.now(), limit).toSeconds();
			if (left <= 0) {
				lines.print(wave(), List.of(step(LOWER_TTL)));
				throw RehearseCommand.wrong(words, "rehearse.why.not-open", LOWER_TTL);
			}
			terminal.progress(words.say("rehearse.waiting", left));
			Thread.sleep(PAUSE);
		}
		terminal.clearProgress();
	}

	private void sign(String key) throws IOException, CommandFailure {
		StepState step = step(key);
		if (!step.maySignOff()) {
			lines.print(wave(), List.of(step));
			throw RehearseCommand.wrong(words, "rehearse.why.not-open", key);
		}
		log.append(Signature.signOff(step, PLAYER, Instant.now()));
		terminal.line("   " + words.say("step.signed", key, PLAYER));
	}
}
