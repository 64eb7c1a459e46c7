package hikkoshi.core.gate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
			wanted.forEach(account -> judge(account, evidence, judgement));
		}
	}

	private void judge(Account account, EvidenceView evidence, Judgement judgement) {
		String probe = probe(account.endpoint().protocol());
		Optional<Sighting> latest = evidence.latest(probe, account.id());
		if (latest.isEmpty()) {
			judgement.block(account.id(), probe, Outcome.UNKNOWN, reason(GateReasons.ACCOUNT_NEVER, account), null);
			return;
		}
		Sighting sighting = latest.get();
		switch (sighting.evidence().outcome()) {
			case FAIL -> judgement.block(account.id(), probe, Outcome.FAIL, because(GateReasons.ACCOUNT_FAILED, account, sighting),
					sighting.firstSeen());
			case UNKNOWN -> judgement.block(account.id(), probe, Outcome.UNKNOWN, because(GateReasons.ACCOUNT_UNKNOWN, account, sighting),
					sighting.firstSeen());
			case PASS, WARN -> {
				if (judgement.fresh(sighting, spec.maxAge(),
						() -> reason(GateReasons.ACCOUNT_STALE, account, sighting.lastSeen(), spec.maxAge()))) {
					judgement.proven(sighting);
				}
			}
		}
	}

	static String probe(Protocol protocol) {
		return protocol.token() + ".login";
	}

	private static Reason because(String id, Account account, Sighting sighting) {
		List<Object> args = new ArrayList<>();
		args.add(sighting.firstSeen());
		args.add(sighting.evidence().reason().id());
		args.addAll(sighting.evidence().reason().args());
		return reason(id, account, args.toArray());
	}

	private static Reason reason(String id, Account account, Object... more) {
		List<Object> args = new ArrayList<>(List.of(account.mailbox(), account.server().side().token(), account.endpoint().protocol().token(),
				place(account)));
		args.addAll(List.of(more));
		return Reason.of(id, args.toArray());
	}

	private static String place(Account account) {
		return IpText.withPort(account.address(), account.endpoint().port());
	}
}
