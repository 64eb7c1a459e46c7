package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.eclipse.jface.resource.ImageDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Target;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Ages;
import hikkoshi.ui.Icons;
import hikkoshi.ui.TargetLabels;
import hikkoshi.ui.Words;
import hikkoshi.ui.evidence.EvidenceRows;
import hikkoshi.ui.probe.About;

/// What the views share and needs no window.
class SharedTest {
	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	private final Phrases words = Words.of(EvidenceRows.class);

	@ParameterizedTest
	@CsvSource({"PT0.2S,just now", "PT59S,59 s ago", "PT119S,119 s ago", "PT2M,2 min ago", "PT119M,119 min ago", "PT2H,2 h ago",
			"PT47H,47 h ago", "PT48H,2 d ago"})
	void agesAreOneNumberAndOneUnit(Duration age, String text) {
		assertThat(Ages.say(NOW.minus(age), NOW, words)).isEqualTo(text);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {"account:old/mx/imap:993+tls@192.0.2.1=mail.old.example/ann | ann — IMAP 993, Old mx (192.0.2.1)",
			"account:new/mx/submission:465+tls@2001:db8::1=mail.new.example/a/b@x | a/b@x — SUBMISSION 465, New mx (2001:db8::1)",
			"account:old/mx/imap:993+tls@192.0.2.1=mail.old.example~authzid=root%2fadmin/ann | ann — IMAP 993, Old mx (192.0.2.1)",
			"domain:example.org | example.org", "server:old/mx | Old: mx", "step:main/cutover | cutover (wave main)", "odd | odd"})
	void targetsAreNamedForPeople(String id, String label) {
		assertThat(TargetLabels.of(new Target.Id(id), words)).isEqualTo(label);
	}

	@Test
	void everyOutcomeHasItsOwnPicture() {
		Set<ImageDescriptor> pictures = List.of("pass", "warn", "unknown", "fail", "none", "ovr_pass", "ovr_warn", "ovr_unknown", "ovr_fail")
				.stream().map(Icons::descriptor).collect(Collectors.toSet());
		assertThat(pictures).hasSize(9).doesNotContain(ImageDescriptor.getMissingImageDescriptor());
	}

	@Test
	void whatBelongsToASelection() throws Exception {
		Endpoint imap = new Endpoint(Protocol.IMAP, 993, Security.TLS);
		Server old = server("old", Side.OLD, imap);
		Account ann = account(old, imap, "ann@example.org");
		Account bob = account(server("new", Side.NEW, imap), imap, "bob@example.com");
		Mailbox annsBox = new Mailbox(EmailAddress.parse("ann@example.org"), "ann", "ann", "main", "", 2);
		Domain org = new Domain(DomainName.parse("example.org"), "main", "old", "new");
		assertThat(new About(List.of(old)).test(ann)).isTrue();
		assertThat(new About(List.of(old)).test(bob)).isFalse();
		assertThat(new About(List.of(annsBox)).test(ann)).isTrue();
		assertThat(new About(List.of(annsBox)).test(bob)).isFalse();
		assertThat(new About(List.of(org)).test(ann)).isTrue();
		assertThat(new About(List.of(org)).test(org)).isTrue();
		assertThat(new About(List.of(org)).test(annsBox)).isTrue();
		assertThat(new About(List.of(ann, bob)).test(bob)).isTrue();
		assertThat(new About(List.of(ann)).test(annsBox)).isFalse();
	}

	@Test
	void rowsAreSortedAndTurnedRound() {
		EvidenceRows rows = new EvidenceRows(sighting -> sighting.evidence().target().value());
		rows.add(List.of(sighting(1, "b", Outcome.PASS), sighting(2, "a", Outcome.FAIL), sighting(3, "c", Outcome.WARN)));
		assertThat(names(rows)).containsExactly("c", "a", "b");
		rows.sort(EvidenceRows.Order.TARGET);
		assertThat(names(rows)).containsExactly("a", "b", "c");
		rows.sort(EvidenceRows.Order.TARGET);
		assertThat(names(rows)).containsExactly("c", "b", "a");
		rows.sort(EvidenceRows.Order.OUTCOME);
		assertThat(names(rows)).as("the worst first").containsExactly("a", "c", "b");
	}

	@Test
	void anOlderWordNeverReplacesANewerOne() {
		EvidenceRows rows = new EvidenceRows(sighting -> "");
		rows.add(List.of(sighting(5, "a", Outcome.PASS)));
		rows.add(List.of(sighting(4, "a", Outcome.FAIL)));
		assertThat(rows.count(Outcome.PASS)).isEqualTo(1);
		assertThat(rows.count(Outcome.FAIL)).isZero();
		rows.filter("", EnumSet.of(Outcome.FAIL));
		assertThat(rows.visible()).isEmpty();
		assertThat(rows.total()).isEqualTo(1);
	}

	private static List<String> names(EvidenceRows rows) {
		return rows.visible().stream().map(sighting -> sighting.evidence().target().value()).toList();
	}

	private static Sighting sighting(long row, String target, Outcome outcome) {
		Instant at = NOW.plusSeconds(row);
		return new Sighting(row, new Evidence("p", new Target.Id(target), at, Duration.ZERO, outcome, Reason.of("r"), Facts.NONE), at, at, 1);
	}

	private static Server server(String key, Side side, Endpoint endpoint) {
		return new Server(key, side, DomainName.parse(key + ".example"), List.of(InetAddress.getLoopbackAddress()), List.of(endpoint), List.of());
	}

	private static Account account(Server server, Endpoint endpoint, String address) {
		return new Account(server, endpoint, InetAddress.getLoopbackAddress(), address, EmailAddress.parse(address));
	}
}
