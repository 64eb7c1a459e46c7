package hikkoshi.mail.internal.discover;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.discover.Speech;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Door;
import hikkoshi.core.model.HostPort;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.Reasons;
import hikkoshi.mail.internal.discover.PortProbe.Attempt;
import hikkoshi.mail.internal.login.Dialogue;
import hikkoshi.mail.internal.wire.Doors;
import hikkoshi.mail.internal.wire.Journal;
import hikkoshi.mail.internal.wire.Stop;
import hikkoshi.mail.internal.wire.TlsChannel;
import hikkoshi.mail.internal.wire.Trust;
import hikkoshi.mail.internal.wire.Wire;
import hikkoshi.mail.internal.wire.Words;

/// One connection of a port probe and what came of it.
///
/// @param at when it began
/// @param security what was in force in the end
/// @param understood whether the protocol that was tried is spoken there
/// @param greeting first words, hostile
/// @param stopped why the talk ended early; null when it went as it should
/// @param inspection of the certificate, when it came so far
record Knock(
		Instant at, Speech speech, Security security, boolean understood, String greeting, List<String> offers, @Nullable Reason stopped,
		Trust.@Nullable Inspection inspection) {
	static Knock at(HostPort at, Attempt attempt, ProbeContext context) throws IOException, InterruptedException {
		Instant began = context.clock().instant();
		Door door = Doors.of(at.name(), at.address(), at.port(), attempt.security());
		try (Words words = new Words()) {
			Journal journal = new Journal(words);
			try (Wire wire = new Wire(door, context, journal).observing()) {
				Talk talk = attempt.speech() == Speech.SIEVE ? new SieveTalk(wire, journal)
						: new Spoken(Dialogue.of(attempt.speech().protocol().orElse(Protocol.SMTP), wire, journal));
				Reason stopped = null;
				try {
					talk.open(attempt.security());
				} catch (Stop stop) {
					stopped = stop.reason();
				} catch (IOException e) {
					if (Thread.interrupted()) {
						throw new InterruptedException();
					}
					stopped = Reason.of(Reasons.UNEXPECTED, e.getClass().getName(), Words.clean(String.valueOf(e.getMessage())));
				}
				if (stopped == null) {
					talk.leave();
				}
				return result(began, attempt, talk, wire, stopped);
			}
		}
	}

	private static Knock result(Instant began, Attempt attempt, Talk talk, Wire wire, @Nullable Reason stopped) {
		TlsChannel tls = wire.tls();
		Trust.Inspection inspection = tls == null || tls.inspection().certificate().isEmpty() ? null : tls.inspection();
		boolean handshaken = inspection != null && (stopped == null || !talk.said().isEmpty() && !stopped.id().startsWith("tls."));
		boolean greeted = !talk.said().isEmpty() && (stopped == null || !stopped.id().equals(Reasons.NOT_PROTOCOL));
		String words = talk.said().isEmpty() && stopped != null && isWords(stopped) ? stopped.args().getLast() : talk.said();
		return new Knock(began, attempt.speech(), handshaken ? attempt.security() : Security.NONE, greeted, words, talk.offers(), stopped, inspection);
	}

	private static boolean isWords(Reason stopped) {
		return stopped.id().equals(Reasons.NOT_PROTOCOL) || stopped.id().equals(Reasons.TLS_PLAINTEXT);
	}

	/// One protocol's way to its capabilities.
	interface Talk {
		void open(Security security) throws Stop, IOException, InterruptedException;

		/// The greeting's first line; empty when none came.
		String said();

		/// What is offered, the protected list where there is one.
		List<String> offers();

		void leave() throws InterruptedException;
	}

	private static final class Spoken implements Talk {
		private final Dialogue dialogue;
		private List<String> offers = List.of();

		Spoken(Dialogue dialogue) {
			this.dialogue = dialogue;
		}

		@Override
		public void open(Security security) throws Stop, IOException, InterruptedException {
			dialogue.open(security);
			offers = List.copyOf(dialogue.offer());
		}

		@Override
		public String said() {
			return dialogue.said();
		}

		@Override
		public List<String> offers() {
			return offers.isEmpty() ? dialogue.before() : offers;
		}

		@Override
		public void leave() throws InterruptedException {
			dialogue.leave();
		}
	}

	Optional<Reason> fault() {
		return inspection == null ? Optional.empty() : inspection.fault();
	}

	@Nullable
	X509Certificate certificate() {
		return inspection == null ? null : inspection.certificate().orElse(null);
	}

	String version() {
		return inspection == null ? "" : inspection.version();
	}

	/// Whether it says more than that something is there.
	boolean tells() {
		return understood;
	}

	/// What to try next; null when more would tell nothing.
	@Nullable
	Attempt next(Attempt tried, boolean registered) {
		Reason reason = stopped;
		if (reason == null) {
			return null;
		}
		return switch (reason.id()) {
			case Reasons.NOT_PROTOCOL -> heard(reason.args().getLast()).filter(other -> other != tried.speech()).map(other -> new Attempt(other, tried.security())).orElse(null);
			case Reasons.TLS_PLAINTEXT -> new Attempt(heard(reason.args().getLast()).orElse(tried.speech()), Security.STARTTLS);
			// silence where a greeting was due: a server that waits for TLS
			case Reasons.READ_TIMEOUT -> registered && tried.security() == Security.STARTTLS && greeting.isEmpty() ? new Attempt(tried.speech(), Security.TLS) : null;
			default -> null;
		};
	}

	/// Which protocol begins like this.
	private static Optional<Speech> heard(String words) {
		String upper = words.stripLeading().toUpperCase(Locale.ROOT);
		if (upper.startsWith("* OK") || upper.startsWith("* BYE") || upper.startsWith("* PREAUTH")) {
			return Optional.of(Speech.IMAP);
		}
		if (upper.startsWith("+OK") || upper.startsWith("-ERR")) {
			return Optional.of(Speech.POP3);
		}
		if (upper.startsWith("\"IMPLEMENTATION\"") || upper.startsWith("OK ")) {
			return Optional.of(Speech.SIEVE);
		}
		return upper.matches("(?s)(220|421|554)[ -].*") ? Optional.of(Speech.SMTP) : Optional.empty();
	}
}
