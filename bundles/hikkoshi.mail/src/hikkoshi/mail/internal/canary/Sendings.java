package hikkoshi.mail.internal.canary;

import java.io.IOException;
import java.util.List;

import hikkoshi.core.canary.Canary;
import hikkoshi.core.canary.CanaryPost.Intent;
import hikkoshi.core.canary.CanaryReasons;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Door;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.mail.internal.login.LoginProbe;
import hikkoshi.mail.internal.login.Outcomes;
import hikkoshi.mail.internal.login.SubmissionDialogue;
import hikkoshi.mail.internal.token.Tokens;
import hikkoshi.mail.internal.wire.Journal;
import hikkoshi.mail.internal.wire.Wire;
import hikkoshi.mail.internal.wire.Words;

import org.jspecify.annotations.Nullable;

/// The sending of one canary. Used once.
public final class Sendings {
	private final Canary canary;
	private final ProbeContext context;
	private final Tokens tokens;
	private final Handover handover;
	private @Nullable Reason said;

	public Sendings(Canary canary, ProbeContext context, Intent intent, Tokens tokens) {
		this.canary = canary;
		this.context = context;
		this.tokens = tokens;
		handover = new Handover(canary, context, intent);
	}

	/// With a login. The envelope's sender is the author: a server would take no other.
	///
	/// @throws IOException what the intent threw: nothing was sent
	public Finding login(Account account) throws IOException, InterruptedException {
		try {
			Finding talk = LoginProbe.visiting(CanaryReasons.SEND, Protocol.SUBMISSION, tokens, (session, journal, _) -> {
				if (!(session instanceof SubmissionDialogue smtp)) {
					throw new IllegalStateException("mail goes out by submission");
				}
				said = handover.go(smtp, journal, canary.from().toString());
				return said;
			}).examine(account, context);
			// what the login says of its certificate, say, is not what became of the canary
			return finding(said == null ? talk.reason() : said, talk.facts());
		} catch (Handover.NotKept e) {
			throw notKept(e);
		}
	}

	/// As another server does it: without a login, TLS whatever the certificate (RFC 3207, 4.1: better than none), and with the null sender, so that no bounce
	/// comes back to somebody who knows nothing of it.
	///
	/// @throws IOException what the intent threw: nothing was sent
	public Finding relay(Door door) throws IOException, InterruptedException {
		try (Words words = new Words()) {
			Journal journal = new Journal(words);
			Reason reason = journal.concluded(() -> {
				try (Wire wire = new Wire(door, context, journal).observing()) {
					SubmissionDialogue smtp = new SubmissionDialogue(wire, journal);
					smtp.open(door.endpoint().security());
					said = handover.go(smtp, journal, "");
					smtp.leave();
					return said;
				}
			});
			String place = door.endpoint() + " " + IpText.of(door.address()) + " " + Words.clean(canary.mailbox().address().toString());
			return finding(said == null ? reason : said, journal.facts("canary", place, List.of()));
		} catch (Handover.NotKept e) {
			throw notKept(e);
		}
	}

	private static IOException notKept(Handover.NotKept e) {
		return e.getCause() instanceof IOException io ? io : new IOException(e);
	}

	/// It is not even tried.
	public Finding not(Reason why) {
		return finding(why, Facts.NONE);
	}

	private Finding finding(Reason why, Facts facts) {
		Reason reason = handover.concluded(why);
		Outcome outcome = switch (reason.id()) {
			case CanaryReasons.SENT -> Outcome.PASS;
			case CanaryReasons.REFUSED -> handover.outcome();
			case CanaryReasons.UNSENT -> Outcomes.of(why.id());
			default -> Outcome.UNKNOWN;
		};
		return new Finding(outcome, reason, facts);
	}
}
