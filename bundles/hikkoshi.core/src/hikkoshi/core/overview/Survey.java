package hikkoshi.core.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.gate.AccountReasons;
import hikkoshi.core.gate.GateReasons;
import hikkoshi.core.evidence.Snapshot;
import hikkoshi.core.gate.Standing;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Door;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Recipient;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.Existence;

/// One pass over the roster: every login of every mailbox looked up once, sentences only for what decides. Used once, by one thread.
final class Survey {
	/// A recipient that the new server does not know. (address, since, the probe's reason)
	static final String MISSING = "overview.missing";
	/// A recipient that the new server knows. (address)
	static final String FOUND = "overview.found";

	private record Column(Side side, Protocol protocol) {}

	/// What a domain gathers while the pass goes on.
	private static final class Sum {
		final Domain domain;
		final Map<Standing, Integer> mailboxes = new EnumMap<>(Standing.class);
		int recipients;
		@Nullable State worst;

		Sum(Domain domain) {
			this.domain = domain;
		}

		void add(State state) {
			worst = worst == null ? state : worst.worst(state);
		}
	}

	private final Snapshot evidence;
	private final Duration maxAge;
	private final Instant now;
	private final Map<String, List<Door>> logins = new HashMap<>();
	private final Existence existence;
	private final Map<DomainName, Sum> sums = new LinkedHashMap<>();
	private final Map<Column, Map<Standing, Integer>> tallies = new HashMap<>();

	Survey(Migration migration, Snapshot evidence, Instant now) {
		this.evidence = evidence;
		maxAge = migration.policy().evidenceMaxAge();
		this.now = now;
		existence = Existence.judge(migration, evidence, maxAge, now);
		Map<String, Server> servers = new HashMap<>();
		for (Server server : migration.servers()) {
			servers.put(server.key(), server);
			logins.put(server.key(), Migration.doors(server).stream().filter(door -> door.endpoint().protocol().hasLogin()).toList());
			logins.getOrDefault(server.key(), List.of()).forEach(
					door -> tallies.computeIfAbsent(new Column(server.side(), door.endpoint().protocol()), _ -> new EnumMap<>(Standing.class)));
		}
		migration.domains().forEach(domain -> sums.put(domain.name(), new Sum(domain)));
		migration.mailboxes().forEach(this::mailbox);
		migration.recipients().forEach(this::recipient);
	}

	List<DomainState> domains() {
		return sums.values().stream().map(sum -> new DomainState(sum.domain, Optional.ofNullable(sum.worst)
				.orElseGet(() -> Overview.empty(sum.domain.name().unicode())), sum.mailboxes, sum.recipients)).toList();
	}

	List<Tally> tallies() {
		return tallies.entrySet().stream().map(entry -> new Tally(entry.getKey().side, entry.getKey().protocol, entry.getValue()))
				.sorted(Comparator.comparing(Tally::side).thenComparing(Tally::protocol)).toList();
	}

	/// The decisive one of a mailbox's logins, as it was found.
	private record Found(Account account, Standing standing, @Nullable Sighting sighting) {}

	private void mailbox(Mailbox mailbox) {
		Sum sum = sums.get(mailbox.address().domain());
		if (sum == null) {
			return;
		}
		List<Found> found = new ArrayList<>();
		for (Side side : Side.values()) {
			Map<Protocol, Standing> worst = new EnumMap<>(Protocol.class);
			for (Door door : logins.getOrDefault(sum.domain.server(side), List.of())) {
				Account account = new Account(door.server(), door.endpoint(), door.address(), mailbox.user(side), mailbox.address());
				Sighting sighting = evidence.latest(AccountReasons.probe(door.endpoint().protocol()), account.id()).orElse(null);
				Standing standing = Standing.of(sighting, maxAge, now);
				found.add(new Found(account, standing, sighting));
				worst.merge(door.endpoint().protocol(), standing, Standing::worst);
			}
			worst.forEach((protocol, standing) -> tallies.getOrDefault(new Column(side, protocol), new HashMap<>())
					.merge(standing, 1, Integer::sum));
		}
		Standing worst = found.stream().map(Found::standing).reduce(Standing::worst).orElse(Standing.NEVER);
		State state = found.stream().filter(one -> one.standing == worst).map(one -> state(one, mailbox)).reduce(State::worst)
				.orElseGet(() -> new State(Standing.NEVER, Reason.of(Overview.EMPTY, mailbox.address()), null, mailbox.address(), mailbox.line()));
		State missing = presence(mailbox.address(), mailbox.line()).filter(one -> one.standing() == Standing.FAILED).orElse(state);
		State decisive = state.worst(missing);
		sum.mailboxes.merge(decisive.standing(), 1, Integer::sum);
		sum.add(decisive);
	}

	private State state(Found found, Mailbox mailbox) {
		Sighting sighting = found.sighting;
		if (sighting == null) {
			return new State(found.standing, AccountReasons.never(found.account), null, mailbox.address(), mailbox.line());
		}
		Instant since = sighting.firstSeen();
		Reason reason = switch (found.standing) {
			case FAILED -> AccountReasons.failed(found.account, sighting);
			case STALE -> AccountReasons.stale(found.account, sighting, maxAge);
			case UNKNOWN -> sighting.evidence().outcome() == Outcome.UNKNOWN ? AccountReasons.unknown(found.account, sighting)
					: Reason.of(GateReasons.FUTURE, found.account.id(), sighting.lastSeen());
			case PROVEN, WARNED, NEVER -> sighting.evidence().reason();
		};
		return new State(found.standing, reason, found.standing == Standing.STALE ? sighting.lastSeen().plus(maxAge) : since, mailbox.address(),
				mailbox.line());
	}

	private void recipient(Recipient recipient) {
		Sum sum = sums.get(recipient.address().domain());
		if (sum != null) {
			sum.recipients++;
			presence(recipient.address(), recipient.line()).ifPresent(sum::add);
		}
	}

	/// What the new server says of an address; empty when it says neither that it is there nor that it is not.
	private Optional<State> presence(EmailAddress address, int line) {
		return existence.answer(address, Side.NEW).flatMap(proof -> switch (proof.state()) {
			case EXISTS -> proof.evidence().map(word -> new State(word.evidence().outcome() == Outcome.WARN ? Standing.WARNED : Standing.PROVEN,
					Reason.of(FOUND, address), word.firstSeen(), address, line));
			case MISSING -> proof.evidence().map(word -> new State(Standing.FAILED, missing(address, word), word.firstSeen(), address, line));
			case UNKNOWN -> Optional.empty();
		});
	}

	private static Reason missing(EmailAddress address, Sighting word) {
		List<Object> args = new ArrayList<>(List.of(address, word.firstSeen(), word.evidence().reason().id()));
		args.addAll(word.evidence().reason().args());
		return Reason.of(MISSING, args.toArray());
	}
}
