package hikkoshi.core.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.arrival.ArrivalLog;
import hikkoshi.core.arrival.SeenArrival;
import hikkoshi.core.canary.CanaryResult;
import hikkoshi.core.canary.CanaryRoute;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Side;
import hikkoshi.core.watch.Condition.Kind;

/// What mail itself has to say about the end of propagation. Only what set out or came after the deadline proves anything: before it, an arrival on NEW is
/// luck.
///
/// @param routes by which mail finds its own way to the domain
/// @param deadline null while there is none
record MailConditions(
		String domain, List<Mailbox> mailboxes, ArrivalLog arrivals, List<CanaryResult> canaries, List<CanaryRoute> routes, Policy policy,
		@Nullable Instant deadline, Instant now) {
	/// A canary that has not come for so long will not come: RFC 5321, 4.5.4.1 lets a first retry wait half an hour.
	static final Duration PATIENCE = Duration.ofHours(1);

	List<Condition> all() {
		return List.of(canary(), seen(), quiet());
	}

	private List<CanaryResult> after(CanaryRoute route) {
		Instant from = deadline;
		return from == null ? List.of() : canaries.stream().filter(result -> result.canary().route().equals(route) && result.canary().mayArrive()
				&& !result.canary().at().isBefore(from)).toList();
	}

	private Condition canary() {
		if (policy.canaries() == 0) {
			return Condition.met(Kind.CANARIES, Reason.of(WatchReasons.CANARIES_NONE));
		}
		List<Reason> notYet = new ArrayList<>();
		List<Reason> unknown = new ArrayList<>();
		for (CanaryRoute route : routes) {
			int arrived = 0;
			for (CanaryResult result : after(route)) {
				Optional<SeenArrival> old = result.on(Side.OLD);
				if (old.isPresent()) {
					notYet.addFirst(Reason.of(WatchReasons.CANARY_ON_OLD, route.token(), result.canary().mailbox().address(), result.canary().at(), old.get().came()));
				} else if (result.on(Side.NEW).isPresent()) {
					arrived++;
				} else if (result.canary().at().plus(PATIENCE).isAfter(now)) {
					notYet.add(about(WatchReasons.CANARY_UNDER_WAY, route, result));
				} else {
					unknown.add(about(WatchReasons.CANARY_LOST, route, result));
				}
			}
			if (arrived < policy.canaries()) {
				unknown.addFirst(Reason.of(WatchReasons.CANARIES_MISSING, route.token(), arrived, policy.canaries()));
			}
		}
		if (routes.isEmpty()) {
			unknown.add(Reason.of(WatchReasons.NO_ROUTE, domain));
		}
		return Condition.of(Kind.CANARIES, notYet, unknown,
				Reason.of(WatchReasons.CANARIES_NEW, policy.canaries(), routes.stream().map(CanaryRoute::token).collect(Collectors.joining(", "))));
	}

	private static Reason about(String id, CanaryRoute route, CanaryResult result) {
		return Reason.of(id, route.token(), result.canary().mailbox().address(), result.canary().at());
	}

	/// A canary that was sent straight to NEW proves nothing about where mail goes by itself.
	private Condition seen() {
		Instant from = deadline;
		Set<EmailAddress> known = new LinkedHashSet<>();
		if (from != null) {
			undirected(Side.NEW).filter(seen -> !seen.came().isBefore(from)).forEach(seen -> known.add(seen.mailbox()));
		}
		List<Reason> unknown = mailboxes.stream().map(Mailbox::address).filter(address -> !known.contains(address)).map(address -> Reason.of(WatchReasons.UNSEEN, address))
				.collect(Collectors.toCollection(ArrayList::new));
		if (mailboxes.isEmpty()) {
			unknown.add(Reason.of(WatchReasons.NO_MAILBOX, domain));
		}
		return Condition.of(Kind.SEEN_ON_NEW, List.of(), unknown, Reason.of(WatchReasons.SEEN, mailboxes.size()));
	}

	private Stream<SeenArrival> undirected(Side side) {
		return DomainWatch.undirected(arrivals, canaries, side);
	}

	private Condition quiet() {
		List<Reason> notYet = new ArrayList<>();
		List<Reason> unknown = new ArrayList<>();
		Map<EmailAddress, ArrivalLog.LastLook> looks = new HashMap<>();
		arrivals.looks().stream().filter(look -> look.account().server().side() == Side.OLD).forEach(look -> looks.putIfAbsent(look.account().mailbox(), look));
		Map<EmailAddress, SeenArrival> stragglers = new HashMap<>();
		undirected(Side.OLD).forEach(seen -> stragglers.put(seen.mailbox(), seen));
		for (Mailbox mailbox : mailboxes) {
			quiet(mailbox.address(), Optional.ofNullable(looks.get(mailbox.address())), Optional.ofNullable(stragglers.get(mailbox.address())), notYet, unknown);
		}
		if (mailboxes.isEmpty()) {
			unknown.add(Reason.of(WatchReasons.NO_MAILBOX, domain));
		}
		return Condition.of(Kind.QUIET, notYet, unknown, Reason.of(WatchReasons.QUIET, policy.quiet(), mailboxes.size()));
	}

	/// @param last straggler that was seen: a straggler is one, however old the look that saw it
	private void quiet(EmailAddress mailbox, Optional<ArrivalLog.LastLook> look, Optional<SeenArrival> last, List<Reason> notYet, List<Reason> unknown) {
		if (look.isEmpty()) {
			unknown.add(Reason.of(WatchReasons.NO_DOOR, mailbox));
			return;
		}
		Optional<Instant> known = look.get().known();
		Optional<Instant> began = look.get().began();
		if (known.isEmpty() || began.isEmpty()) {
			unknown.add(Reason.of(WatchReasons.NEVER_LOOKED, mailbox));
			return;
		}
		Instant quietSince = last.map(SeenArrival::came).filter(came -> came.isAfter(began.get())).orElse(began.get());
		boolean isLong = !quietSince.plus(policy.quiet()).isAfter(known.get());
		Instant from = known.get().minus(policy.quiet());
		if (!isLong && last.isPresent() && !last.get().came().isBefore(began.get())) {
			notYet.addFirst(Reason.of(WatchReasons.STRAGGLER, mailbox, last.get().came(), last.get().arrival().sender().shown()));
		} else if (known.get().plus(policy.evidenceMaxAge()).isBefore(now)) {
			unknown.add(Reason.of(WatchReasons.LOOK_STALE, mailbox, known.get()));
		} else if (!isLong) {
			notYet.add(Reason.of(WatchReasons.TOO_YOUNG, mailbox, quietSince, quietSince.plus(policy.quiet())));
		} else {
			arrivals.doubts().stream().filter(doubt -> doubt.side() == Side.OLD && doubt.mailbox().equals(mailbox) && doubt.until().isAfter(from))
					.forEach(doubt -> unknown.add(doubtful(doubt)));
		}
	}

	private static Reason doubtful(ArrivalLog.Doubt doubt) {
		List<String> args = new ArrayList<>(List.of(doubt.mailbox().toString(), doubt.from().toString(), doubt.until().toString(), doubt.reason().id()));
		args.addAll(doubt.reason().args());
		return new Reason(WatchReasons.DOUBT, args);
	}
}
