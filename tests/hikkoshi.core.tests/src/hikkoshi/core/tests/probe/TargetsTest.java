package hikkoshi.core.tests.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;

import org.junit.jupiter.api.Test;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Door;
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
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.Targets;

class TargetsTest {
	private static final Migration MIGRATION = new Migration("test", List.of(server("old", Side.OLD), server("new", Side.NEW)),
			List.of(new Domain(DomainName.parse("a.example"), "one", "old", "new"), new Domain(DomainName.parse("b.example"), "two", "old", "new")),
			List.of(new Wave("one", null), new Wave("two", null)), List.of(mailbox("a.example", "one"), mailbox("b.example", "two")), DnsSettings.DEFAULT,
			List.of(), Policy.DEFAULT);

	private static Server server(String key, Side side) {
		return new Server(key, side, DomainName.parse(key + ".example"), List.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1")),
				List.of(new Endpoint(Protocol.IMAP, 993, Security.TLS), new Endpoint(Protocol.SMTP, 25, Security.STARTTLS)), List.of());
	}

	private static Mailbox mailbox(String domain, String wave) {
		return new Mailbox(new EmailAddress("ann", DomainName.parse(domain)), "ann@" + domain, "ann@" + domain, wave, "", 2);
	}

	@Test
	void everyLoginIsATargetAndRelayingIsNot() {
		List<Target> all = Targets.of(MIGRATION).list();
		int servers = 2;
		int doors = 2 * 2 * 2;
		int domainsAndMailboxes = 2 + 2;
		int presences = 2 * 2 * 2;
		int accounts = 2 * 2 * 2;
		assertThat(all).hasSize(servers + doors + domainsAndMailboxes + presences + accounts).doesNotHaveDuplicates();
		assertThat(all).extracting(Target::id).doesNotHaveDuplicates();
		assertThat(all).filteredOn(Account.class::isInstance).extracting(target -> target.id().value()).startsWith("account:old/old/imap:993+tls@192.0.2.1=old.example/ann@a.example",
				"account:old/old/imap:993+tls@2001:db8::1=old.example/ann@a.example",
				"account:new/new/imap:993+tls@192.0.2.1=new.example/ann@a.example");
	}

	@Test
	void proofUnderAnotherNameOrSecurityIsProofOfSomethingElse() {
		Server server = server("old", Side.OLD);
		Endpoint door = server.endpoints().getFirst();
		Account account = new Account(server, door, server.addresses().getFirst(), "ann", new EmailAddress("ann", DomainName.parse("a.example")));
		Server renamed = new Server("old", Side.OLD, DomainName.parse("other.example"), server.addresses(), server.endpoints(), List.of());
		Endpoint weaker = new Endpoint(Protocol.IMAP, 993, Security.STARTTLS);
		assertThat(new Account(renamed, door, account.address(), "ann", account.mailbox()).id()).isNotEqualTo(account.id());
		assertThat(new Account(server, weaker, account.address(), "ann", account.mailbox()).id()).isNotEqualTo(account.id());
	}

	@Test
	void aWaveHasItsOwnAndAllServers() {
		assertThat(Targets.of(MIGRATION).ofWaves(MIGRATION, List.of("two")).list()).hasSize(2 + 8 + 1 + 1 + 4 + 4).allMatch(
				target -> target instanceof Server || target instanceof Door || target instanceof Account account && account.mailbox().toString().equals("ann@b.example")
						|| target.id().value().endsWith("b.example"));
		assertThat(Targets.of(MIGRATION).ofWaves(MIGRATION, List.of("one", "two")).list()).isEqualTo(Targets.of(MIGRATION).list());
	}

	@Test
	void aProbeGetsTheTargetsOfItsTypeThatItAppliesTo() {
		Probe<Account> newOnly = new Probe<>() {
			@Override
			public String id() {
				return "test.probe";
			}

			@Override
			public Class<Account> target() {
				return Account.class;
			}

			@Override
			public boolean appliesTo(Account account) {
				return account.server().side() == Side.NEW;
			}

			@Override
			public Finding examine(Account account, ProbeContext context) {
				return new Finding(Outcome.PASS, Reason.of("x"), Facts.NONE);
			}
		};
		assertThat(Targets.of(MIGRATION).tasks(List.of(newOnly))).hasSize(4).allSatisfy(
				task -> assertThat(((Account) task.target()).server().side()).isEqualTo(Side.NEW));
	}
}
