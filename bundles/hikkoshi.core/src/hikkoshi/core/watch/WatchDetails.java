package hikkoshi.core.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import hikkoshi.core.arrival.ArrivalLog;
import hikkoshi.core.arrival.Straggler;
import hikkoshi.core.arrival.Stragglers;
import hikkoshi.core.canary.CanaryResult;
import hikkoshi.core.canary.SentCanary;
import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.ledger.Deadline;
import hikkoshi.core.ledger.Entry;
import hikkoshi.core.ledger.Source;
import hikkoshi.core.ledger.Span;
import hikkoshi.core.ledger.Standing;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Wave;

/// What a person wants to see besides the verdict when one domain is looked at closely: everything since before the cutover, and why mail still comes to OLD.
///
/// @param cutover when DNS was switched: as planned, else as it was seen; empty while it was not
/// @param arrivals since some time before it
/// @param canaries that set out in that time
/// @param stragglers those that need a person's hand first
public record WatchDetails(DomainWatch watch, Optional<Instant> cutover, ArrivalLog arrivals, List<CanaryResult> canaries, List<Straggler> stragglers, SaidVerdict.Since since) {
	/// Who sent mail before the cutover is known from so far back.
	private static final Duration BEFORE = Duration.ofDays(60);
	/// Without a cutover.
	private static final Duration LATELY = Duration.ofDays(7);
	private static final Duration DAY = Duration.ofDays(1);

	public WatchDetails {
		canaries = List.copyOf(canaries);
		stragglers = List.copyOf(stragglers);
	}

	/// Reads the evidence about a domain; blocks.
	public static WatchDetails of(DomainWatch watch, Migration migration, EvidenceView evidence) {
		Instant now = watch.ledger().now();
		Optional<Instant> cutover = migration.waves().stream().filter(wave -> wave.key().equals(watch.domain().wave())).map(Wave::cutover)
				.flatMap(at -> Optional.ofNullable(at).stream()).filter(at -> !at.isAfter(now)).findFirst().or(() -> switched(watch));
		Instant since = cutover.map(at -> at.minus(BEFORE)).orElse(now.minus(LATELY));
		List<Account> watched = ArrivalLog.watched(migration, watch.mailboxes(), List.of(Side.values()));
		ArrivalLog arrivals = ArrivalLog.read(evidence, watched, since);
		List<CanaryResult> canaries =
				CanaryResult.of(watch.mailboxes().stream().flatMap(mailbox -> SentCanary.of(evidence, mailbox, since).stream()).toList(), arrivals);
		List<Straggler> stragglers =
				cutover.map(at -> Stragglers.of(arrivals.arrivals(), Situations.of(watch.ledger(), migration, evidence, at))).orElse(List.of());
		return new WatchDetails(watch, cutover, arrivals, canaries, stragglers, SaidVerdict.since(evidence, watch.domain()));
	}

	/// When an authoritative server was first heard to give a new answer after an old one.
	private static Optional<Instant> switched(DomainWatch watch) {
		return watch.ledger().entries().stream().filter(Entry::moves).flatMap(entry -> entry.lines().entrySet().stream())
				.filter(line -> line.getKey().kind() == Source.Kind.AUTHORITATIVE).flatMap(line -> after(line.getValue()).stream()).min(Comparator.naturalOrder());
	}

	private static Optional<Instant> after(List<Span> line) {
		boolean wasOld = false;
		for (Span span : line) {
			if (wasOld && span.standing() == Standing.NEW) {
				return Optional.of(span.from());
			}
			wasOld |= span.standing() == Standing.OLD;
		}
		return Optional.empty();
	}

	/// The deadline of the caches, where there is one.
	public Optional<Instant> deadline() {
		return watch.ledger().deadline() instanceof Deadline.Known known ? Optional.of(known.at()) : Optional.empty();
	}

	/// From when on a chart has something to show: a day before the cutover, or what was seen first after that; lately, while there is no cutover.
	public Instant began() {
		Instant now = watch.ledger().now();
		Instant from = cutover.map(at -> at.minus(DAY)).orElse(now.minus(LATELY));
		Optional<Instant> first = arrivals.looks().stream().flatMap(look -> look.began().stream()).min(Comparator.naturalOrder());
		Optional<Instant> asked = watch.ledger().chronicle().sightings().stream().map(sighting -> sighting.firstSeen()).min(Comparator.naturalOrder());
		Instant seen = first.filter(at -> asked.filter(other -> other.isBefore(at)).isEmpty()).or(() -> asked).orElse(from);
		return seen.isAfter(from) ? cutover.filter(seen::isAfter).orElse(seen) : from;
	}
}
