package hikkoshi.lab.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import hikkoshi.core.compare.CompareReasons;
import hikkoshi.core.compare.CompareTargets;
import hikkoshi.core.compare.Comparison;
import hikkoshi.core.compare.Comparison.Area;
import hikkoshi.core.compare.Comparison.Row;
import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Target;
import hikkoshi.core.model.Wave;

/// A comparison of the two real sides says what was configured differently, and nothing else.
@ExtendWith(WithLab.class)
class CompareTest {
	private final Lab lab;

	CompareTest(Lab lab) {
		this.lab = lab;
	}

	private Server server(Side side) {
		List<Endpoint> endpoints = new ArrayList<>(Arrays.stream(Door.values()).map(door -> door.at(lab.port(side.token() + "." + door.key()))).toList());
		endpoints.add(new Endpoint(Protocol.SMTP, lab.port(side.token() + ".mx"), Security.STARTTLS));
		List<InetAddress> addresses = List.of(lab.address(side.token() + ".address"), lab.address("ipv6.address"));
		return new Server(side.token(), side, DomainName.parse(lab.get(side.token() + ".name")), addresses, endpoints, List.of());
	}

	private Comparison compare() throws Exception {
		Server old = server(Side.OLD);
		Server fresh = server(Side.NEW);
		Mailbox mailbox = new Mailbox(lab.mailbox(1), lab.user(Side.OLD, 1), lab.user(Side.NEW, 1), "first", "", 2);
		Migration migration = new Migration("lab", List.of(old, fresh), List.of(new Domain(mailbox.address().domain(), "first", "old", "new")),
				List.of(new Wave("first", null)), List.of(mailbox), lab.dns(), List.of(), Probing.PATIENT);
		CompareTargets.Pair pair = CompareTargets.pairs(migration).getFirst();
		List<Account> accounts = CompareTargets.first(migration, pair);
		assertThat(accounts).hasSize(2);
		List<Evidence> found = Probing.of(lab, Probing.PATIENT).compared(pair, accounts);
		assertThat(found).hasSize(2 * 7 * 2 + 2).allSatisfy(each -> {
			assertThat(each.outcome()).as(each.target() + " " + each.reason()).isEqualTo(Outcome.PASS);
			assertThat(each.facts().toString()).doesNotContain("secret-");
		});
		return Comparison.of(migration, old, fresh, new Found(found), Instant.now());
	}

	@Test
	void saysExactlyWhatWasConfigured() throws Exception {
		Comparison comparison = compare();
		List<Row> warnings = comparison.rows().stream().filter(row -> row.outcome() != Outcome.PASS && row.area() != Area.DOORS).toList();

		assertThat(comparison.count(Outcome.UNKNOWN)).isZero();
		assertThat(warnings).as(warnings.toString()).map(row -> row.area() + " " + row.feature()).containsExactlyInAnyOrder("IMAP QUOTA", "SUBMISSION SIZE", "SMTP SIZE",
				"MAILBOX separator");
		assertThat(warnings).map(Row::reason).contains(Reason.of("compare.lacks.imap.quota", "QUOTA", "imap"),
				Reason.of(CompareReasons.SIZE_SMALLER, "19.5 MiB (20480000 B)", "9.8 MiB (10240000 B)"), Reason.of(CompareReasons.SEPARATOR, ".", "/", 0));
		assertThat(comparison.rows()).filteredOn(row -> row.feature().equals("software")).map(row -> row.newCell().text()).containsExactly("Dovecot");
	}

	/// What was found, as a log would have it.
	private record Found(List<Evidence> found) implements EvidenceView {
		@Override
		public Optional<Sighting> latest(String probe, Target.Id target) {
			return latest().stream().filter(seen -> seen.evidence().probe().equals(probe) && seen.evidence().target().equals(target)).findFirst();
		}

		@Override
		public List<Sighting> latest() {
			return found.stream().map(each -> new Sighting(1, each, each.at(), each.at(), 1)).toList();
		}

		@Override
		public List<Sighting> history(String probe, Target.Id target, int limit) {
			return latest(probe, target).stream().toList();
		}

		@Override
		public long lastRow() {
			return found.size();
		}

		@Override
		public List<Sighting> since(long row, int limit) {
			throw new UnsupportedOperationException("nobody follows this");
		}
	}
}
