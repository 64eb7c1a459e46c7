package hikkoshi.lab.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import hikkoshi.core.discover.Discovered;
import hikkoshi.core.discover.Discovery;
import hikkoshi.core.discover.DiscoveryOptions;
import hikkoshi.core.discover.DiscoveryReasons;
import hikkoshi.core.discover.DiscoverySink;
import hikkoshi.core.discover.MailPort;
import hikkoshi.core.discover.ProposedServer;
import hikkoshi.core.discover.Speech;
import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.Reasons;
import hikkoshi.dns.DnsProbes;
import hikkoshi.mail.MailProbes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a discovery makes of real servers: Dovecot and Postfix behind BIND and NSD.
@ExtendWith(WithLab.class)
@Timeout(120)
class DiscoverTest {
	private static final int CLOSED = 1;
	private final Lab lab;

	DiscoverTest(Lab lab) {
		this.lab = lab;
	}

	private List<MailPort> ports(String side) {
		return List.of(new MailPort(lab.port(side + ".imap"), Speech.IMAP, Security.STARTTLS), new MailPort(lab.port(side + ".imaps"), Speech.IMAP, Security.TLS),
				new MailPort(lab.port(side + ".pop3"), Speech.POP3, Security.STARTTLS), new MailPort(lab.port(side + ".pop3s"), Speech.POP3, Security.TLS),
				new MailPort(lab.port(side + ".submission"), Speech.SUBMISSION, Security.STARTTLS),
				new MailPort(lab.port(side + ".submissions"), Speech.SUBMISSION, Security.TLS), new MailPort(lab.port(side + ".mx"), Speech.SMTP, Security.STARTTLS));
	}

	private List<Discovered> discover(List<X509Certificate> anchors, List<MailPort> ports, String... names) throws Exception {
		DnsSettings dns = new DnsSettings(List.of(), lab.dns().roots(), lab.dns().authoritativePort());
		DiscoveryOptions options = DiscoveryOptions.of(Policy.DEFAULT, dns, anchors).withHttp(CLOSED, CLOSED).withPorts(ports).withGuesses(List.of());
		return new Discovery(Stream.of(names).map(DomainName::parse).toList(), List.of(new MailProbes(), new DnsProbes()), Clock.systemUTC(), options, new DiscoverySink() {
			@Override
			public void found(List<Evidence> batch) {
				assertThat(batch).isNotEmpty();
			}

			@Override
			public void done(Discovered name) {
				assertThat(name.cutShort()).isFalse();
			}
		}).call();
	}

	private static List<String> endpoints(ProposedServer server) {
		return server.endpoints().stream().map(line -> line.value().toString()).toList();
	}

	@Test
	void everyDoorOfTheOldServerAtBothItsAddresses() throws Exception {
		Discovered found = discover(lab.anchors(), ports("old"), "lab.test").getFirst();

		assertThat(found.proposal().servers()).as(found.toString()).hasSize(1);
		ProposedServer server = found.proposal().servers().getFirst();
		assertThat(server.name().value().ascii()).isEqualTo(lab.get("old.name"));
		assertThat(server.addresses().stream().map(line -> line.value()).toList()).containsExactlyInAnyOrder(lab.address("old.address"), InetAddress.ofLiteral("::1"));
		assertThat(endpoints(server)).containsExactlyInAnyOrder("imap:" + lab.port("old.imaps") + "/tls", "imap:" + lab.port("old.imap") + "/starttls",
				"pop3:" + lab.port("old.pop3s") + "/tls", "pop3:" + lab.port("old.pop3") + "/starttls", "submission:" + lab.port("old.submissions") + "/tls",
				"submission:" + lab.port("old.submission") + "/starttls", "smtp:" + lab.port("old.mx") + "/starttls");
		assertThat(server.endpoints()).allMatch(line -> line.outcome() == Outcome.PASS);
	}

	@Test
	void aCertificateThatNobodyVouchesForIsSeenAndSaid() throws Exception {
		ProposedServer server = discover(List.of(), ports("old"), "lab.test").getFirst().proposal().servers().getFirst();
		assertThat(server.endpoints()).hasSize(7).allMatch(line -> line.outcome() == Outcome.WARN && line.remarks().getFirst().reason().id().equals(Reasons.TLS_UNTRUSTED));
		assertThat(server.name().remarks().getFirst().reason().id()).isEqualTo(DiscoveryReasons.NAME_UNPROVEN);
	}

	@Test
	void servicesByTheirRecords() throws Exception {
		// `set.lab.test` reads at old, sends by new, and says that it has no POP3
		Discovered found = discover(lab.anchors(), ports("old"), "set.lab.test").getFirst();
		List<ProposedServer> servers = found.proposal().servers();
		assertThat(servers.stream().map(server -> server.name().value().ascii()).toList()).contains(lab.get("old.name"));
		List<String> remarks = new ArrayList<>(servers.getFirst().remarks().stream().map(remark -> remark.reason().id()).toList());
		assertThat(remarks).contains(DiscoveryReasons.DENIED_BUT_OPEN);
		assertThat(servers.stream().flatMap(server -> endpoints(server).stream()).toList()).contains("imap:" + lab.port("old.imaps") + "/tls", "submission:" + lab.port("new.submissions") + "/tls");
		assertThat(servers.getFirst().endpoints().getFirst().sources().stream().map(reason -> reason.id()).toList()).contains(DiscoveryReasons.FROM_SRV);
	}

	@Test
	void aNameThatDoesNotExist() throws Exception {
		Discovered found = discover(lab.anchors(), ports("old"), "nothing.test").getFirst();
		assertThat(found.proposal().outcome()).isEqualTo(Outcome.FAIL);
		assertThat(found.proposal().remarks().getFirst().reason().id()).isEqualTo(DiscoveryReasons.NO_SUCH_NAME);
	}
}
