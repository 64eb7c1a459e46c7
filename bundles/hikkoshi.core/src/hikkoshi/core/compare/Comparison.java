package hikkoshi.core.compare;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Server;

/// An old and a new server side by side: what each offers, and what the new one lacks with its consequence. A pure function of the migration, its
/// evidence (probes `imap.capability`, `pop3.capa`, `smtp.ehlo`, `imap.profile`, `imap.contents`) and the time.
///
/// | outcome | says |
/// |---|---|
/// | PASS | the same, or more than before |
/// | WARN | somebody will miss something: the reason is the consequence |
/// | UNKNOWN | evidence is missing, too old, or of a door that told nothing |
///
/// The doors of one server count together: what *any* of the old side has may be used by somebody, what *all* of the new side have can be relied on; where
/// the doors of a server disagree, that is a warning of its own. Doors without TLS count only where there are no others.
///
/// @param oldServer where the mail is now
/// @param newServer where it goes
/// @param rows differences first: warnings, what is unknown, other differences, what is the same
public record Comparison(Server oldServer, Server newServer, List<Row> rows) {
	public Comparison {
		rows = List.copyOf(rows);
	}

	/// What a row is about.
	public enum Area {
		/// Where and how a mail program connects.
		DOORS,
		IMAP,
		POP3,
		SUBMISSION,
		SMTP,
		/// What is behind the login.
		MAILBOX;

		/// e.g. `imap`
		public String token() {
			return name().toLowerCase(Locale.ROOT);
		}

		static Area of(Protocol protocol) {
			return switch (protocol) {
				case IMAP -> IMAP;
				case POP3 -> POP3;
				case SUBMISSION -> SUBMISSION;
				case SMTP -> SMTP;
			};
		}
	}

	/// What one side has.
	public enum State {
		YES,
		/// Some of its doors do.
		PARTLY,
		NO,
		UNKNOWN,
		/// The row is not about that side.
		NONE
	}

	/// @param text what it says of it (a number, a name), empty where having it is all there is to say. A server's own words
	public record Cell(State state, String text) {
		static final Cell NO = new Cell(State.NO, "");
		static final Cell NONE = new Cell(State.NONE, "");
		static final Cell UNKNOWN = new Cell(State.UNKNOWN, "");

		static Cell yes(String text) {
			return new Cell(State.YES, text);
		}
	}

	/// @param feature in the words of its protocol (`UIDPLUS`), or an id with a name in `compare.feature.` (`separator`)
	public record Row(Area area, String feature, Cell oldCell, Cell newCell, Outcome outcome, Reason reason) {
		public boolean differs() {
			return !oldCell.equals(newCell) || outcome != Outcome.PASS;
		}

		/// Whose remedy counts where the reason has none of its own.
		public Reason general() {
			return Reason.of(CompareReasons.LACKS, feature, area.token());
		}
	}

	/// @param evidence of this migration
	/// @param now for the age of evidence
	public static Comparison of(Migration migration, Server oldServer, Server newServer, EvidenceView evidence, Instant now) {
		Profiles profiles = new Profiles(migration, oldServer, newServer, evidence, now);
		List<Row> rows = new ArrayList<>(EndpointRows.of(oldServer, newServer));
		for (Protocol protocol : Protocol.values()) {
			DoorsSeen before = DoorsSeen.of(oldServer, protocol, evidence, migration.policy(), now);
			DoorsSeen after = DoorsSeen.of(newServer, protocol, evidence, migration.policy(), now);
			rows.addAll(before.unread());
			rows.addAll(after.unread());
			if (before.exists() && after.exists()) {
				rows.addAll(new FeatureRows(migration, protocol, before, after, profiles).rows());
			}
		}
		rows.addAll(profiles.rows());
		rows.addAll(ContentsRows.of(migration, oldServer, newServer, evidence, now));
		return new Comparison(oldServer, newServer, rows.stream().sorted(ORDER).toList());
	}

	private static final Comparator<Row> ORDER = Comparator.comparingInt(Comparison::rank).thenComparing(Row::area).thenComparing(Row::feature);

	private static int rank(Row row) {
		return switch (row.outcome()) {
			case FAIL, WARN -> 0;
			case UNKNOWN -> 1;
			case PASS -> row.differs() ? 2 : 3;
		};
	}

	public long count(Outcome outcome) {
		return rows.stream().filter(row -> row.outcome() == outcome).count();
	}

	/// UNKNOWN when there is nothing to compare.
	public Outcome worst() {
		return rows.stream().map(Row::outcome).reduce(Outcome::worst).orElse(Outcome.UNKNOWN);
	}
}
