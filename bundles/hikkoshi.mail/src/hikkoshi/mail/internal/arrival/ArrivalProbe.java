package hikkoshi.mail.internal.arrival;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import hikkoshi.core.arrival.ArrivalReasons;
import hikkoshi.core.arrival.Mark;
import hikkoshi.core.arrival.Marks;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.mail.internal.login.ImapDialogue;
import hikkoshi.mail.internal.login.LoginProbe;
import hikkoshi.mail.internal.login.Outcomes;
import hikkoshi.mail.internal.login.Pop3Dialogue;
import hikkoshi.mail.internal.token.Tokens;

import org.jspecify.annotations.Nullable;

/// Looks into a mailbox for what came since the last look, which the run's [Marks] know: INBOX and the junk folder over IMAP (`EXAMINE`, `PEEK`), the
/// maildrop over POP3 (`TOP n 0`). Changes nothing, reads headers only, and a bounded number of them; the next look goes on from there.
///
/// The facts are a table of the new messages with the marks for the next look; of a look that failed before it found anything, the dialogue.
public final class ArrivalProbe implements Probe<Account> {
	private final Protocol protocol;
	private final Tokens tokens;

	/// @param tokens where access tokens come from, the same for all logins of a leaf
	public ArrivalProbe(Protocol protocol, Tokens tokens) {
		this.protocol = protocol;
		this.tokens = tokens;
	}

	@Override
	public String id() {
		return ArrivalReasons.probe(protocol);
	}

	@Override
	public Class<Account> target() {
		return Account.class;
	}

	@Override
	public boolean appliesTo(Account account) {
		return account.endpoint().protocol() == protocol;
	}

	/// Each look depends on the one before, and a mailbox must not be looked into from two places at once for nothing.
	@Override
	public boolean isRoutine() {
		return false;
	}

	/// What the look came to, which the login around it does not know. For one look.
	private static final class Seen {
		private @Nullable Reason reason;
	}

	@Override
	public Finding examine(Account account, ProbeContext context) throws IOException, InterruptedException {
		List<Mark> before = Marks.of(context.memo()).of(id(), account.id());
		Harvest harvest = new Harvest();
		Seen seen = new Seen();
		Finding talk = LoginProbe.visiting(id(), protocol, tokens, (session, journal, _) -> {
			switch (session) {
				case ImapDialogue imap -> new ImapLook(imap, journal, account, before, harvest).look();
				case Pop3Dialogue pop3 -> new Pop3Look(pop3, journal, account, before, harvest).look();
				default -> throw new IllegalStateException(protocol.token() + " shows no mailbox");
			}
			seen.reason = harvest.reason();
			return seen.reason;
		}).examine(account, context);
		Reason reason = seen.reason;
		Optional<Reason> kept = reason != null ? Optional.of(reason) : harvest.brokenOff(talk.reason());
		if (kept.isPresent()) {
			return new Finding(Harvest.outcome(kept.get().id()), kept.get(), harvest.facts(before).table());
		}
		boolean ours = talk.reason().id().startsWith("arrivals.");
		return new Finding(ours ? Harvest.outcome(talk.reason().id()) : Outcomes.of(talk.reason().id()), talk.reason(), talk.facts());
	}
}
