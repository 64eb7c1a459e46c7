package hikkoshi.core.watch;

import java.time.Instant;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import hikkoshi.core.arrival.ArrivalFacts;
import hikkoshi.core.arrival.ArrivalLog;
import hikkoshi.core.arrival.ArrivalReasons;
import hikkoshi.core.arrival.Polling;
import hikkoshi.core.arrival.Polling.Course;
import hikkoshi.core.arrival.Polling.UnderWay;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.ledger.Deadline;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Wave;
import hikkoshi.core.probe.Reasons;

/// When which mailbox of a domain is to be looked into next: a pure reading of the log, so that a watch that was killed goes on where it stood.
public final class Schedule {
	/// What a server says that wants to be left alone for a while, as a whole or at this mailbox.
	private static final Set<String> THROTTLED = Set.of(Reasons.SERVER_BUSY, Reasons.MAILBOX_BUSY, Reasons.THROTTLED);

	private record Place(EmailAddress mailbox, Side side) {}

	private final Map<Account, ArrivalLog.LastLook> looks = new IdentityHashMap<>();
	private final List<ArrivalLog.LastLook> all;
	private final Map<Place, Instant> newest = new HashMap<>();
	private final UnderWay underWay;

	public Schedule(DomainWatch watch, Migration migration) {
		all = watch.arrivals().looks();
		all.forEach(look -> looks.put(look.account(), look));
		watch.arrivals().arrivals().forEach(seen -> newest.merge(new Place(seen.mailbox(), seen.side()), seen.came(), (one, other) -> one.isBefore(other) ? other : one));
		Instant cutover = migration.waves().stream().filter(wave -> wave.key().equals(watch.domain().wave())).map(Wave::cutover)
				.flatMap(at -> Optional.ofNullable(at).stream()).findFirst().orElse(null);
		Instant end = watch.ledger().deadline() instanceof Deadline.Known known ? known.at().plus(migration.policy().quiet()) : null;
		underWay = new UnderWay(cutover, end);
	}

	/// @return the moment; one that has passed means now
	public Instant due(Account account) {
		Optional<ArrivalLog.LastLook> look = look(account);
		Optional<Sighting> last = look.flatMap(ArrivalLog.LastLook::last);
		if (last.isEmpty()) {
			return Instant.EPOCH;
		}
		Instant at = last.get().lastSeen();
		return at.plus(Polling.pause(course(account, last.get(), look.get()), underWay, at, account.user()));
	}

	/// Ten thousand accounts are asked about again and again: those that the watch itself has are not compared.
	private Optional<ArrivalLog.LastLook> look(Account account) {
		ArrivalLog.LastLook mine = looks.get(account);
		return mine != null ? Optional.of(mine) : all.stream().filter(look -> look.account().id().equals(account.id())).findFirst();
	}

	private Course course(Account account, Sighting last, ArrivalLog.LastLook look) {
		String reason = last.evidence().reason().id();
		if (reason.equals(ArrivalReasons.MORE)) {
			return new Course.Behind();
		}
		if (!ArrivalFacts.isIn(last.evidence().facts())) {
			int times = (int) Math.min(last.count(), Integer.MAX_VALUE);
			return THROTTLED.contains(reason) ? new Course.Throttled(times) : new Course.Failing(times);
		}
		Optional<Instant> came = Optional.ofNullable(newest.get(new Place(account.mailbox(), account.server().side())));
		return new Course.Quiet(came.or(look::began).orElse(last.firstSeen()));
	}
}
