package hikkoshi.ui.tests.harness;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.runtime.CoreException;

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
import hikkoshi.core.model.Domain;
import hikkoshi.core.probe.DnsStatus;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Side;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.workspace.Migrations;

/// A project with several domains in two waves, and the evidence of a watch of some days: one domain that has ended, one to which a stranger still writes, one
/// whose servers are late, and others about which little is known.
public record Watched(Project project, Migration migration, Instant now) implements AutoCloseable {
	private static final String YAML = """
			format: hikkoshi/1
			name: Test
			servers:
			  old:
			    - key: old
			      name: mail.old.example
			      addresses: ["127.0.0.1"]
			      endpoints: [imap:%1$d/tls, "submission:465/tls", "smtp:25/starttls"]
			  new:
			    - key: new
			      name: mail.new.example
			      addresses: ["127.0.0.2"]
			      endpoints: [imap:%1$d/tls, "submission:465/tls", "smtp:25/starttls"]
			waves:
			  - {key: first}
			  - {key: second}
			domains:
			""";
	private static final int HOURS = 168;
	private static final int CUTOVER = 60;
	private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

	/// @param domains how many, three at least
	public static Watched create(int domains) throws CoreException, IOException {
		Project project = Project.create();
		StringBuilder yaml = new StringBuilder(YAML.formatted(1993));
		StringBuilder csv = new StringBuilder("address,old_user,new_user,wave,note\n");
		for (int i = 0; i < domains; i++) {
			String wave = i < 2 ? "first" : "second";
			yaml.append("  - {name: ").append(name(i)).append(", wave: ").append(wave).append(", old: old, new: new}\n");
			csv.append("ann@").append(name(i)).append(",ann").append(i).append(",ann@").append(name(i)).append(",,\n");
		}
		project.write("mailboxes.csv", csv.toString());
		project.write("migration.yaml", yaml.toString());
		Migration migration = Rehearsed.service(Migrations.class).load(project.project()).migration().orElseThrow();
		Watched watched = new Watched(project, migration, Instant.now().truncatedTo(ChronoUnit.SECONDS));
		project.select();
		return watched;
	}

	public static String name(int domain) {
		return "d" + domain + ".example";
	}

	/// What a watch of a week would have left.
	public Watched filled() throws IOException {
		List<Evidence> all = new ArrayList<>();
		for (int i = 0; i < migration.domains().size(); i++) {
			domain(i, all);
		}
		all.sort((one, other) -> one.at().compareTo(other.at()));
		Project.logs().append(project.project(), all);
		return this;
	}

	private Instant hours(double since) {
		return now.minus(Duration.ofMinutes((long) (60 * (HOURS - since))));
	}

	private void domain(int i, List<Evidence> all) {
		Domain domain = migration.domains().get(i);
		Mailbox mailbox = migration.mailboxes().get(i);
		// the third is late with its servers, those after it are looked at only now and then
		int step = i < 3 ? 2 : 24;
		for (int hour = 0; hour <= HOURS; hour += step) {
			boolean isNew = hour >= CUTOVER && i != 2;
			looks(domain, hour, isNew, isNew || hour >= CUTOVER, all);
			quiet(mailbox, hour, all);
			if (i < 3 && hour > 0) {
				arrives(mailbox, isNew ? Side.NEW : Side.OLD, hour - 0.5, hour, "mx" + hour / 2 % 3 + ".sender.example", "198.51.100." + (7 + hour / 2 % 3), "", all);
			}
			if (i == 1 && hour > 100 && hour % 8 == 0) {
				arrives(mailbox, Side.OLD, hour - 0.25, hour, "printer.factory.example", "203.0.113.9", "", all);
			}
		}
		if (i < 2) {
			for (int n = 0; n < 4; n++) {
				for (Side side : Side.values()) {
					canary(mailbox, new CanaryRoute.Submission(side), 66 + n * 6, n == 3 && i == 1 && side == Side.OLD ? -1 : 0.01 + n * 0.02 + side.ordinal() * 0.2, i * 8 + n * 2 + side.ordinal(), all);
				}
			}
		}
	}

