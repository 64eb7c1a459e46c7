package hikkoshi.core.canary;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import hikkoshi.core.arrival.CanaryToken;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.CanaryPolicy;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.OutsideSender;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Side;

/// Which canaries may be sent now: a pure function of the migration, its policy and what has been sent before. What it holds back is said, with the reason.
///
/// @param held what was asked for and is not sent
public record CanaryPlan(List<Canary> canaries, List<Reason> held) {
	private static final Duration DAY = Duration.ofDays(1);

	public CanaryPlan {
		canaries = List.copyOf(canaries);
		held = List.copyOf(held);
	}

	/// Every route that a migration has.
	public static List<CanaryRoute> routes(Migration migration) {
		List<CanaryRoute> routes = new ArrayList<>();
		for (Side side : Side.values()) {
			routes.add(new CanaryRoute.Submission(side));
		}
		for (Side side : Side.values()) {
			routes.add(new CanaryRoute.Direct(side));
		}
		migration.policy().canary().outside().forEach(sender -> routes.add(new CanaryRoute.Outside(sender.key())));
		return routes;
	}

	/// @param mailboxes of the roster; others are refused
	/// @param sent what was sent to a mailbox in the last day
	/// @param tokens makes a new one each time
	/// @throws IllegalArgumentException for a mailbox that is not in the roster
	public static CanaryPlan of(Migration migration, Collection<Mailbox> mailboxes, Collection<CanaryRoute> routes, Function<Mailbox, List<SentCanary>> sent,
			Instant now, Supplier<CanaryToken> tokens) {
		List<Canary> canaries = new ArrayList<>();
		List<Reason> held = new ArrayList<>();
		CanaryPolicy policy = migration.policy().canary();
		for (Mailbox mailbox : mailboxes) {
			if (!migration.mailboxes().contains(mailbox)) {
				throw new IllegalArgumentException(mailbox.address() + " is not in the roster");
			}
			List<SentCanary> before = sent.apply(mailbox).stream().filter(canary -> canary.mayArrive() && canary.at().isAfter(now.minus(DAY))).toList();
			for (CanaryRoute route : routes) {
				Optional<CanaryWay> way = way(migration, mailbox, route);
				Optional<Reason> not = way.isEmpty() ? Optional.of(noWay(mailbox, route)) : limit(policy, mailbox, route, before, canaries.size(), now);
				not.ifPresentOrElse(held::add, () -> canaries.add(new Canary(tokens.get(), mailbox, route, way.orElseThrow(), from(way.orElseThrow(), mailbox))));
			}
		}
		return new CanaryPlan(canaries, held);
	}

	private static EmailAddress from(CanaryWay way, Mailbox mailbox) {
		return switch (way) {
			case CanaryWay.Login _, CanaryWay.Relay _ -> mailbox.address();
			case CanaryWay.Away(OutsideSender sender) -> sender.from();
		};
	}

	private static Optional<Reason> limit(CanaryPolicy policy, Mailbox mailbox, CanaryRoute route, List<SentCanary> before, int planned, Instant now) {
		List<SentCanary> same = before.stream().filter(canary -> canary.route().equals(route)).toList();
		Optional<Instant> next = same.stream().map(canary -> canary.at().plus(policy.interval())).max(Instant::compareTo).filter(now::isBefore);
		if (same.size() >= policy.perDay()) {
			return Optional.of(Reason.of(CanaryReasons.MOST_A_DAY, mailbox.address(), route.token(), same.size(), policy.perDay()));
		}
		if (next.isPresent()) {
			return Optional.of(Reason.of(CanaryReasons.TOO_SOON, mailbox.address(), route.token(), next.get()));
		}
		return planned >= policy.perRun() ? Optional.of(Reason.of(CanaryReasons.MOST_A_RUN, mailbox.address(), route.token(), policy.perRun())) : Optional.empty();
	}

	private static Optional<CanaryWay> way(Migration migration, Mailbox mailbox, CanaryRoute route) {
		return switch (route) {
			case CanaryRoute.Submission(Side side) -> migration.accounts(mailbox, side).stream()
					.filter(account -> account.endpoint().protocol() == Protocol.SUBMISSION && account.endpoint().security() != Security.NONE).findFirst()
					.map(CanaryWay.Login::new);
			case CanaryRoute.Direct(Side side) -> migration.presences(mailbox.address(), side).stream().findFirst().map(presence -> new CanaryWay.Relay(presence.door()));
			case CanaryRoute.Outside(String key) -> migration.policy().canary().outside().stream().filter(sender -> sender.key().equals(key)).findFirst()
					.map(CanaryWay.Away::new);
		};
	}

	private static Reason noWay(Mailbox mailbox, CanaryRoute route) {
		return switch (route) {
			case CanaryRoute.Submission(Side side) -> Reason.of(CanaryReasons.NO_DOOR, mailbox.address(), route.token(), side.token());
			case CanaryRoute.Direct(Side side) -> Reason.of(CanaryReasons.NO_DOOR, mailbox.address(), route.token(), side.token());
			case CanaryRoute.Outside(String key) -> Reason.of(CanaryReasons.NO_OUTSIDE, mailbox.address(), route.token(), key);
		};
	}
}
