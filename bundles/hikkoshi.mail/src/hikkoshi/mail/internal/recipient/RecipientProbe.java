package hikkoshi.mail.internal.recipient;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import hikkoshi.core.evidence.Facts.Tree;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Presence;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Recipient;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.PresenceReasons;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.mail.internal.wire.Journal;
import hikkoshi.mail.internal.wire.Stop;
import hikkoshi.mail.internal.wire.Words;

/// Asks a server at its SMTP door, reached by IP address and proven by name, whether it receives for an address: `MAIL FROM:<>` and `RCPT TO`, then
/// never DATA. A random address of the same domain is asked for first, once per run: a server that takes that one would take any. For a catch-all that
/// is the proof.
///
/// Addresses share connections ([DoorSessions]); the facts say which question over its connection it was, and hold the dialogue about this address alone.
public final class RecipientProbe implements Probe<Presence> {
	@Override
	public String id() {
		return PresenceReasons.PROBE;
	}

	@Override
	public Class<Presence> target() {
		return Presence.class;
	}

	@Override
	public boolean appliesTo(Presence presence) {
		return presence.door().endpoint().protocol() == Protocol.SMTP;
	}

	@Override
	public Finding examine(Presence presence, ProbeContext context) throws IOException, InterruptedException {
		try (Words words = new Words()) {
			Journal journal = new Journal(words);
			List<Tree> control = new ArrayList<>();
			Reason reason = journal.concluded(() -> ask(presence, context, journal, control));
			String place = presence.door().endpoint() + " " + IpText.of(presence.door().address()) + " " + Words.clean(presence.recipient().toString());
			return new Finding(Answer.outcome(reason.id()), reason, journal.facts("recipient", place, control));
		}
	}

	private static Reason ask(Presence presence, ProbeContext context, Journal journal, List<Tree> facts)
			throws Stop, IOException, InterruptedException {
		DomainName domain = presence.recipient().domain();
		try (Turn turn = DoorSessions.of(presence.door(), context).turn(journal)) {
			Turn.Control control = turn.control(domain);
			facts.add(Tree.of("recipient.control", Words.clean(control.address().toString()), Tree.of("recipient.words", control.answer().words())));
			if (presence.recipient().localPart().equals(Recipient.ANY)) {
				return Answer.judgeCatchAll(control.answer(), domain);
			}
			return Answer.judge(turn.ask(presence.recipient()), control.answer(), domain);
		}
	}
}
