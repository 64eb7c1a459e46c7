package hikkoshi.core.gate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Target;

/// Every mailbox of the wave × side × protocol × endpoint × address has logged in, not too long ago. A warning counts as proven: it logged in.
record AccountsGate(GateSpec.Accounts spec, Migration migration, String wave) implements Gate {
	@Override
	public Opening judge(EvidenceView evidence, Instant now) {
		Judgement judgement = new Judgement(now);
		List<Mailbox> mailboxes = migration.mailboxes().stream().filter(this::moves).toList();
		if (mailboxes.isEmpty()) {
			judgement.block(new Target.Id("wave:" + wave), "", Outcome.UNKNOWN, Reason.of(GateReasons.NO_MAILBOXES, wave), null);
		}
		if (spec.sides().isEmpty() || spec.protocols().isEmpty()) {
			judgement.block(new Target.Id("wave:" + wave), "", Outcome.UNKNOWN, Reason.of(GateReasons.NOTHING_ASKED), null);
		}
		// a gap in a server's list is said once, not once per mailbox
		Set<List<Object>> gaps = new HashSet<>();
		for (Mailbox mailbox : mailboxes) {
			for (Side side : Side.values()) {
				if (spec.sides().contains(side)) {
					judge(mailbox, side, evidence, judgement, gaps);
				}
			}
		}
		return judgement.opening();
	}

	/// A mailbox moves when its domain does, whatever wave its own line names.
	private boolean moves(Mailbox mailbox) {
		return mailbox.wave().equals(wave) || migration.domain(mailbox.address().domain()).filter(domain -> domain.wave().equals(wave)).isPresent();
	}

	private void judge(Mailbox mailbox, Side side, EvidenceView evidence, Judgement judgement, Set<List<Object>> gaps) {
		Optional<Server> found = migration.server(mailbox, side);
		if (found.isEmpty()) {
			judgement.block(mailbox.id(), "", Outcome.UNKNOWN, Reason.of(GateReasons.NO_SERVER, mailbox.address(), side.token()), null);
			return;
		}
		Server server = found.get();
		List<Account> accounts = migration.accounts(mailbox, side);
		Map<List<String>, List<Shut>> shut = new LinkedHashMap<>();
		for (Protocol protocol : Protocol.values()) {
			if (!spec.protocols().contains(protocol)) {
				continue;
			}
			List<Account> wanted = new ArrayList<>(accounts);
			wanted.removeIf(account -> account.endpoint().protocol() != protocol);
			if (wanted.isEmpty() && gaps.add(List.of(server, protocol))) {
				boolean noAddress = server.addresses().isEmpty();
				judgement.block(server.id(), probe(protocol), Outcome.UNKNOWN,
						noAddress ? Reason.of(GateReasons.NO_ADDRESS, server.key(), side.token())
								: Reason.of(GateReasons.NO_ENDPOINT, server.key(), side.token(), protocol.token()),
						null);
			}
			wanted.forEach(account -> judge(account, evidence, judgement, shut));
		}
		shut.values().forEach(doors -> block(doors, judgement));
	}

	/// A login that is not proven.
	///
	/// @param why one of [GateReasons], said of a single login
	/// @param word what was last seen of it; null when it was never tried
	private record Shut(Account account, String why, @Nullable Sighting word) {}

	/// What is wrong with an account at several doors of a server for one and the same reason is said once.
	private void judge(Account account, EvidenceView evidence, Judgement judgement, Map<List<String>, List<Shut>> shut) {
		Optional<Sighting> latest = evidence.latest(probe(account.endpoint().protocol()), account.id());
		if (latest.isEmpty()) {
			add(new Shut(account, GateReasons.ACCOUNT_NEVER, null), "", shut);
			return;
		}
		Sighting word = latest.get();
		String reason = word.evidence().reason().id();
		switch (word.evidence().outcome()) {
			case FAIL -> add(new Shut(account, GateReasons.ACCOUNT_FAILED, word), reason, shut);
			case UNKNOWN -> add(new Shut(account, GateReasons.ACCOUNT_UNKNOWN, word), reason, shut);
			case PASS, WARN -> {
				if (judgement.dated(word)) {
					if (word.lastSeen().plus(spec.maxAge()).isBefore(judgement.now())) {
						add(new Shut(account, GateReasons.ACCOUNT_STALE, word), "", shut);
					} else {
						judgement.proven(word);
					}
				}
			}
		}
	}

	private static void add(Shut one, String reason, Map<List<String>, List<Shut>> shut) {
		shut.computeIfAbsent(List.of(one.why, reason), _ -> new ArrayList<>()).add(one);
	}

	private void block(List<Shut> doors, Judgement judgement) {
		Shut first = doors.getFirst();
		List<Blocker.About> about =
				doors.stream().map(one -> new Blocker.About(one.account.id(), probe(one.account.endpoint().protocol()))).toList();
		List<Sighting> words = doors.stream().map(Shut::word).filter(Objects::nonNull).toList();
		if (words.isEmpty()) {
			judgement.block(new Blocker(about, Outcome.UNKNOWN, reason(doors, GateReasons.ACCOUNT_NEVER, GateReasons.ACCOUNTS_NEVER), null));
			return;
		}
		Sighting word = words.getFirst();
		Instant since = words.stream().map(Sighting::firstSeen).min(Comparator.naturalOrder()).orElse(word.firstSeen());
		Instant proven = words.stream().map(Sighting::lastSeen).min(Comparator.naturalOrder()).orElse(word.lastSeen());
		switch (first.why) {
			case GateReasons.ACCOUNT_FAILED -> judgement.block(new Blocker(about, Outcome.FAIL,
					reason(doors, GateReasons.ACCOUNT_FAILED, GateReasons.ACCOUNTS_FAILED, because(since, word)), since));
			case GateReasons.ACCOUNT_UNKNOWN -> judgement.block(new Blocker(about, Outcome.UNKNOWN,
					reason(doors, GateReasons.ACCOUNT_UNKNOWN, GateReasons.ACCOUNTS_UNKNOWN, because(since, word)), since));
			default -> judgement.outdated(about, words.stream().map(w -> w.evidence().outcome()).reduce(Outcome.PASS, Outcome::worst),
					reason(doors, GateReasons.ACCOUNT_STALE, GateReasons.ACCOUNTS_STALE, proven, spec.maxAge()), proven.plus(spec.maxAge()));
		}
	}

	static String probe(Protocol protocol) {
		return protocol.token() + ".login";
	}

	private static Object[] because(Instant since, Sighting word) {
		List<Object> args = new ArrayList<>(List.of(since, word.evidence().reason().id()));
		args.addAll(word.evidence().reason().args());
		return args.toArray();
	}

	private static Reason reason(List<Shut> doors, String one, String several, Object... more) {
		Account account = doors.getFirst().account;
		List<Object> args = new ArrayList<>(List.of(account.mailbox(), account.server().side().token()));
		if (doors.size() == 1) {
			args.addAll(List.of(account.endpoint().protocol().token(), place(account)));
		} else {
			args.add(doors.stream().map(door -> door.account.endpoint().protocol().token() + " " + place(door.account)).collect(Collectors.joining(", ")));
		}
		args.addAll(List.of(more));
		return Reason.of(doors.size() == 1 ? one : several, args.toArray());
	}

	private static String place(Account account) {
		return IpText.withPort(account.address(), account.endpoint().port());
	}
}
