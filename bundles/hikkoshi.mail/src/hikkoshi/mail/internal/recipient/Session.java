package hikkoshi.mail.internal.recipient;

import java.io.IOException;
import java.util.List;

import hikkoshi.core.evidence.Facts.Tree;
import hikkoshi.core.model.Door;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.mail.internal.login.SubmissionDialogue;
import hikkoshi.mail.internal.login.SubmissionDialogue.Reply;
import hikkoshi.mail.internal.wire.Journal;
import hikkoshi.mail.internal.wire.Phase;
import hikkoshi.mail.internal.wire.Stop;
import hikkoshi.mail.internal.wire.Wire;

/// One SMTP connection in which one address after the other is asked for: `MAIL FROM:<>`, `RCPT TO`, never DATA (RFC 5321). For one thread at a time.
///
/// An accepted address ends its transaction (RSET): many servers take one recipient only for the empty sender, since a bounce has no more, and would
/// refuse the second whatever it is. A refused one leaves the transaction as it was.
///
/// A session is given up before the server would: Postfix slows down from the 10th refusal and counts every RSET from the 100th as another, unless it
/// is told otherwise. What a server allows less than that is learnt by [DoorSessions].
final class Session implements AutoCloseable {
	private static final int MOST_REFUSALS = 9;
	private static final int MOST_RESETS = 90;

	private final Wire wire;
	private final SubmissionDialogue dialogue;
	private boolean pipelining;
	private boolean utf8;
	/// MAIL has been accepted and no recipient yet.
	private boolean begun;
	/// The transaction must be ended before the next.
	private boolean spent;
	/// An answer is still to come: whoever asks now would hear another one's.
	private boolean waiting;
	private int answered;
	private int refusals;
	private int resets;

	Session(Door door, ProbeContext context, Journal journal) throws IOException, InterruptedException {
		wire = new Wire(door, context, journal);
		dialogue = new SubmissionDialogue(wire, journal);
	}

	void open(Door door) throws Stop, IOException, InterruptedException {
		dialogue.open(door.endpoint().security());
		List<String> offer = dialogue.offer();
		pipelining = offer.contains("PIPELINING");
		utf8 = offer.stream().anyMatch(item -> item.equals("SMTPUTF8") || item.startsWith("SMTPUTF8 "));
	}

	/// How many addresses the server has answered for in this session.
	int answered() {
		return answered;
	}

	/// Whether another address may be asked for.
	///
	/// @param limit what the server has been seen to allow
	boolean goesOn(int limit) {
		return !waiting && answered < limit && refusals < MOST_REFUSALS && resets < MOST_RESETS;
	}

	/// The next question is another one's.
	void renew(Journal next) {
		dialogue.renew(next);
	}

	void rest() {
		wire.rest();
	}

	/// @throws Stop for any way in which no answer came; the session is then of no more use
	Answer ask(EmailAddress address, Journal journal) throws Stop, IOException, InterruptedException {
		boolean international = !address.localPart().chars().allMatch(c -> c < 0x80);
		if (international && !utf8) {
			return new Answer(Verdict.NOT_ASCII, "");
		}
		journal.begin(Phase.RECIPIENT);
		journal.detail(Tree.of("smtp.question", answered + 1));
		waiting = true;
		Answer answer = transaction(address, international, journal);
		waiting = answer.verdict() == Verdict.ENOUGH;
		answered++;
		journal.value(answer.words());
		return answer;
	}

	private Answer transaction(EmailAddress address, boolean international, Journal journal) throws Stop, IOException, InterruptedException {
		boolean reset = spent || begun && international;
		boolean mail = reset || !begun;
		String sender = international ? "MAIL FROM:<> SMTPUTF8" : "MAIL FROM:<>";
		String recipient = "RCPT TO:<" + address + ">";
		if (pipelining) {
			if (reset) {
				dialogue.tell("RSET");
			}
			if (mail) {
				dialogue.tell(sender);
			}
			dialogue.tell(recipient);
		}
		if (reset) {
			resets++;
			Reply reply = hear("RSET");
			if (!reply.positive()) {
				return new Answer(Verdict.ENOUGH, journal.keep(reply.words()));
			}
		}
		if (mail) {
			begun = false;
			Reply reply = hear(sender);
			if (!reply.positive()) {
				return noSender(reply, journal);
			}
		}
		Reply reply = hear(recipient);
		begun = true;
		spent = reply.positive() || international;
		refusals += reply.positive() ? 0 : 1;
		return new Answer(Verdict.of(reply), journal.keep(reply.words()));
	}

	private Answer noSender(Reply mail, Journal journal) throws Stop, IOException, InterruptedException {
		spent = false;
		refusals++;
		Answer answer = new Answer(Verdict.ofMail(mail), journal.keep(mail.words()));
		if (pipelining && answer.verdict() != Verdict.ENOUGH) {
			// "MAIL first", to the RCPT that was under way
			dialogue.hear();
			refusals++;
		}
		return answer;
	}

	/// Told already where the server takes several commands at once.
	private Reply hear(String command) throws Stop, IOException, InterruptedException {
		if (!pipelining) {
			dialogue.tell(command);
		}
		return dialogue.hear();
	}

	/// Takes leave as far as the server listens, then closes.
	void leave(Journal journal) throws InterruptedException {
		try {
			if (!waiting) {
				dialogue.renew(journal);
				dialogue.leave();
			}
		} finally {
			close();
		}
	}

	@Override
	public void close() {
		wire.close();
	}
}
