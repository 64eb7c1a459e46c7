package hikkoshi.core.overview;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.format.Fault;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.gate.Blocker;
import hikkoshi.core.gate.Standing;
import hikkoshi.core.gate.StepState;

/// The one thing to do now, as a sentence, and how a face does it for the person.
public record NextStep(Reason reason, Action action) {
	/// A file has an error. (file, line, how many errors)
	public static final String MEND = "next.mend";
	/// No mailbox is listed. ()
	public static final String LIST = "next.list";
	/// Mailboxes were never tried. (how many)
	public static final String PROBE = "next.probe";
	/// A mailbox failed. (address, how many, the gate's reason)
	public static final String LOOK = "next.look";
	/// Nobody could find out. (how many)
	public static final String AGAIN = "next.again";
	/// Proof is too old. (how many)
	public static final String STALE = "next.stale";
	/// A domain has no mailbox. (domain)
	public static final String EMPTY = "next.empty";
	/// A wave has no date. (wave)
	public static final String PLAN = "next.plan";
	/// DNS was not looked at, or too long ago. (step, wave)
	public static final String DNS = "next.dns";
	/// A step may be done and signed off. (step, wave)
	public static final String STEP_READY = "next.step-ready";
	/// A step is shut. (step, wave, how many blockers, the first blocker's reason)
	public static final String STEP_SHUT = "next.step-shut";
	/// All steps of all waves are done. ()
	public static final String NOTHING = "next.nothing";
	/// All is proven, and there is no checklist to go by. ()
	public static final String CHECKLIST = "next.checklist";

	/// What a click on the sentence does.
	public sealed interface Action {
		/// Opens a file of the project.
		///
		/// @param line 1-based; 0 for the file as a whole
		record Open(String file, int line) implements Action {}

		/// Proves logins.
		record ProbeLogins() implements Action {}

		/// Asks DNS.
		record ProbeDns() implements Action {}

		/// Shows a step of the checklist.
		record OpenStep(String wave, String step) implements Action {}

		/// Shows the waves with their dates.
		record PlanWaves() implements Action {}

		record Nothing() implements Action {}
	}

	/// What to do about files with errors; empty when they have none.
	public static Optional<NextStep> mending(MigrationProject project) {
		List<Fault> errors = project.faults().stream().filter(fault -> fault.severity() == Fault.Severity.ERROR).toList();
		return errors.stream().findFirst().map(fault -> new NextStep(Reason.of(MEND, fault.file(), fault.line(), errors.size()),
				new Action.Open(fault.file(), fault.line())));
	}

	/// @param waves in the order in which they cut over
	static NextStep of(List<WaveState> waves, List<DomainState> domains, int mailboxes, boolean hasChecklist) {
		if (mailboxes == 0) {
			return new NextStep(Reason.of(LIST), new Action.Open(MigrationProject.MAILBOXES_FILE, 0));
		}
		// what is done may grow old in peace
		List<String> over = waves.stream().filter(WaveState::done).map(wave -> wave.wave().key()).toList();
		List<DomainState> open = domains.stream().filter(domain -> !over.contains(domain.domain().wave())).toList();
		Optional<NextStep> proof = proof(open);
		if (proof.isPresent()) {
			return proof.get();
		}
		for (WaveState wave : waves) {
			if (wave.next().isPresent()) {
				return of(wave, wave.next().get());
			}
		}
		return hasChecklist ? new NextStep(Reason.of(NOTHING), new Action.Nothing())
				: new NextStep(Reason.of(CHECKLIST), new Action.Open(MigrationProject.CHECKLIST_FILE, 0));
	}

	/// First ask everybody, then mend what failed, then ask again where nothing was learnt.
	private static Optional<NextStep> proof(List<DomainState> domains) {
		int never = count(domains, Standing.NEVER);
		if (never > 0) {
			return Optional.of(new NextStep(Reason.of(PROBE, never), new Action.ProbeLogins()));
		}
		Optional<State> failed = domains.stream().map(DomainState::state).filter(state -> state.standing() == Standing.FAILED).reduce(State::worst);
		if (failed.isPresent()) {
			State state = failed.get();
			List<Object> args = new ArrayList<>(List.of(String.valueOf(state.address()), count(domains, Standing.FAILED),
					state.reason().id()));
			args.addAll(state.reason().args());
			return Optional.of(new NextStep(Reason.of(LOOK, args.toArray()), new Action.Open(MigrationProject.MAILBOXES_FILE, state.line())));
		}
		int unknown = count(domains, Standing.UNKNOWN);
		if (unknown > 0) {
			return Optional.of(new NextStep(Reason.of(AGAIN, unknown), new Action.ProbeLogins()));
		}
		int stale = count(domains, Standing.STALE);
		if (stale > 0) {
			return Optional.of(new NextStep(Reason.of(STALE, stale), new Action.ProbeLogins()));
		}
		return domains.stream().filter(domain -> domain.count() == 0).findFirst().map(domain -> new NextStep(
				Reason.of(EMPTY, domain.domain().name().unicode()), new Action.Open(MigrationProject.MAILBOXES_FILE, 0)));
	}

	private static int count(List<DomainState> domains, Standing standing) {
		return domains.stream().mapToInt(domain -> domain.mailboxes().getOrDefault(standing, 0)).sum();
	}

	private static NextStep of(WaveState wave, StepState step) {
		String key = wave.wave().key();
		Action open = new Action.OpenStep(key, step.step().key());
		List<Blocker> blockers = step.blockers();
		if (blockers.stream().anyMatch(blocker -> blocker.probe().startsWith("dns.") && isToAsk(blocker, step.status()))) {
			return new NextStep(Reason.of(DNS, step.step().title(), key), new Action.ProbeDns());
		}
		if (wave.wave().cutover() == null) {
			return new NextStep(Reason.of(PLAN, key), new Action.PlanWaves());
		}
		if (blockers.isEmpty()) {
			return new NextStep(Reason.of(STEP_READY, step.step().title(), key), open);
		}
		List<Object> args = new ArrayList<>(List.of(step.step().title(), key, blockers.size(), blockers.getFirst().reason().id()));
		args.addAll(blockers.getFirst().reason().args());
		return new NextStep(Reason.of(STEP_SHUT, args.toArray()), open);
	}

	/// Whether asking once more would help: never asked, or only the age shuts the gate.
	private static boolean isToAsk(Blocker blocker, StepState.Status status) {
		return status == StepState.Status.STALE || blocker.outcome() == Outcome.UNKNOWN && blocker.since() == null;
	}
}
