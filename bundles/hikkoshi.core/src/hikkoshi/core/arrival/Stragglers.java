package hikkoshi.core.arrival;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import hikkoshi.core.arrival.Straggler.Kind;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Side;

/// Says why mail still came to the old side after the cutover: a pure function of all arrivals, of both sides and from before the cutover on. The more is
/// known of a sender, the surer the answer: one that meanwhile delivers to the new side too has a late cache somewhere, one that never does has the old server
/// written down, one that nobody had ever heard of before, without a name for its address, never asked DNS at all.
public final class Stragglers {
	private final Situation situation;
	private final Set<String> knownBefore = new HashSet<>();
	/// Who delivered to the new side after the cutover.
	private final Set<String> seenOnNew = new HashSet<>();

	private Stragglers(Collection<SeenArrival> all, Situation situation) {
		this.situation = situation;
		for (SeenArrival seen : all) {
			String sender = Senders.key(seen.arrival().sender());
			if (sender.isEmpty() || isDirectCanary(seen.arrival())) {
				continue;
			}
			if (seen.came().isBefore(situation.cutover())) {
				knownBefore.add(sender);
			} else if (seen.side() == Side.NEW) {
				seenOnNew.add(sender);
			}
		}
	}

	/// @param all what came to both sides, also before the cutover
	/// @return by sender and reason, those that need a person's hand first, then the newest
	public static List<Straggler> of(Collection<SeenArrival> all, Situation situation) {
		Stragglers judge = new Stragglers(all, situation);
		record Group(String sender, Kind kind) {}
		Map<Group, List<SeenArrival>> groups = new LinkedHashMap<>();
		all.stream().filter(seen -> seen.side() == Side.OLD && !seen.came().isBefore(situation.cutover())).sorted(Comparator.comparing(SeenArrival::came))
				.forEach(seen -> groups.computeIfAbsent(new Group(Senders.key(seen.arrival().sender()), judge.kind(seen)), _ -> new ArrayList<>()).add(seen));
		List<Straggler> stragglers = new ArrayList<>();
		groups.forEach((group, arrivals) -> {
			String network = Senders.network(arrivals.getLast().arrival().sender()).orElse("");
			stragglers.add(new Straggler(group.sender(), network, group.kind(), judge.reason(group.kind(), arrivals, network), arrivals));
		});
		stragglers.sort(Comparator.comparing((Straggler straggler) -> straggler.kind().passes()).thenComparing(Straggler::last, Comparator.reverseOrder()));
		return List.copyOf(stragglers);
	}

	/// Sent to one server whatever DNS says, so it says nothing about DNS.
	private boolean isDirectCanary(Arrival arrival) {
		return situation.canaries().getOrDefault(arrival.canary(), "").endsWith("-direct");
	}

	private Kind kind(SeenArrival seen) {
		Arrival arrival = seen.arrival();
		Arrival.Sender sender = arrival.sender();
		if (isDirectCanary(arrival)) {
			return Kind.CANARY;
		}
		if (sender.isLocal()) {
			return Kind.LOCAL;
		}
		if (isBackup(sender)) {
			return Kind.BACKUP_MX;
		}
		Instant deadline = situation.deadline();
		if (deadline == null) {
			return Kind.CACHE_OPEN;
		}
		return seen.came().isAfter(deadline) ? late(seen, deadline) : Kind.CACHE;
	}

	private Kind late(SeenArrival seen, Instant deadline) {
		Arrival.Sender sender = seen.arrival().sender();
		String key = Senders.key(sender);
		if (seenOnNew.contains(key)) {
			return Kind.CACHE_LATE;
		}
		boolean stranger = !knownBefore.contains(key);
		boolean junk = !seen.arrival().folder().equalsIgnoreCase(Mark.Pop3.INBOX);
		if (stranger && (junk || sender.name().isEmpty())) {
			return Kind.SPAM;
		}
		return seen.came().isAfter(deadline.plus(situation.overhang())) ? Kind.HARD_WIRED : Kind.CACHE_LATE;
	}

	private boolean isBackup(Arrival.Sender sender) {
		return situation.backups().contains(sender.name().toLowerCase(Locale.ROOT)) || situation.backups().contains(sender.address());
	}

	private Reason reason(Kind kind, List<SeenArrival> arrivals, String network) {
		Arrival.Sender sender = arrivals.getLast().arrival().sender();
		Instant deadline = situation.deadline();
		return switch (kind) {
			case CANARY -> Reason.of(kind.reason(), arrivals.size());
			case LOCAL -> Reason.of(kind.reason(), arrivals.size(), sender.isLogin() ? sender.shown() : "-");
			case BACKUP_MX -> Reason.of(kind.reason(), arrivals.size(), sender.shown());
			case CACHE_OPEN -> Reason.of(kind.reason(), arrivals.size(), sender.shown());
			case CACHE, CACHE_LATE, HARD_WIRED, SPAM ->
				Reason.of(kind.reason(), arrivals.size(), sender.shown(), network.isEmpty() ? "-" : network, deadline == null ? "-" : deadline.toString());
		};
	}
}
