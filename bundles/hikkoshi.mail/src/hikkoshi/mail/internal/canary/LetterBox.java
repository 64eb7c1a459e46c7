package hikkoshi.mail.internal.canary;

import java.io.IOException;
import java.util.List;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.probe.Finding;
import hikkoshi.mail.internal.wire.Phase;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.report.Letter;
import hikkoshi.core.report.NewsPost;
import hikkoshi.mail.internal.login.LoginProbe;
import hikkoshi.mail.internal.login.SubmissionDialogue;
import hikkoshi.mail.internal.login.SubmissionDialogue.Reply;
import hikkoshi.mail.internal.token.Tokens;
import hikkoshi.mail.internal.wire.Journal;
import hikkoshi.mail.internal.wire.Stop;

/// The sending of one letter with a login. Used once.
public final class LetterBox {
	/// RFC 5321, 4.3.2: go on.
	private static final int GO_ON = 354;

	private final Letter letter;
	private boolean isTaken;

	public LetterBox(Letter letter) {
		this.letter = letter;
	}

	public Finding send(Account account, ProbeContext context, Tokens tokens) throws IOException, InterruptedException {
		Finding talk = LoginProbe.visiting(NewsPost.SENT, Protocol.SUBMISSION, tokens, (session, journal, _) -> {
			if (!(session instanceof SubmissionDialogue smtp)) {
				throw new IllegalStateException("mail goes out by submission");
			}
			return hand(smtp, journal);
		}).examine(account, context);
		// a server that has taken it may say goodbye as it likes
		return new Finding(isTaken ? Outcome.PASS : outcome(talk), talk.reason(), Facts.NONE);
	}

	private static Outcome outcome(Finding talk) {
		if (talk.reason().id().equals(NewsPost.REFUSED)) {
			return Outcome.FAIL;
		}
		return talk.outcome() == Outcome.FAIL ? Outcome.FAIL : Outcome.UNKNOWN;
	}

	private Reason hand(SubmissionDialogue smtp, Journal journal) throws Stop, IOException, InterruptedException {
		journal.begin(Phase.MESSAGE);
		boolean ascii = (letter.from().toString() + letter.to()).chars().allMatch(c -> c < 0x80);
		if (!ascii && !smtp.offer().contains("SMTPUTF8")) {
			return said(NewsPost.REFUSED, journal.keep("SMTPUTF8"));
		}
		for (String command : List.of("MAIL FROM:<" + letter.from() + ">" + (ascii ? "" : " SMTPUTF8"), "RCPT TO:<" + letter.to() + ">")) {
			smtp.tell(command);
			Reply reply = smtp.hear();
			if (!reply.positive()) {
				return said(NewsPost.REFUSED, journal.keep(reply.words()));
			}
		}
		smtp.tell("DATA");
		Reply ready = smtp.hear();
		if (ready.code() != GO_ON) {
			return said(NewsPost.REFUSED, journal.keep(ready.words()));
		}
		smtp.message(letter.bytes());
		Reply reply = smtp.hear();
		isTaken = reply.positive();
		return said(isTaken ? NewsPost.SENT : NewsPost.REFUSED, journal.keep(reply.words()));
	}

	private Reason said(String id, String words) {
		return Reason.of(id, letter.to(), words);
	}
}
