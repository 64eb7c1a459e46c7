package hikkoshi.core.canary;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

import hikkoshi.core.arrival.CanaryToken;
import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.EvidenceSink;
import hikkoshi.core.probe.Fan;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.ProbeContext;

/// Sends canaries and removes them, and keeps what happens: before a message sets out the log says that it will, so that a process that is killed in between
/// leaves no mail that nobody knows of. Used once.
///
/// The sink is called from several threads, but never by two at once; what it was given must be kept when it returns.
public final class CanaryRun {
	private final CanaryPost post;
	private final ProbeContext context;
	private final EvidenceSink sink;

	public CanaryRun(CanaryPost post, ProbeContext context, EvidenceSink sink) {
		this.post = post;
		this.context = context;
		this.sink = sink;
	}

	/// Blocks until every canary has been answered for. An interrupt ends it at once.
	///
	/// @return what became of each, in their order
	/// @throws IOException when the log could not be written: nothing more is sent
	public List<Evidence> send(Collection<Canary> canaries) throws IOException, InterruptedException {
		List<Callable<Evidence>> sendings = new ArrayList<>();
		canaries.forEach(canary -> sendings.add(() -> send(canary)));
		return sendings.isEmpty() ? List.of() : Fan.out(sendings);
	}

	private Evidence send(Canary canary) throws IOException, InterruptedException {
		Instant at = context.clock().instant();
		Finding finding = post.send(canary, context, () -> keep(new Evidence(CanaryReasons.SEND, canary.mailbox().id(), context.clock().instant(), Duration.ZERO, Outcome.UNKNOWN,
				Reason.of(CanaryReasons.INTENT, canary.token(), canary.route().token()), facts(canary))));
		return keep(evidence(CanaryReasons.SEND, canary.mailbox().id(), at, finding));
	}

	private static Facts facts(Canary canary) {
		String door = switch (canary.way()) {
			case CanaryWay.Login(Account account) -> account.id().value();
			case CanaryWay.Relay relay -> relay.door().id().value();
			case CanaryWay.Away away -> away.sender().name() + " " + away.sender().endpoint();
		};
		return new Facts.Table(List.of("canary.token", "canary.route", "canary.from", "canary.to", "canary.handed-to", "arrival.message-id"), List.of(
				List.of(canary.token().text(), canary.route().token(), canary.from().toString(), canary.mailbox().address().toString(), door, canary.messageId())));
	}

	/// Removes the canaries of each of these accounts.
	public List<Evidence> remove(Map<Account, Set<CanaryToken>> canaries) throws IOException, InterruptedException {
		List<Callable<Evidence>> removals = new ArrayList<>();
		canaries.forEach((account, tokens) -> removals.add(() -> {
			Instant at = context.clock().instant();
			return keep(evidence(CanaryReasons.REMOVE, account.id(), at, post.remove(account, tokens, context)));
		}));
		return removals.isEmpty() ? List.of() : Fan.out(removals);
	}

	private Evidence evidence(String probe, Target.Id target, Instant at, Finding finding) {
		return new Evidence(probe, target, at, Duration.between(at, context.clock().instant()), finding.outcome(), finding.reason(), finding.facts());
	}

	private synchronized Evidence keep(Evidence evidence) throws IOException {
		sink.accept(List.of(evidence));
		return evidence;
	}
}
