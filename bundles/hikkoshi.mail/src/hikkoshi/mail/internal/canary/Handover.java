package hikkoshi.mail.internal.canary;

import java.io.IOException;
import java.util.List;

import hikkoshi.core.canary.Canary;
import hikkoshi.core.canary.CanaryMessage;
import hikkoshi.core.canary.CanaryPost.Intent;
import hikkoshi.core.canary.CanaryReasons;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.mail.internal.login.SubmissionDialogue;
import hikkoshi.mail.internal.login.SubmissionDialogue.Reply;
import hikkoshi.mail.internal.wire.Journal;
import hikkoshi.mail.internal.wire.Phase;
import hikkoshi.mail.internal.wire.Stop;

/// One message over one SMTP session (RFC 5321, 3.3): knows at each moment whether it may have been taken. For one session.
final class Handover {
	/// RFC 5321, 4.3.2: go on.
	private static final int GO_ON = 354;

	private enum Reached {
		/// Nothing of the message was said.
		NOTHING,
		/// Its end was said, and no answer has come.
		END,
		/// The server has answered.
		ANSWER
	}

	private final Canary canary;
	private final ProbeContext context;
	private final Intent intent;
	private Reached reached = Reached.NOTHING;
	private Outcome outcome = Outcome.UNKNOWN;

	Handover(Canary canary, ProbeContext context, Intent intent) {
		this.canary = canary;
		this.context = context;
		this.intent = intent;
	}

	/// What the log could not keep. Carried past the wire's own failures.
	static final class NotKept extends RuntimeException {
		private static final long serialVersionUID = 1L;

		NotKept(IOException cause) {
			super(cause);
		}
	}

	/// @param sender the address of the envelope; empty for the null sender
	Reason go(SubmissionDialogue session, Journal journal, String sender) throws Stop, IOException, InterruptedException {
		journal.begin(Phase.MESSAGE);
		List<String> offer = session.offer();
		boolean ascii = (sender + canary.mailbox().address()).chars().allMatch(c -> c < 0x80);
		if (!ascii && !offer.contains("SMTPUTF8")) {
			reached = Reached.ANSWER;
			outcome = Outcome.FAIL;
			return said(CanaryReasons.REFUSED, journal.keep("SMTPUTF8"));
		}
		byte[] message = CanaryMessage.of(canary, context.clock().instant());
		String size = offer.stream().anyMatch(item -> item.equals("SIZE") || item.startsWith("SIZE ")) ? " SIZE=" + message.length : "";
		for (String command : List.of("MAIL FROM:<" + sender + ">" + size + (ascii ? "" : " SMTPUTF8"), "RCPT TO:<" + canary.mailbox().address() + ">")) {
			session.tell(command);
			Reply reply = session.hear();
			if (!reply.positive()) {
				return refused(reply, journal);
			}
		}
		try {
			intent.write();
		} catch (IOException e) {
			throw new NotKept(e);
		}
		session.tell("DATA");
		Reply ready = session.hear();
		if (ready.code() != GO_ON) {
			return refused(ready, journal);
		}
		reached = Reached.END;
		session.message(message);
		Reply reply = session.hear();
		reached = Reached.ANSWER;
		if (!reply.positive()) {
			return refused(reply, journal);
		}
		outcome = Outcome.PASS;
		journal.value(reply.words());
		return said(CanaryReasons.SENT, journal.keep(reply.words()));
	}

	/// "Not now" is no refusal for good, but no message has been taken either.
	private Reason refused(Reply reply, Journal journal) {
		reached = Reached.ANSWER;
		outcome = reply.code() / 100 == 4 ? Outcome.UNKNOWN : Outcome.FAIL;
		journal.value(reply.words());
		return said(CanaryReasons.REFUSED, journal.keep(reply.words()));
	}

	private Reason said(String id, String words) {
		return Reason.of(id, canary.token(), canary.route().token(), words);
	}

	/// What it comes to when the talk ended with this.
	Reason concluded(Reason why) {
		if (reached == Reached.ANSWER && why.id().startsWith("canary.")) {
			return why;
		}
		Object[] args = new Object[why.args().size() + 3];
		args[0] = canary.token();
		args[1] = canary.route().token();
		args[2] = why.id();
		for (int i = 0; i < why.args().size(); i++) {
			args[i + 3] = why.args().get(i);
		}
		return Reason.of(reached == Reached.END ? CanaryReasons.IN_DOUBT : CanaryReasons.UNSENT, args);
	}

	Outcome outcome() {
		return outcome;
	}

	boolean isAnswered() {
		return reached == Reached.ANSWER;
	}
}
