package hikkoshi.core.tests.watch;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.arrival.Arrival;
import hikkoshi.core.arrival.ArrivalFacts;
import hikkoshi.core.arrival.ArrivalLog;
import hikkoshi.core.arrival.ArrivalReasons;
import hikkoshi.core.arrival.CanaryToken;
import hikkoshi.core.arrival.Mark;
import hikkoshi.core.canary.CanaryReasons;
import hikkoshi.core.canary.CanaryRoute;
import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.ledger.Source;
import hikkoshi.core.ledger.WatchRow;
import hikkoshi.core.ledger.WatchTable;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Wave;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.probe.DnsStatus;
import hikkoshi.core.tests.gate.MemoryEvidence;
import hikkoshi.core.watch.DomainWatch;

/// A domain with mailboxes whose DNS and mail are looked at now and then; time is in seconds since [#ZERO].
public final class Scene {
	public static final Instant ZERO = Instant.parse("2026-03-01T12:00:00Z");
	public static final int HOUR = 3_600;
	/// What the policy wants to stay quiet.
	static final int QUIET = (int) Policy.DEFAULT.quiet().toSeconds();
	public static final CanaryRoute OLD_WAY = new CanaryRoute.Submission(Side.OLD);
	public static final CanaryRoute NEW_WAY = new CanaryRoute.Submission(Side.NEW);
	private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

	public final MemoryEvidence evidence = new MemoryEvidence();
	public final Migration migration;
	public final Domain domain = new Domain(DomainName.parse("example.org"), "main", "mx-old", "mx-new");
	private final List<WatchRow> rows = new ArrayList<>();
	private int canaries;
	private int messages;

	public Scene(String... mailboxes) {
		this(Policy.DEFAULT, mailboxes);
	}

	public Scene(Policy policy, String... mailboxes) {
		List<Endpoint> doors = List.of(new Endpoint(Protocol.IMAP, 993, Security.TLS), new Endpoint(Protocol.SUBMISSION, 465, Security.TLS),
				new Endpoint(Protocol.SMTP, 25, Security.STARTTLS));
		List<Server> servers = List.of(new Server("mx-old", Side.OLD, DomainName.parse("mail.old.example"), List.of(InetAddress.ofLiteral("192.0.2.1")), doors, List.of()),
				new Server("mx-new", Side.NEW, DomainName.parse("mail.new.example"), List.of(InetAddress.ofLiteral("192.0.2.2")), doors, List.of()));
		List<Mailbox> roster = new ArrayList<>();
		for (String each : mailboxes) {
			roster.add(new Mailbox(EmailAddress.parse(each + "@example.org"), each, each, "main", "", roster.size() + 2));
		}
		migration = new Migration("test", servers, List.of(domain), List.of(new Wave("main", null)), roster, DnsSettings.DEFAULT, List.of(), policy);
	}

	public static Instant at(double seconds) {
		return ZERO.plusMillis((long) (seconds * 1000));
	}

	public static Source ns(int number) {
		return new Source(Source.Kind.AUTHORITATIVE, "ns" + number + ".example.net", "192.0.2." + (50 + number));
	}

	public static Source cache(int number) {
		return new Source(Source.Kind.RESOLVER, "cache" + number, "192.0.2." + (80 + number));
	}

	public Scene mx(Source source, Side side, long ttl) {
		rows.add(new WatchRow(source, false, new RecordSet.Key("example.org.", "MX"), DnsStatus.ANSWER, "qr aa", ttl, "10 mail." + side.token() + ".example.",
				WatchRow.How.DIRECT, null, 3));
		return this;
	}

	public Scene silent(Source source) {
		rows.add(new WatchRow(source, false, new RecordSet.Key("example.org.", "MX"), DnsStatus.TIMEOUT, "", -1, "", WatchRow.How.DIRECT, null, 3));
		return this;
	}

	public void look(double at) {
		StringBuilder digest = new StringBuilder();
		rows.forEach(row -> digest.append(row.source().place()).append(row.status()).append(row.ttl()).append(row.data()).append(';'));
		evidence.add(new Evidence(WatchTable.PROBE, domain.id(), at(at), Duration.ofMillis(100), Outcome.PASS, Reason.of("dns.watch.agree", domain.name(), digest, 0),
				WatchTable.of(rows)));
		rows.clear();
	}

	private Account account(Mailbox mailbox, Side side) {
		return ArrivalLog.watched(migration, mailbox, side).orElseThrow();
	}

	Mailbox mailbox(String user) {
		return migration.mailboxes().stream().filter(each -> each.oldUser().equals(user)).findFirst().orElseThrow();
	}

	/// A look into every mailbox of a side that finds nothing.
	public void quiet(Side side, double at) {
		migration.mailboxes().forEach(mailbox -> seen(mailbox, side, at, Reason.of(ArrivalReasons.QUIET)));
	}

	/// Looks every hour, as a watch would.
	public void quiet(double from, double until) {
		for (double at = from; at <= until; at += HOUR) {
			quiet(Side.OLD, at);
			quiet(Side.NEW, at);
		}
	}

	public void hole(String user, Side side, double at) {
		seen(mailbox(user), side, at, Reason.of(ArrivalReasons.HOLE, "INBOX", "uidvalidity", 0, "INBOX:" + at));
	}

	private void seen(Mailbox mailbox, Side side, double at, Reason reason, Arrival... arrivals) {
		evidence.add(new Evidence(ArrivalReasons.IMAP_PROBE, account(mailbox, side).id(), at(at), Duration.ZERO, Outcome.PASS, reason,
				new ArrivalFacts(List.of(new Mark.Imap("INBOX", 1, 10, -1, 9)), List.of(arrivals)).table()));
	}

	public void arrives(String user, Side side, double came, double noticed, @Nullable CanaryToken canary) {
		messages++;
		Arrival arrival = new Arrival("INBOX", String.valueOf(messages), at(came), null,
				new Arrival.Sender("mx.sender.example", "mx.sender.example", "198.51.100.7", "mail.example", "ESMTPS", "q" + messages), "", "x@sender.example",
				"m" + messages + "@sender.example", canary == null ? "" : canary.text(), List.of(), 100);
		seen(mailbox(user), side, noticed, Reason.of(ArrivalReasons.NEW, 1, canary == null ? 0 : 1, "INBOX:" + messages), arrival);
	}

	public CanaryToken sends(String user, CanaryRoute route, double at) {
		canaries++;
		StringBuilder text = new StringBuilder();
		for (int i = 0, rest = canaries; i < 26; i++, rest /= LETTERS.length()) {
			text.append(LETTERS.charAt(rest % LETTERS.length()));
		}
		CanaryToken token = new CanaryToken(text.toString());
		evidence.add(new Evidence(CanaryReasons.SEND, mailbox(user).id(), at(at), Duration.ZERO, Outcome.PASS, Reason.of(CanaryReasons.SENT, token, route.token(), "250 ok"),
				Facts.NONE));
		return token;
	}

	/// Enough canaries by both ways, each arriving on a side a minute later.
	public void canaries(String user, Side side, double from) {
		for (int i = 0; i < Policy.DEFAULT.canaries(); i++) {
			for (CanaryRoute route : List.of(OLD_WAY, NEW_WAY)) {
				double sent = from + 600 * i;
				arrives(user, side, sent + 60, sent + 90, sends(user, route, sent));
			}
		}
	}

	public DomainWatch watch(double now) {
		return DomainWatch.of(domain, migration, evidence, null, at(now));
	}
}
