package hikkoshi.core.tests.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
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
import hikkoshi.core.model.Target;
import hikkoshi.core.model.Wave;
import hikkoshi.core.probe.ProofMatrix.Cell;
import hikkoshi.core.probe.ProofRows;

class ProofRowsTest {
	private static final Instant T = Instant.parse("2026-11-24T12:00:00Z");
	/// Bob and Bill share an account on the old side.
	private static final Migration MIGRATION = new Migration("test", List.of(server("old", Side.OLD), server("new", Side.NEW)),
			List.of(new Domain(DomainName.parse("a.example"), "one", "old", "new")), List.of(new Wave("one", null)),
			List.of(mailbox("ann", "ann"), mailbox("bob", "bob"), mailbox("bill", "bob")), DnsSettings.DEFAULT, List.of(), Policy.DEFAULT);

	private static Server server(String key, Side side) {
		return new Server(key, side, DomainName.parse(key + ".example"), List.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1")),
				List.of(new Endpoint(Protocol.IMAP, 993, Security.TLS)), List.of());
	}

	private static Mailbox mailbox(String name, String oldUser) {
		return new Mailbox(new EmailAddress(name, DomainName.parse("a.example")), oldUser, name, "one", "", 2);
	}

	private static Target.Id id(Side side, String user, String address) {
		return new Target.Id("account:" + side.token() + "/" + side.token() + "/imap:993+tls@" + address + "=" + side.token() + ".example/" + user);
	}

	private static Sighting seen(long row, Target.Id target, Outcome outcome, Instant at) {
		Evidence evidence = new Evidence("imap.login", target, at, Duration.ZERO, outcome, Reason.of("login.ok"), Facts.Tree.of("login", "", Facts.Tree.of("transcript", "")));
		return new Sighting(row, evidence, at, at, 1);
	}

	@Test
	void onlyTheRowsThatTheNewsAreAboutAreOthers() {
		ProofRows rows = new ProofRows(MIGRATION);
		assertThat(rows.size()).isEqualTo(3);
		assertThat(rows.take(List.of(seen(1, id(Side.OLD, "ann", "192.0.2.1"), Outcome.PASS, T))).stream()).containsExactly(0);
		assertThat(rows.take(List.of(seen(2, id(Side.OLD, "bob", "192.0.2.1"), Outcome.PASS, T))).stream()).containsExactly(1, 2);
		assertThat(rows.take(List.of(seen(3, id(Side.OLD, "eve", "192.0.2.1"), Outcome.FAIL, T))).stream()).isEmpty();
		assertThat(rows.rowsOf(Set.of(id(Side.OLD, "bob", "2001:db8::1"), id(Side.NEW, "ann", "192.0.2.1"))).stream()).containsExactly(0, 1, 2);
	}

	@Test
	void aCellIsAsGoodAsItsWorstDoorAndAsOldAsItsOldest() {
		ProofRows rows = new ProofRows(MIGRATION);
		rows.take(List.of(seen(1, id(Side.OLD, "ann", "192.0.2.1"), Outcome.PASS, T)));
		Cell half = rows.get(0).cells().getFirst();
		assertThat(half.unproven()).isOne();
		assertThat(half.outcome()).contains(Outcome.UNKNOWN);
		rows.take(List.of(seen(2, id(Side.OLD, "ann", "2001:db8::1"), Outcome.WARN, T.plusSeconds(60))));
		Cell cell = rows.get(0).cells().getFirst();
		assertThat(cell.outcome()).contains(Outcome.WARN);
		assertThat(cell.worst()).isNotNull();
		assertThat(cell.oldest()).isEqualTo(T);
	}

	@Test
	void laterWordsWinInAnyOrderAndFactsAreNotKept() {
		ProofRows rows = new ProofRows(MIGRATION);
		Target.Id ann = id(Side.NEW, "ann", "192.0.2.1");
		rows.take(List.of(seen(2, ann, Outcome.PASS, T.plusSeconds(9)), seen(1, ann, Outcome.FAIL, T)));
		Sighting kept = rows.get(0).cells().getLast().worst();
		assertThat(kept).isNotNull();
		assertThat(kept.evidence().outcome()).isEqualTo(Outcome.PASS);
		assertThat(kept.evidence().facts()).isEqualTo(Facts.NONE);
		assertThat(rows.logins(0, 1)).hasSize(2).contains(ann);
	}
}
