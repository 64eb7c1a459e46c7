package hikkoshi.mail.internal.recipient;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.mail.internal.login.LoginProbe;
import hikkoshi.mail.internal.login.Outcomes;
import hikkoshi.mail.internal.login.SubmissionDialogue;
import hikkoshi.mail.internal.login.SubmissionDialogue.Reply;
import hikkoshi.mail.internal.token.Tokens;
import hikkoshi.mail.internal.wire.Journal;
import hikkoshi.mail.internal.wire.Phase;
import hikkoshi.mail.internal.wire.Stop;

/// Whether a server takes a domain for its own when one of its users sends: logs in for submission, names the user as sender and a random address of the
/// user's own domain as recipient, and takes it back (`RSET`). A server that says "no such user" keeps the domain itself, whatever MX says: on the old side
/// its users' mail to each other would go on staying there after the cutover. One that takes the address either passes it on or has a catch-all: a canary by
/// that way tells. Never says DATA.
public final class LocalProbe implements Probe<Account> {
	private final Tokens tokens;

	/// @param tokens where access tokens come from, the same for all logins of a leaf
	public LocalProbe(Tokens tokens) {
		this.tokens = tokens;
	}

	@Override
	public String id() {
		return "submission.local";
	}

	@Override
	public Class<Account> target() {
		return Account.class;
	}

	@Override
	public boolean appliesTo(Account account) {
		return account.endpoint().protocol() == Protocol.SUBMISSION;
	}

	/// A login more, and an address that does not exist in the server's log.
	@Override
	public boolean isRoutine() {
		return false;
	}

	@Override
	public Finding examine(Account account, ProbeContext context) throws IOException, InterruptedException {
		return LoginProbe.looking(id(), Protocol.SUBMISSION, tokens, (session, journal, _) -> {
			if (!(session instanceof SubmissionDialogue submission)) {
				throw new IllegalStateException("only submission takes mail");
			}
			return ask(submission, journal, account);
		}).examine(account, context);
	}

	private static Reason ask(SubmissionDialogue session, Journal journal, Account account) throws Stop, IOException, InterruptedException {
		journal.begin(Phase.MAILBOX);
		EmailAddress sender = account.mailbox();
		EmailAddress nobody = new EmailAddress(Turn.CHECK + Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36), sender.domain());
		boolean ascii = (sender.toString() + nobody).chars().allMatch(c -> c < 0x80);
		if (!ascii && !session.offer().contains("SMTPUTF8")) {
			return Reason.of(Outcomes.LOCAL_UNKNOWN, sender.domain(), journal.keep("SMTPUTF8"));
		}
		for (String command : List.of("MAIL FROM:<" + sender + ">" + (ascii ? "" : " SMTPUTF8"), "RCPT TO:<" + nobody + ">")) {
			session.tell(command);
			Reply reply = session.hear();
			if (!reply.positive()) {
				return command.startsWith("MAIL") ? Reason.of(Outcomes.LOCAL_UNKNOWN, sender.domain(), journal.keep(reply.words()))
						: refused(Verdict.of(reply), account, journal.keep(reply.words()));
			}
		}
		session.tell("RSET");
		session.hear();
		return Reason.of(Outcomes.LOCAL_ACCEPTED, sender.domain(), account.server().key());
	}

	private static Reason refused(Verdict verdict, Account account, String words) {
		return switch (verdict) {
			case MISSING, MISSING_NOW ->
				Reason.of(account.server().side() == Side.OLD ? Outcomes.LOCAL_OLD : Outcomes.LOCAL_NEW, account.mailbox().domain(), account.server().key(), words);
			case ACCEPTED, CANNOT_VERIFY, NOT_LOCAL, DISABLED, FULL, POLICY, REFUSED, GREYLISTED, LATER, NULL_SENDER, NOT_ASCII, ENOUGH ->
				Reason.of(Outcomes.LOCAL_UNKNOWN, account.mailbox().domain(), words);
		};
	}
}
