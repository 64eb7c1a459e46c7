package hikkoshi.core.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.plan.RecordSet;

/// When answers of a kind that is to go must have died in every honest cache: the one piece of arithmetic under all deadlines and gates about TTLs.
///
/// A cache may have fetched such an answer at the last moment at which some server still gave it. That moment was not seen; it lies before the next time that this
/// server was heard. So each answer lives, for as long as its TTL said, from the next time the same server was heard, whatever it said then; and all of them must have
/// died. A shorter TTL in between does not shorten the life of a longer one before.
///
/// A server that has left the delegation goes on being asked by caches that keep the delegation; it is taken to give its last answer until then.
final class Drain {
	private final Chronicle chronicle;
	private final RecordSet.Key key;
	private final Predicate<Heard> late;
	private final Assumptions assumptions;
	private final Delegations delegations;
	private final Instant now;
	private final List<Reason> running = new ArrayList<>();
	private final List<Reason> unknown = new ArrayList<>();
	private Instant latest = Instant.MIN;
	private @Nullable Reason why;
	private Instant ifNow = Instant.MIN;

	/// @param late which answers are to go
	Drain(Chronicle chronicle, RecordSet.Key key, Predicate<Heard> late, Assumptions assumptions, Instant now) {
		this.chronicle = chronicle;
		this.key = key;
		this.late = late;
		this.assumptions = assumptions;
		this.delegations = new Delegations(chronicle);
		this.now = now;
	}

	/// What a server gave at one moment; a run of equal looks is two of them.
	private record Point(Instant at, Heard heard) {}

	Deadline deadline() {
		chronicle.of(key).forEach((source, heard) -> {
			if (source.kind() != Source.Kind.RESOLVER) {
				server(source, heard);
			}
		});
		Instant notBefore = Chronicle.later(latest, ifNow);
		if (!unknown.isEmpty()) {
			unknown.addAll(running);
			return new Deadline.Unknown(notBefore, unknown);
		}
		if (!running.isEmpty()) {
			return new Deadline.Running(notBefore, running);
		}
		Reason decisive = why;
		return decisive == null ? new Deadline.Nothing() : new Deadline.Known(latest, decisive);
	}

	private void server(Source source, List<Heard> heard) {
		List<Point> points = new ArrayList<>();
		for (Heard each : heard) {
			if (each.spoke()) {
				points.add(new Point(each.first(), each));
				points.add(new Point(each.last(), each));
			}
		}
		points.sort(Comparator.comparing(Point::at));
		boolean listed = chronicle.isListed(key, source);
		Heard newest = heard.stream().max(Comparator.comparing(Heard::last)).orElseThrow();
		if (points.isEmpty()) {
			if (listed && !newest.excused()) {
				unknown.add(Reason.of(LedgerReasons.NEVER_HEARD, name(), source.place(), newest.status(), newest.first()));
			}
			return;
		}
		beforeTheFirst(source, points.getFirst().heard());
		for (int i = 0; i + 1 < points.size(); i++) {
			Heard gone = points.get(i).heard();
			if (late.test(gone)) {
				bound(LedgerReasons.SEEN, source, points.get(i + 1).at(), ttl(gone));
			}
		}
		end(source, points.getLast(), newest, listed);
	}

	/// Whoever was there at the first look may have given something else just before it.
	private void beforeTheFirst(Source source, Heard first) {
		Instant begun = chronicle.begun(key).orElse(first.first());
		boolean there = chronicle.of(key).getOrDefault(source, List.of()).getFirst().first().equals(begun);
		if (there && chronicle.isCut()) {
			bound(LedgerReasons.ASSUMED, source, first.first(), Assumptions.DAY);
		} else if (there) {
			assumptions.before(first, late.test(first)).ifPresent(life -> bound(LedgerReasons.ASSUMED, source, first.first(), life));
		}
	}

	private void end(Source source, Point last, Heard newest, boolean listed) {
		boolean old = late.test(last.heard());
		if (!listed) {
			if (old) {
				departed(source, last.heard());
			}
			return;
		}
		if (!newest.spoke()) {
			unknown.add(Reason.of(LedgerReasons.SILENT, name(), source.place(), newest.status(), newest.first()));
		} else if (old) {
			running.add(Reason.of(LedgerReasons.STILL_OLD, name(), source.place(), last.heard().last(), last.heard().ttl()));
		}
		if (old) {
			ifNow = Chronicle.later(ifNow, now.plus(ttl(last.heard())));
		}
	}

	private void departed(Source source, Heard last) {
		Instant left = chronicle.left(key, source).orElse(now);
		Optional<Duration> keeps = delegations.keeps(key);
		if (keeps.isEmpty()) {
			unknown.add(Reason.of(LedgerReasons.NO_DELEGATION_TTL, name(), source.place(), left));
			return;
		}
		// what it says of the delegation itself is counted in how long that is kept
		Duration life = key.type().equals("NS") ? Duration.ZERO : ttl(last);
		Instant until = left.plus(keeps.get()).plus(life);
		if (until.isAfter(latest)) {
			latest = until;
			why = Reason.of(LedgerReasons.DEPARTED, name(), source.place(), left, keeps.get().toSeconds(), life.toSeconds(), shown(until));
		}
	}

	private void bound(String reason, Source source, Instant from, Duration life) {
		Instant until = from.plus(life);
		if (until.isAfter(latest)) {
			latest = until;
			why = Reason.of(reason, name(), source.place(), from, life.toSeconds(), shown(until));
		}
	}

	/// Whole seconds, never earlier: people read no fractions.
	static Instant shown(Instant until) {
		Instant whole = until.truncatedTo(ChronoUnit.SECONDS);
		return whole.equals(until) ? until : whole.plusSeconds(1);
	}

	private static Duration ttl(Heard heard) {
		return heard.ttl() < 0 ? Assumptions.NEGATIVE : Duration.ofSeconds(heard.ttl());
	}

	private String name() {
		return LedgerReasons.record(key);
	}

	/// For how long caches may go on asking servers that have left a delegation.
	private record Delegations(Chronicle chronicle) {
		/// The delegation's TTL at the parent, and once more at the zone's own servers: a cache may refresh it there at the last moment, but then must go
		/// back to the parent.
		Optional<Duration> keeps(RecordSet.Key key) {
			Optional<RecordSet.Key> zone = chronicle.keys().stream().filter(each -> each.type().equals("NS") && (key.name().equals(each.name()) || key.name().endsWith("." + each.name())))
					.max(Comparator.comparingInt(each -> each.name().length()));
			if (zone.isEmpty()) {
				return Optional.empty();
			}
			long parent = -1;
			long own = 0;
			for (Map.Entry<Source, List<Heard>> each : chronicle.of(zone.get()).entrySet()) {
				long highest = each.getValue().stream().mapToLong(Heard::ttl).max().orElse(-1);
				switch (each.getKey().kind()) {
					case PARENT -> parent = Math.max(parent, highest);
					case AUTHORITATIVE -> own = Math.max(own, highest);
					case RESOLVER -> {
						// a cache's word is no delegation
					}
				}
			}
			return parent < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(parent + own));
		}
	}
}
