package hikkoshi.mail.internal.discover;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.discover.DiscoveryProbes;
import hikkoshi.core.discover.MailPort;
import hikkoshi.core.discover.PortFact;
import hikkoshi.core.discover.Reach;
import hikkoshi.core.discover.Speech;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.HostPort;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.Reasons;
import hikkoshi.mail.internal.wire.Certificates;
import hikkoshi.mail.internal.wire.Trust;
import hikkoshi.mail.internal.wire.Words;

/// What is at a port: whether it is open, what speaks there and how it is protected, the certificate and whether it would be accepted for the
/// name, and what is offered. Looks at an untrusted certificate too, and says so; sends nothing secret.
///
/// What is expected at the port is tried first. When something else answers, its first words say what to try next; at most [#MOST_TRIES] times.
public final class PortProbe implements Probe<HostPort> {
	/// (protocol, security, name, issuer, not after)
	public static final String OPEN = "discover.port.open";
	/// The same, and the certificate ends soon.
	public static final String ENDS_SOON = "discover.port.ends-soon";
	/// (address, port)
	public static final String CLOSED = "discover.port.closed";
	/// Nothing but clear text. (protocol)
	public static final String CLEAR = "discover.port.clear";
	private static final int MOST_TRIES = 3;
	private static final int MOST_OFFERS = 40;

	@Override
	public String id() {
		return DiscoveryProbes.PORT;
	}

	@Override
	public Class<HostPort> target() {
		return HostPort.class;
	}

	@Override
	public Finding examine(HostPort at, ProbeContext context) throws IOException, InterruptedException {
		Reach reach = Reach.of(context);
		Optional<MailPort> expected = reach.options().expected(at.port());
		// where nothing is expected: a server that speaks first is understood at once, and one that waits is met with TLS
		Attempt attempt = new Attempt(expected.map(MailPort::speech).orElse(Speech.IMAP), expected.map(MailPort::security).orElse(Security.TLS));
		Knock knock = null;
		for (int i = 0; i < MOST_TRIES && attempt != null; i++) {
			Knock now;
			try (Reach.Place _ = reach.enter(at.address())) {
				now = Knock.at(at, attempt, context);
			}
			if (knock == null || now.tells() || !knock.tells()) {
				knock = now;
			}
			attempt = now.next(attempt, expected.isPresent());
		}
		if (knock == null) {
			throw new IllegalStateException("one try is made always");
		}
		return finding(at, expected, knock);
	}

	/// What to try.
	record Attempt(Speech speech, Security security) {}

	private static Finding finding(HostPort at, Optional<MailPort> expected, Knock knock) {
		Reason reason = reason(at, knock);
		PortFact fact = fact(at, expected, knock, reason);
		return new Finding(outcome(fact, reason), reason, PortFact.table(fact));
	}

	private static Outcome outcome(PortFact fact, Reason reason) {
		return switch (fact.state()) {
			case CLOSED -> Outcome.PASS;
			case SILENT -> Outcome.UNKNOWN;
			case OTHER -> reason.id().equals(Reasons.NOT_PROTOCOL) ? Outcome.WARN : Outcome.UNKNOWN;
			case OPEN -> reason.id().equals(OPEN) ? Outcome.PASS : Outcome.WARN;
		};
	}

	private static Reason reason(HostPort at, Knock knock) {
		Reason stopped = knock.stopped();
		if (stopped != null) {
			return stopped.id().equals(Reasons.REFUSED) ? Reason.of(CLOSED, IpText.of(at.address()), at.port()) : stopped;
		}
		if (knock.security() == Security.NONE) {
			return Reason.of(CLEAR, knock.speech().token());
		}
		Optional<Reason> fault = knock.fault();
		if (fault.isPresent()) {
			return fault.get();
		}
		X509Certificate leaf = knock.certificate();
		boolean soon = leaf != null && leaf.getNotAfter().toInstant().isBefore(knock.at().plus(Trust.SOON));
		return Reason.of(soon ? ENDS_SOON : OPEN, knock.speech().token(), knock.security().token(), at.name(), leaf == null ? "" : Certificates.issuer(leaf),
				leaf == null ? "" : leaf.getNotAfter().toInstant());
	}

	private static PortFact fact(HostPort at, Optional<MailPort> expected, Knock knock, Reason reason) {
		String address = IpText.of(at.address());
		String name = at.name().ascii();
		Speech speech = knock.understood() ? as(knock, expected) : null;
		PortFact.State state = state(reason, speech);
		if (state == PortFact.State.CLOSED || state == PortFact.State.SILENT) {
			return PortFact.nothing(address, at.port(), name, state, reason.id());
		}
		X509Certificate leaf = knock.certificate();
		boolean fine = reason.id().equals(OPEN) || reason.id().equals(ENDS_SOON);
		String offers = knock.offers().stream().limit(MOST_OFFERS).map(Words::clean).collect(Collectors.joining("; "));
		String greeting = Words.clean(knock.greeting());
		if (leaf == null) {
			return new PortFact(address, at.port(), name, state, speech, knock.security(), knock.version(), "", "", "", "", "", reason.id(), greeting, offers);
		}
		return new PortFact(address, at.port(), name, state, speech, knock.security(), knock.version(),
				Certificates.names(leaf).stream().limit(MOST_OFFERS).map(Words::clean).collect(Collectors.joining(" ")), Certificates.issuer(leaf),
				leaf.getNotBefore().toInstant().toString(), leaf.getNotAfter().toInstant().toString(), Certificates.sha256(leaf), fine ? PortFact.OK : reason.id(),
				greeting, offers);
	}

	private static PortFact.State state(Reason reason, @Nullable Speech speech) {
		return switch (reason.id()) {
			case CLOSED -> PortFact.State.CLOSED;
			case Reasons.CONNECT_TIMEOUT, Reasons.UNREACHABLE -> PortFact.State.SILENT;
			default -> speech == null ? PortFact.State.OTHER : PortFact.State.OPEN;
		};
	}

	/// SMTP is spoken for relaying and for submission: the port's custom decides, and elsewhere whether a login is offered.
	private static Speech as(Knock knock, Optional<MailPort> expected) {
		if (knock.speech() != Speech.SMTP && knock.speech() != Speech.SUBMISSION) {
			return knock.speech();
		}
		Speech custom = expected.map(MailPort::speech).orElse(Speech.IMAP);
		if (custom == Speech.SMTP || custom == Speech.SUBMISSION) {
			return custom;
		}
		List<String> offers = knock.offers();
		return offers.stream().anyMatch(offer -> offer.startsWith("AUTH")) ? Speech.SUBMISSION : Speech.SMTP;
	}
}