	private void looks(Domain domain, double hour, boolean first, boolean second, List<Evidence> all) {
		List<WatchRow> rows = List.of(row(domain, new Source(Source.Kind.AUTHORITATIVE, "ns1.example.net", "192.0.2.51"), first),
				row(domain, new Source(Source.Kind.AUTHORITATIVE, "ns2.example.net", "192.0.2.52"), second),
				row(domain, new Source(Source.Kind.RESOLVER, "cache1", "192.0.2.81"), first && hour > CUTOVER + 1),
				row(domain, new Source(Source.Kind.RESOLVER, "cache2", "192.0.2.82"), first && hour > CUTOVER + 5));
		StringBuilder digest = new StringBuilder();
		rows.forEach(row -> digest.append(row.data()));
		all.add(new Evidence(WatchTable.PROBE, domain.id(), hours(hour), Duration.ofMillis(100), Outcome.PASS, Reason.of("dns.watch.agree", domain.name(), digest, 0),
				WatchTable.of(rows)));
	}

	private static WatchRow row(Domain domain, Source source, boolean isNew) {
		return new WatchRow(source, false, new RecordSet.Key(domain.name().ascii() + ".", "MX"), DnsStatus.ANSWER, "qr aa", 3_600,
				isNew ? "10 mail.new.example." : "10 mail.old.example.", WatchRow.How.DIRECT, null, 3);
	}

	private void quiet(Mailbox mailbox, double hour, List<Evidence> all) {
		for (Side side : Side.values()) {
			seen(mailbox, side, hours(hour), Reason.of(ArrivalReasons.QUIET), all);
		}
	}

	private void seen(Mailbox mailbox, Side side, Instant at, Reason reason, List<Evidence> all, Arrival... arrivals) {
		all.add(new Evidence(ArrivalReasons.IMAP_PROBE, ArrivalLog.watched(migration, mailbox, side).orElseThrow().id(), at, Duration.ZERO, Outcome.PASS, reason,
				new ArrivalFacts(List.of(new Mark.Imap("INBOX", 1, 10, -1, 9)), List.of(arrivals)).table()));
	}

	private void arrives(Mailbox mailbox, Side side, double came, double noticed, String sender, String address, String canary, List<Evidence> all) {
		String id = mailbox.address().domain() + "-" + side + "-" + came + canary;
		Arrival arrival = new Arrival("INBOX", id, hours(came), null, new Arrival.Sender(sender, sender, address, "mail.example", "ESMTPS", "q" + id.hashCode()), "",
				"x@sender.example", id + "@sender.example", canary, List.of(), 100);
		seen(mailbox, side, hours(noticed).plusSeconds(1), Reason.of(ArrivalReasons.NEW, 1, canary.isEmpty() ? 0 : 1, "INBOX:" + id), all, arrival);
	}

	/// @param flight in hours; negative for one that never arrives
	private void canary(Mailbox mailbox, CanaryRoute route, double hour, double flight, int number, List<Evidence> all) {
		StringBuilder text = new StringBuilder();
		for (int i = 0, rest = number; i < 26; i++, rest /= LETTERS.length()) {
			text.append(LETTERS.charAt(rest % LETTERS.length()));
		}
		CanaryToken token = new CanaryToken(text.toString());
		all.add(new Evidence(CanaryReasons.SEND, mailbox.id(), hours(hour), Duration.ZERO, Outcome.PASS, Reason.of(CanaryReasons.SENT, token, route.token(), "250 ok"), Facts.NONE));
		if (flight >= 0) {
			arrives(mailbox, Side.NEW, hour + flight, hour + 1, "mail.old.example", "127.0.0.1", token.text(), all);
		}
	}

	@Override
	public void close() throws CoreException {
		project.close();
	}
}
