package hikkoshi.core.arrival;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Followed;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.EvidenceSink;
import hikkoshi.core.probe.Kept;
import hikkoshi.core.probe.Lasting;
import hikkoshi.core.probe.RunMemo;

import org.jspecify.annotations.Nullable;

/// What a watch knows from one round to the next: how far each mailbox has been read, which connections stand, and which mailboxes are as they were. Those get
/// one row a server in place of one a mailbox ([StillQuiet]); before a mailbox says anything else, its own run is brought up to when it was last quiet.
///
/// All of it can be read from the log again but the connections. One thread at a time but for [#of], which the probes of a run ask.
public final class LookBook implements Lasting, Marks, StillQuiet, AutoCloseable {
	/// Looks of one row lie within so long: the row tells the time of the first.
	private static final Duration TOGETHER = Duration.ofMinutes(1);

	private final Followed log;
	private final Kept kept = new Kept();
	private final Map<Key, Held> held = new HashMap<>();
	private final Map<Account, Held> byAccount = new IdentityHashMap<>();
	private final List<Pending> pending = new ArrayList<>();
	private boolean isRead;

	private record Key(String probe, Target.Id account) {
		static Key of(Account account) {
			return new Key(ArrivalReasons.probe(account.endpoint().protocol()), account.id());
		}

		static Key of(Evidence evidence) {
			return new Key(evidence.probe(), evidence.target());
		}
	}

	/// What is known of one account.
	private static final class Held {
		private final Account account;
		private List<Mark> marks = List.of();
		private @Nullable Sighting last;
		private @Nullable Instant still;
		private @Nullable AccountLog read;

		private Held(Account account) {
			this.account = account;
		}

		private void saw(Sighting sighting) {
			read = null;
			Sighting before = last;
			if (before == null || before.row() != sighting.row()) {
				Optional<List<Mark>> read = ArrivalFacts.in(sighting.evidence().facts()).map(ArrivalFacts::marks).filter(all -> !all.isEmpty());
				read.ifPresent(all -> marks = all);
				still = null;
			}
			last = sighting;
		}

		private boolean isQuiet() {
			Sighting sighting = last;
			return sighting != null && sighting.evidence().reason().id().equals(ArrivalReasons.QUIET) && sighting.evidence().outcome() == Outcome.PASS;
		}

		/// Whether a finding says nothing but that the mailbox is as its row says, which is young enough.
		private boolean isAsItWas(Evidence found) {
			Sighting sighting = last;
			return sighting != null && isQuiet() && sighting.evidence().saysSameAs(found) && sighting.evidence().facts().equals(found.facts())
					&& !found.at().isBefore(sighting.lastSeen()) && found.at().isBefore(sighting.lastSeen().plus(OWN_ROW));
		}

		/// What its own run does not know yet and must before it says something else.
		private Optional<Evidence> behind(Evidence found) {
			Sighting sighting = last;
			Instant until = still;
			if (sighting == null || until == null || !isQuiet() || !until.isAfter(sighting.lastSeen()) || sighting.evidence().saysSameAs(found)) {
				return Optional.empty();
			}
			Evidence quiet = sighting.evidence();
			return Optional.of(new Evidence(quiet.probe(), quiet.target(), until, Duration.ZERO, quiet.outcome(), quiet.reason(), quiet.facts()));
		}
	}

	private record Pending(Held held, Instant at) {}

	/// @param log is read when the first run begins
	public LookBook(Followed log, Collection<Account> accounts) {
		this.log = log;
		for (Account account : accounts) {
			Held one = new Held(account);
			held.put(Key.of(account), one);
			byAccount.put(account, one);
		}
	}

	/// Reads what has been added to the log since, by whomever. Blocks.
	public void catchUp() {
		List<Sighting> news = log.refresh();
		if (!isRead) {
			isRead = true;
			StillQuiet rounds = StillQuiet.in(log);
			Marks marks = Marks.in(log);
			held.forEach((key, one) -> log.latest(key.probe(), key.account()).ifPresent(sighting -> {
				one.saw(sighting);
				one.marks = one.marks.isEmpty() ? marks.of(key.probe(), key.account()) : one.marks;
				one.still = rounds.until(one.account, sighting).orElse(null);
			}));
			return;
		}
		List<Sighting> rounds = new ArrayList<>();
		for (Sighting sighting : news) {
			Key key = Key.of(sighting.evidence());
			Held one = held.get(key);
			if (one != null) {
				log.latest(key.probe(), key.account()).ifPresent(one::saw);
			} else if (sighting.evidence().probe().equals(PROBE)) {
				rounds.add(sighting);
			}
		}
		if (!rounds.isEmpty()) {
			note(rounds);
		}
	}

