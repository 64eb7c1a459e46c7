package hikkoshi.mail.internal.arrival;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import hikkoshi.core.arrival.ArrivalReasons;
import hikkoshi.core.arrival.Mark;
import hikkoshi.core.arrival.Marks;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Authentication;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.Reasons;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.mail.internal.login.Credentials;
import hikkoshi.mail.internal.login.ImapDialogue;
import hikkoshi.mail.internal.login.LoginProbe;
import hikkoshi.mail.internal.login.Outcomes;
import hikkoshi.mail.internal.login.Pop3Dialogue;
import hikkoshi.mail.internal.token.Tokens;
import hikkoshi.mail.internal.wire.Journal;
import hikkoshi.mail.internal.wire.Phase;
import hikkoshi.mail.internal.wire.Stop;
import hikkoshi.mail.internal.wire.Words;

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

	/// Over IMAP a mailbox whose connection stands costs what it takes to ask whether there is news: one command where the server knows LIST-STATUS.
	/// Whatever goes wrong then is found out anew over another connection, and told from there.
	@Override
	public Optional<Finding> resume(Account account, ProbeContext context) throws InterruptedException {
		if (protocol != Protocol.IMAP) {
			// a POP3 session is one look at a locked maildrop (RFC 1939, 3 and 6): nothing is worth keeping
			return Optional.empty();
		}
		try {
			Optional<KeptSessions> kept = KeptSessions.of(context);
			Optional<KeptSessions.Taken> taken = kept.flatMap(sessions -> sessions.take(account, account.id(), context.clock().instant()));
			return taken.isEmpty() ? Optional.empty() : again(account, context, taken.get());
		} catch (IOException e) {
			return Optional.empty();
		}
	}

	private Optional<Finding> again(Account account, ProbeContext context, KeptSessions.Taken taken) throws IOException, InterruptedException {
		List<Mark> before = Marks.of(context.memo()).of(id(), taken.id());
		try (taken; Words words = new Words()) {
			Journal journal = new Journal(words);
			Harvest harvest = new Harvest();
			new ImapLook(taken.wake(context, journal), journal, account, before, harvest, () -> hide(account, context, words)).look();
			Reason reason = harvest.reason();
			taken.keep(context.clock().instant());
			return Optional.of(new Finding(Harvest.outcome(reason.id()), reason, harvest.facts(before).table()));
		} catch (Stop e) {
			taken.lost(e.reason());
			return Optional.empty();
		}
	}

	/// The password is not kept with the connection. Before words of the server are, it must be known again, since a server can send it back.
	private static void hide(Account account, ProbeContext context, Words words) throws Stop, IOException, InterruptedException {
		if (account.server().authentication() instanceof Authentication.OAuth) {
			// the token of then is not known any more
			throw new Stop(Reasons.CLOSED, Phase.MAILBOX.token());
		}
		Optional<Secret> secret = context.secrets().find(CredentialId.of(account));
		if (secret.isEmpty()) {
			throw new Stop(Reasons.NO_SECRET, CredentialId.of(account).user(), account.server().key());
		}
		try (Secret known = secret.get()) {
			Credentials.of(account, known, words).close();
		}
	}

	@Override
	public Finding examine(Account account, ProbeContext context) throws IOException, InterruptedException {
		List<Mark> before = Marks.of(context.memo()).of(id(), account.id());
		Harvest harvest = new Harvest();
		Seen seen = new Seen();
		Optional<KeptSessions> sessions = KeptSessions.of(context);
		Finding talk = LoginProbe.visiting(id(), protocol, tokens, (session, journal, _) -> {
			switch (session) {
				case ImapDialogue imap -> new ImapLook(imap, journal, account, before, harvest, () -> {}).look();
				case Pop3Dialogue pop3 -> new Pop3Look(pop3, journal, account, before, harvest).look();
				default -> throw new IllegalStateException(protocol.token() + " shows no mailbox");
			}
			seen.reason = harvest.reason();
			return seen.reason;
		}, (session, reason) -> session instanceof ImapDialogue imap && Harvest.outcome(reason.id()) != Outcome.UNKNOWN
				&& sessions.filter(open -> open.keep(account, account.id(), imap, context.clock().instant())).isPresent()).examine(account, context);
		sessions.ifPresent(open -> open.heard(account, talk.reason(), context.clock().instant()));
		Reason reason = seen.reason;
		Optional<Reason> kept = reason != null ? Optional.of(reason) : harvest.brokenOff(talk.reason());
		if (kept.isPresent()) {
			return new Finding(Harvest.outcome(kept.get().id()), kept.get(), harvest.facts(before).table());
		}
		boolean ours = talk.reason().id().startsWith("arrivals.");
		return new Finding(ours ? Harvest.outcome(talk.reason().id()) : Outcomes.of(talk.reason().id()), talk.reason(), talk.facts());
	}
}
