package hikkoshi.core.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Migration;

/// The TTL of MX is low at every authoritative server of every domain of the wave, and every answer with a longer life has died in every
/// honest cache.
///
/// When? A cache may have fetched the old answer at the last moment at which some server still gave it. That moment was not seen; it lies before the
/// first look that found every server low. So each higher TTL ever seen drains from the *later* of its last sighting and the first complete low
/// sighting after it, for as long as it said. All of them must have drained: a short TTL in between does not shorten the life of a longer one before.
/// Where the first look already found it low, Hikkoshi came too late to know what it was: a day is assumed, which is both the longest life that
/// common resolvers grant by default and the longest TTL in common use, and no less than the wanted one. Too late is harmless, too early loses mail.
record TtlDrainedGate(GateSpec.TtlDrained spec, Migration migration, String wave) implements Gate {
	static final Duration ASSUMED = Duration.ofDays(1);
	/// Runs of equal answers that are looked at. A domain that changes its MX more often than that has other troubles; see [#judge].
	private static final int HISTORY = 10_000;

	@Override
	public Opening judge(EvidenceView evidence, Instant now) {
		Judgement judgement = new Judgement(now);
		for (Domain domain : DnsPointsToGate.domains(migration, wave, judgement)) {
			Optional<Sighting> latest = DnsPointsToGate.latest(domain, evidence, judgement);
			if (latest.isPresent() && isLow(domain, latest.get(), judgement)
					&& judge(domain, evidence.history(MxAnswers.PROBE, domain.id(), HISTORY), judgement)) {
				judgement.proven(latest.get());
			}
		}
		return judgement.opening();
	}

	private boolean isLow(Domain domain, Sighting sighting, Judgement judgement) {
		if (!judgement.fresh(sighting, spec.maxAge(),
				() -> Reason.of(GateReasons.DNS_STALE, domain.name(), sighting.lastSeen(), spec.maxAge()))) {
			return false;
		}
		MxAnswers answers = MxAnswers.of(sighting);
		boolean low = DnsPointsToGate.complete(domain, sighting, answers, judgement);
		for (MxAnswers.Server server : answers.servers()) {
			if (isHigh(server.ttl())) {
				low = false;
				judgement.block(domain.id(), MxAnswers.PROBE, Outcome.FAIL, Reason.of(GateReasons.TTL_HIGH, domain.name(), server.place(),
						server.ttl(), spec.ttl().toSeconds()), sighting.firstSeen());
			}
		}
		return low;
	}

	private boolean isHigh(long seconds) {
		return seconds > spec.ttl().toSeconds();
	}

	/// @param history oldest first; when there is more of it than we looked at, the oldest we know must itself have drained a day
	/// @return whether everything has drained
	private boolean judge(Domain domain, List<Sighting> history, Judgement judgement) {
		Instant drained = Instant.MIN;
		long longest = -1;
		@Nullable Instant firstLow = null;
		boolean beganLow = true;
		long waiting = -1;
		Instant waitingSince = Instant.MIN;
		for (Sighting sighting : history) {
			MxAnswers answers = MxAnswers.of(sighting);
			long ttl = answers.maxTtl();
			if (isHigh(ttl)) {
				// a higher TTL that came back: what was before may go on being handed out until the next low sighting
				waiting = Math.max(waiting, ttl);
				waitingSince = later(waitingSince, sighting.lastSeen());
			} else if (answers.complete()) {
				if (firstLow == null) {
					firstLow = sighting.firstSeen();
					beganLow = waiting < 0;
				}
				if (waiting >= 0) {
					Instant end = later(waitingSince, sighting.firstSeen()).plusSeconds(waiting);
					if (end.isAfter(drained)) {
						drained = end;
						longest = waiting;
					}
					waiting = -1;
				}
			}
		}
		if (waiting >= 0) {
			// raised again since the latest sighting was read
			drained = later(drained, judgement.now().plusSeconds(waiting));
			longest = waiting;
		}
		boolean cut = history.size() == HISTORY;
		if (beganLow || cut) {
			return assume(domain, firstLow == null ? judgement.now() : firstLow, drained, judgement);
		}
		if (judgement.now().isBefore(drained)) {
			judgement.block(domain.id(), MxAnswers.PROBE, Outcome.WARN, Reason.of(GateReasons.TTL_DRAINING, domain.name(), longest, drained),
					firstLow);
			return false;
		}
		return true;
	}

	private boolean assume(Domain domain, Instant firstLow, Instant drained, Judgement judgement) {
		Duration assumed = spec.ttl().compareTo(ASSUMED) > 0 ? spec.ttl() : ASSUMED;
		Instant until = later(firstLow.plusSeconds(assumed.toSeconds()), drained);
		if (judgement.now().isBefore(until)) {
			judgement.block(domain.id(), MxAnswers.PROBE, Outcome.WARN,
					Reason.of(GateReasons.TTL_ASSUMED, domain.name(), assumed.toSeconds(), until), firstLow);
			return false;
		}
		return true;
	}

	private static Instant later(Instant one, Instant other) {
		return other.isAfter(one) ? other : one;
	}
}