	/// Rounds, of this watch or of another one.
	private void note(List<Sighting> rounds) {
		Map<Long, Held> rows = new HashMap<>();
		held.values().forEach(one -> Optional.ofNullable(one.last).ifPresent(last -> rows.put(last.row(), one)));
		for (Sighting round : rounds) {
			for (long row : StillQuiet.rows(round.evidence().facts())) {
				Held one = rows.get(row);
				if (one != null && (one.still == null || one.still.isBefore(round.lastSeen()))) {
					one.still = round.lastSeen();
				}
			}
		}
	}

	@Override
	public void open(RunMemo memo) throws IOException, InterruptedException {
		catchUp();
		kept.open(memo);
		// the memo of a run closes what it holds and can be closed: not us
		Marks.open(memo, this::of);
	}

	@Override
	public List<Mark> of(String probe, Target.Id account) {
		Held one = held.get(new Key(probe, account));
		return one == null ? Marks.in(log).of(probe, account) : one.marks;
	}

	@Override
	public Optional<Instant> until(Account account, Sighting last) {
		Held one = of(account);
		Instant until = one == null || one.last == null || one.last.row() != last.row() ? null : one.still;
		return Optional.ofNullable(until).filter(known -> known.isAfter(last.lastSeen()));
	}

	private @Nullable Held of(Account account) {
		Held one = byAccount.get(account);
		return one == null ? held.get(Key.of(account)) : one;
	}

	/// As [ArrivalLog#read] says it of the moment of the last [#catchUp]; what has been read is read again only where there are new rows.
	public ArrivalLog read(Collection<Account> accounts, Instant since) {
		return ArrivalLog.read(accounts, since, this, account -> {
			Held one = of(account);
			AccountLog known = one == null ? null : one.read;
			if (known == null || known.covers().isAfter(since)) {
				known = AccountLog.read(log, account, since);
				if (one != null) {
					one.read = known;
				}
			}
			return known;
		});
	}

	@Override
	public EvidenceSink before(EvidenceSink sink) {
		return batch -> {
			List<Evidence> own = new ArrayList<>();
			for (Evidence found : batch) {
				Held one = held.get(Key.of(found));
				if (one != null && one.isAsItWas(found)) {
					pending.add(new Pending(one, found.at()));
				} else {
					Optional.ofNullable(one).flatMap(known -> known.behind(found)).ifPresent(own::add);
					own.add(found);
				}
			}
			if (!own.isEmpty()) {
				sink.accept(own);
			}
			if (!pending.isEmpty() && !batch.isEmpty() && pending.getFirst().at().plus(TOGETHER).isBefore(batch.getLast().at())) {
				settle(sink);
			}
		};
	}

	@Override
	public void settle(EvidenceSink sink) throws IOException {
		if (pending.isEmpty()) {
			return;
		}
		pending.sort(Comparator.comparing(Pending::at));
		List<Evidence> rounds = new ArrayList<>();
		for (int from = 0; from < pending.size();) {
			Instant first = pending.get(from).at();
			int to = from;
			Map<Target.Id, SortedSet<Long>> servers = new LinkedHashMap<>();
			for (; to < pending.size() && !pending.get(to).at().isAfter(first.plus(TOGETHER)); to++) {
				Held one = pending.get(to).held();
				one.still = first;
				Optional.ofNullable(one.last).ifPresent(last -> servers.computeIfAbsent(one.account.server().id(), _ -> new TreeSet<>()).add(last.row()));
			}
			Duration took = Duration.between(first, pending.get(to - 1).at());
			servers.forEach((server, rows) -> {
				Facts facts = StillQuiet.facts(rows);
				rounds.add(new Evidence(PROBE, server, first, took, Outcome.PASS, Reason.of(REASON, rows.size(), digest(facts)), facts));
			});
			from = to;
		}
		pending.clear();
		sink.accept(rounds);
	}

	/// The log keeps of observations that say the same the facts of the newest only: which mailboxes were quiet must be part of what is said.
	private static String digest(Facts facts) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(facts.toString().getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash, 0, 8);
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("every Java has SHA-256", e);
		}
	}

	/// Closes the connections.
	@Override
	public void close() throws IOException {
		kept.close();
	}
}
