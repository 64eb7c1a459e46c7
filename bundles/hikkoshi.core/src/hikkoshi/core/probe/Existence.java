package hikkoshi.core.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Door;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Presence;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Recipient;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;

/// Which address of the roster exists on which side: a pure function of the migration, its evidence and `now`.
///
/// One fresh proof is enough, at any door of the server: a login, or the answer to RCPT TO. But a server's "no such address" outweighs every login,
/// however old it is: who may log in and receives nothing loses mail. It stands until the server is asked again.
public final class Existence {
	/// The reasons that say: not there.
	private static final Set<String> MISSING = Set.of(PresenceReasons.MISSING, PresenceReasons.NO_CATCH_ALL, PresenceReasons.NOT_LOCAL,
			PresenceReasons.NO_SMTPUTF8);
	/// As for every gate.
	private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);
	private static final Set<String> EXISTS = Set.of(PresenceReasons.RECEIVES, PresenceReasons.CATCH_ALL, PresenceReasons.FULL);

	private final EvidenceView evidence;
	private final Duration maxAge;
	private final Instant now;
	private final Map<DomainName, Domain> domains = new HashMap<>();
	private final Map<String, Server> servers = new HashMap<>();
	private final Map<Server, List<Door>> smtp = new HashMap<>();

	private Existence(Migration migration, EvidenceView evidence, Duration maxAge, Instant now) {
		this.evidence = evidence;
		this.maxAge = maxAge;
		this.now = now;
		migration.domains().forEach(domain -> domains.put(domain.name(), domain));
		migration.servers().forEach(server -> {
			servers.put(server.key(), server);
			smtp.put(server, Migration.doors(server).stream().filter(door -> door.endpoint().protocol() == Protocol.SMTP).toList());
		});
	}

	/// An address and what is known of it.
	///
	/// @param kind what it is when it is no mailbox
	/// @param line where `mailboxes.csv` lists it
	public record Entry(EmailAddress address, Recipient.@Nullable Kind kind, int line, Proof onOld, Proof onNew) {
		public Proof on(Side side) {
			return side == Side.OLD ? onOld : onNew;
		}

		/// Mail would be lost: it is (or was, when last looked at) alive on OLD, and NEW says that it has no such address.
		public boolean isForgotten() {
			return (onOld instanceof Proof.Exists || onOld instanceof Proof.Stale) && onNew.state() == Proof.State.MISSING;
		}
	}

	/// @param evidence a [hikkoshi.core.evidence.Snapshot] when there are many addresses
	/// @param maxAge how old proof may be
	/// @param wanted which addresses of the roster
	/// @return mailboxes, then recipients, in the roster's order
	public static List<Entry> of(Migration migration, EvidenceView evidence, Duration maxAge, Instant now, Predicate<EmailAddress> wanted) {
		Existence existence = new Existence(migration, evidence, maxAge, now);
		List<Entry> entries = new ArrayList<>();
		for (Mailbox mailbox : migration.mailboxes()) {
			if (wanted.test(mailbox.address())) {
				entries.add(new Entry(mailbox.address(), null, mailbox.line(), existence.proof(mailbox.address(), mailbox, Side.OLD),
						existence.proof(mailbox.address(), mailbox, Side.NEW)));
			}
		}
		for (Recipient recipient : migration.recipients()) {
			if (wanted.test(recipient.address())) {
				entries.add(new Entry(recipient.address(), recipient.kind(), recipient.line(), existence.proof(recipient.address(), null, Side.OLD),
						existence.proof(recipient.address(), null, Side.NEW)));
			}
		}
		return entries;
	}

	/// For who goes through the roster in his own way.
	public static Existence judge(Migration migration, EvidenceView evidence, Duration maxAge, Instant now) {
		return new Existence(migration, evidence, maxAge, now);
	}

	/// What the server of a side says of an address when asked with RCPT TO; logins are not looked at. Empty when it was never asked.
	///
	/// @return Missing, Disabled, Exists, Stale or Unclear
	public Optional<Proof> answer(EmailAddress address, Side side) {
		return server(address, side).flatMap(server -> said(places(server, address)));
	}

	private Optional<Server> server(EmailAddress address, Side side) {
		return Optional.ofNullable(domains.get(address.domain())).map(domain -> servers.get(domain.server(side)));
	}

	private List<Presence> places(Server server, EmailAddress address) {
		return smtp.getOrDefault(server, List.of()).stream().map(door -> new Presence(door, address)).toList();
	}

	private Optional<Proof> said(List<Presence> places) {
		List<Sighting> answers = places.stream().flatMap(place -> evidence.latest(PresenceReasons.PROBE, place.id()).stream()).toList();
		return newest(answers, word -> MISSING.contains(word.evidence().reason().id())).<Proof>map(Proof.Missing::new)
				.or(() -> newest(answers, word -> word.evidence().reason().id().equals(PresenceReasons.DISABLED)).map(Proof.Disabled::new))
				.or(() -> newest(answers, word -> EXISTS.contains(word.evidence().reason().id())).map(word -> exists(word, false)))
				.or(() -> newest(answers, _ -> true).map(Proof.Unclear::new));
	}

	private Proof exists(Sighting word, boolean byLogin) {
		return isFresh(word) ? new Proof.Exists(word, byLogin) : new Proof.Stale(word, byLogin);
	}

	private Proof proof(EmailAddress address, @Nullable Mailbox mailbox, Side side) {
		Server server = server(address, side).orElse(null);
		if (server == null) {
			return new Proof.NoServer();
		}
		List<Presence> places = places(server, address);
		Optional<Proof> said = said(places);
		if (said.filter(word -> word.state() != Proof.State.UNKNOWN).isPresent()) {
			return said.get();
		}
		Optional<Proof> login = mailbox == null ? Optional.empty() : login(server, mailbox.user(side), mailbox).map(word -> exists(word, true));
		if (login.filter(Proof.Exists.class::isInstance).isPresent()) {
			return login.get();
		}
		return said.filter(Proof.Stale.class::isInstance).or(() -> login).or(() -> said).orElseGet(
				() -> places.isEmpty() ? new Proof.NoDoor(server, mailbox != null && server.endpoints().stream().anyMatch(e -> e.protocol().hasLogin()))
						: new Proof.Never(places.getFirst()));
	}

	/// The newest login that worked, at any door.
	private Optional<Sighting> login(Server server, String user, Mailbox mailbox) {
		return Migration.doors(server).stream().filter(door -> door.endpoint().protocol().hasLogin())
				.flatMap(door -> evidence.latest(door.endpoint().protocol().token() + ".login",
						new Account(server, door.endpoint(), door.address(), user, mailbox.address()).id()).stream())
				.filter(word -> word.evidence().outcome() == Outcome.PASS || word.evidence().outcome() == Outcome.WARN)
				.max(Comparator.comparing(Sighting::lastSeen));
	}

	private static Optional<Sighting> newest(List<Sighting> words, Predicate<Sighting> wanted) {
		return words.stream().filter(wanted).max(Comparator.comparing(Sighting::lastSeen));
	}

	/// Proof that is dated in the future is none: some clock is wrong.
	private boolean isFresh(Sighting word) {
		return !word.lastSeen().plus(maxAge).isBefore(now) && !word.lastSeen().isAfter(now.plus(CLOCKS_DIFFER));
	}
}
