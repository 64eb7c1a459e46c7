package hikkoshi.core.canary;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import hikkoshi.core.arrival.CanaryToken;
import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Mailbox;

/// A canary as the log knows it.
///
/// @param at when it set out
/// @param last what was said of it last
public record SentCanary(CanaryToken token, Mailbox mailbox, CanaryRoute route, Instant at, Fate fate, Reason last) {
	private static final int FEW = 256;

	/// What has become of it on the way out.
	public enum Fate {
		/// A server has taken it.
		SENT,
		/// It may be on its way: nobody can tell.
		IN_DOUBT,
		/// It is nowhere.
		NOT_SENT
	}

	/// Whether it may arrive.
	public boolean mayArrive() {
		return fate != Fate.NOT_SENT;
	}

	/// The canaries to a mailbox that set out since a moment, oldest first.
	public static List<SentCanary> of(EvidenceView log, Mailbox mailbox, Instant since) {
		Map<CanaryToken, SentCanary> found = new LinkedHashMap<>();
		for (Sighting sighting : history(log, mailbox, since)) {
			Evidence evidence = sighting.evidence();
			List<String> args = evidence.reason().args();
			Optional<CanaryToken> token = args.isEmpty() ? Optional.empty() : CanaryToken.parse(args.getFirst());
			Optional<CanaryRoute> route = args.size() < 2 ? Optional.empty() : CanaryRoute.parse(args.get(1));
			if (token.isPresent() && route.isPresent() && !evidence.at().isBefore(since)) {
				Instant at = found.containsKey(token.get()) ? found.get(token.get()).at() : evidence.at();
				found.put(token.get(), new SentCanary(token.get(), mailbox, route.get(), at, fate(evidence.reason().id()), evidence.reason()));
			}
		}
		return new ArrayList<>(found.values());
	}

	private static List<Sighting> history(EvidenceView log, Mailbox mailbox, Instant since) {
		for (int limit = FEW;; limit *= 16) {
			List<Sighting> history = log.history(CanaryReasons.SEND, mailbox.id(), limit);
			if (history.size() < limit || limit > Integer.MAX_VALUE / 16 || history.getFirst().lastSeen().isBefore(since)) {
				return history;
			}
		}
	}

	private static Fate fate(String reason) {
		return switch (reason) {
			case CanaryReasons.SENT -> Fate.SENT;
			case CanaryReasons.REFUSED, CanaryReasons.UNSENT -> Fate.NOT_SENT;
			default -> Fate.IN_DOUBT;
		};
	}
}
