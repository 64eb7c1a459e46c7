package hikkoshi.core.tests.discover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import hikkoshi.core.discover.ConfigFact;
import hikkoshi.core.discover.DiscoveryProbes;
import hikkoshi.core.discover.DiscoveryReasons;
import hikkoshi.core.discover.DnsFact;
import hikkoshi.core.discover.PortFact;
import hikkoshi.core.discover.Proposal;
import hikkoshi.core.discover.ProposedServer;
import hikkoshi.core.discover.Remark;
import hikkoshi.core.discover.Speech;
import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.format.MigrationYaml;
import hikkoshi.core.format.ServerEdits;
import hikkoshi.core.format.TextEdit;
import hikkoshi.core.format.YamlDocument;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.HostName;
import hikkoshi.core.model.HostPort;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.Reasons;
import hikkoshi.core.text.Phrases;

class ProposalTest {
	private static final DomainName NAME = DomainName.parse("a.test");
	private final List<Evidence> seen = new ArrayList<>();

	private void add(String probe, Target target, Outcome outcome, Reason reason, Facts facts) {
		seen.add(new Evidence(probe, target.id(), Instant.EPOCH, Duration.ZERO, outcome, reason, facts));
	}

	private void dns(DnsFact... facts) {
		add(DiscoveryProbes.DNS, new HostName(NAME), Outcome.PASS, Reason.of("test"), DnsFact.table(List.of(facts)));
	}

	private void document(ConfigFact... facts) {
		add(DiscoveryProbes.AUTOCONFIG, new HostName(NAME), Outcome.PASS, Reason.of("test"), ConfigFact.table(List.of(facts)));
	}

	private void port(PortFact fact) {
		var finding = Imagined.finding(fact);
		add(DiscoveryProbes.PORT, new HostPort(DomainName.parse(fact.name()), Imagined.ip(fact.address()), fact.port()), finding.outcome(), finding.reason(), finding.facts());
	}

	private void open(String host, String address, int port, Speech speech, Security security, String verdict) {
		port(Imagined.port(host, address, port, speech, security, verdict));
	}

	private void imap(String host, String address) {
		open(host, address, 993, Speech.IMAP, Security.TLS, PortFact.OK);
	}

	private void shut(String host, String address, int port, PortFact.State state) {
		port(PortFact.nothing(address, port, host, state, state == PortFact.State.CLOSED ? Reasons.REFUSED : Reasons.CONNECT_TIMEOUT));
	}

	private static PortFact certified(String host, String address, String names) {
		return new PortFact(address, 993, host, PortFact.State.OPEN, Speech.IMAP, Security.TLS, "TLSv1.3", names, "CN=CA", "", "", "", Reasons.TLS_NAME_MISMATCH, "", "");
	}

	private Proposal propose() {
		return Proposal.of(NAME, seen);
	}

	private static List<String> ids(List<Remark> remarks) {
		return remarks.stream().map(remark -> remark.reason().id()).toList();
	}

	private static List<String> all(Proposal proposal) {
		return Stream.concat(proposal.remarks().stream(), proposal.servers().stream().flatMap(server -> Stream.of(server.remarks().stream(), server.name().remarks().stream(),
				server.endpoints().stream().flatMap(line -> line.remarks().stream())).flatMap(each -> each))).map(remark -> remark.reason().id()).toList();
	}

	private static DnsFact at(String host, String address) {
		return DnsFact.address(host, address);
	}

	@Test
	void theNameIsTheOneThatTheCertificateProves() {
		dns(DnsFact.srv("_imaps._tcp.a.test", 0, 0, 993, "imap.a.test"), DnsFact.mx("a.test", 10, "mx.a.test"), at("imap.a.test", "192.0.2.1"), at("mx.a.test", "192.0.2.1"));
		port(certified("imap.a.test", "192.0.2.1", "mx.a.test"));
		imap("mx.a.test", "192.0.2.1");

		ProposedServer server = propose().servers().getFirst();

		assertThat(server.name().value()).isEqualTo(DomainName.parse("mx.a.test"));
		assertThat(ids(server.remarks())).contains(DiscoveryReasons.ANNOUNCED_UNPROVEN);
		assertThat(server.endpoints().getFirst().outcome()).as("nothing is wrong with the endpoint under the proposed name").isEqualTo(Outcome.PASS);
	}

	@Test
	void aNameOfTheCertificateWhereNoneIsProven() {
		dns(DnsFact.mx("a.test", 10, "mail.a.test"), at("mail.a.test", "192.0.2.1"));
		port(certified("mail.a.test", "192.0.2.1", "*.hoster.test server12.hoster.test"));
		ProposedServer server = propose().servers().getFirst();
		assertThat(server.name().value()).isEqualTo(DomainName.parse("server12.hoster.test"));
		assertThat(ids(server.name().remarks())).containsExactly(DiscoveryReasons.NAME_OF_CERTIFICATE);
		assertThat(server.endpoints().getFirst().outcome()).isEqualTo(Outcome.PASS);
	}

	@Test
	void noCertificateIsAnyGood() {
		dns(DnsFact.mx("a.test", 10, "mail.a.test"), at("mail.a.test", "192.0.2.1"));
		open("mail.a.test", "192.0.2.1", 993, Speech.IMAP, Security.TLS, Reasons.TLS_SELF_SIGNED);
		ProposedServer server = propose().servers().getFirst();
		assertThat(server.name().value()).isEqualTo(DomainName.parse("mail.a.test"));
		assertThat(ids(server.name().remarks())).containsExactly(DiscoveryReasons.NAME_UNPROVEN);
		assertThat(ids(server.endpoints().getFirst().remarks())).containsExactly(Reasons.TLS_SELF_SIGNED);
	}

	@Test
	void aStaleAaaaIsNamedAndLeftOut() {
		dns(DnsFact.mx("a.test", 10, "mail.a.test"), at("mail.a.test", "192.0.2.1"), at("mail.a.test", "2001:db8::1"), at("mail.a.test", "2001:db8::2"));
		imap("mail.a.test", "192.0.2.1");
		shut("mail.a.test", "2001:db8::1", 993, PortFact.State.CLOSED);
		shut("mail.a.test", "2001:db8::2", 993, PortFact.State.SILENT);
		ProposedServer server = propose().servers().getFirst();
		assertThat(server.addresses().stream().map(line -> line.value().getHostAddress()).toList()).containsExactly("192.0.2.1");
		assertThat(server.remarks()).contains(new Remark(Outcome.WARN, Reason.of(DiscoveryReasons.ADDRESS_DEAD, "2001:db8::1", "mail.a.test")),
				new Remark(Outcome.UNKNOWN, Reason.of(DiscoveryReasons.ADDRESS_SILENT, "2001:db8::2", "mail.a.test")));
	}

	@Test
	void ipv6Alone() {
		dns(DnsFact.mx("a.test", 10, "mail.a.test"), at("mail.a.test", "2001:db8::1"));
		imap("mail.a.test", "2001:db8::1");
		assertThat(ServerEdits.snippet(List.of(propose().servers().getFirst().server("k", Side.NEW)))).contains("addresses: [\"2001:db8::1\"]").contains("new:");
	}

	@Test
	void anEndpointThatIsNotEverywhere() {
		dns(DnsFact.mx("a.test", 10, "mail.a.test"), at("mail.a.test", "192.0.2.1"), at("mail.a.test", "192.0.2.2"));
		imap("mail.a.test", "192.0.2.1");
		imap("mail.a.test", "192.0.2.2");
		open("mail.a.test", "192.0.2.1", 587, Speech.SUBMISSION, Security.STARTTLS, PortFact.OK);
		shut("mail.a.test", "192.0.2.2", 587, PortFact.State.CLOSED);
		ProposedServer server = propose().servers().getFirst();
		assertThat(ids(server.endpoints().get(1).remarks())).containsExactly(DiscoveryReasons.NOT_EVERYWHERE);
	}

	@Test
	void clearTextIsLeftOutWhereThereIsAProtectedWay() {
		dns(DnsFact.mx("a.test", 10, "mail.a.test"), at("mail.a.test", "192.0.2.1"));
		imap("mail.a.test", "192.0.2.1");
		open("mail.a.test", "192.0.2.1", 143, Speech.IMAP, Security.NONE, Reasons.STARTTLS_MISSING);
		open("mail.a.test", "192.0.2.1", 110, Speech.POP3, Security.NONE, Reasons.STARTTLS_MISSING);
		ProposedServer server = propose().servers().getFirst();
		assertThat(server.endpoints().stream().map(line -> line.value().toString()).toList()).containsExactly("imap:993/tls", "pop3:110/none");
		assertThat(ids(server.remarks())).contains(DiscoveryReasons.CLEARTEXT_LEFT_OUT);
	}

	@Test
	void serversAtOtherAddressesAreOthersAndMailIsReceivedElsewhere() {
		dns(DnsFact.mx("a.test", 10, "mx.filter.test"), DnsFact.srv("_imaps._tcp.a.test", 0, 0, 993, "imap.a.test"), at("mx.filter.test", "192.0.2.9"), at("imap.a.test", "192.0.2.1"));
		imap("imap.a.test", "192.0.2.1");
		open("mx.filter.test", "192.0.2.9", 25, Speech.SMTP, Security.STARTTLS, PortFact.OK);
		Proposal proposal = propose();
		assertThat(proposal.servers().stream().map(server -> server.name().value().ascii()).toList()).containsExactly("imap.a.test", "mx.filter.test");
		assertThat(ids(proposal.remarks())).containsExactly(DiscoveryReasons.MX_ELSEWHERE);
		assertThat(ids(proposal.servers().get(0).remarks())).contains(DiscoveryReasons.NO_SUBMISSION);
		assertThat(ids(proposal.servers().get(1).remarks())).contains(DiscoveryReasons.NO_MAILBOXES);
	}

	@Test
	void autoconfigAndSrvNameDifferentServers() {
		dns(DnsFact.srv("_imaps._tcp.a.test", 0, 0, 993, "imap.a.test"), at("imap.a.test", "192.0.2.1"), at("imap.b.test", "192.0.2.2"));
		document(ConfigFact.server("http://autoconfig.a.test/", false, Speech.IMAP, "imap.b.test", 993, Security.TLS, "", ""));
		imap("imap.a.test", "192.0.2.1");
		imap("imap.b.test", "192.0.2.2");
		assertThat(ids(propose().remarks())).contains(DiscoveryReasons.SOURCES_DIFFER, DiscoveryReasons.DOCUMENT_UNPROVEN);
	}

	@Test
	void whatIsAnnouncedAndNotThere() {
		dns(DnsFact.srv("_imaps._tcp.a.test", 0, 0, 993, "mail.a.test"), DnsFact.srv("_submissions._tcp.a.test", 0, 0, 465, "mail.a.test"),
				DnsFact.srv("_pop3s._tcp.a.test", 0, 0, 995, "mail.a.test"), DnsFact.srv("_sieve._tcp.a.test", 0, 0, 4190, "nowhere.a.test"), at("mail.a.test", "192.0.2.1"));
		imap("mail.a.test", "192.0.2.1");
		shut("mail.a.test", "192.0.2.1", 465, PortFact.State.CLOSED);
		shut("mail.a.test", "192.0.2.1", 995, PortFact.State.SILENT);
		Proposal proposal = propose();
		assertThat(proposal.servers().getFirst().remarks()).extracting(Remark::outcome).contains(Outcome.FAIL, Outcome.UNKNOWN);
		assertThat(all(proposal)).contains(DiscoveryReasons.ANNOUNCED_CLOSED, DiscoveryReasons.ANNOUNCED_SILENT, DiscoveryReasons.ANNOUNCED_WITHOUT_ADDRESS);
		assertThat(proposal.outcome()).isEqualTo(Outcome.FAIL);
	}

	@Test
	void anotherSecurityThanAnnouncedAndWhatIsSaidNotToBeOffered() {
		dns(DnsFact.srv("_imap._tcp.a.test", 0, 0, 993, "mail.a.test"), DnsFact.srv("_pop3s._tcp.a.test", 0, 0, 0, ""), at("mail.a.test", "192.0.2.1"));
		imap("mail.a.test", "192.0.2.1");
		open("mail.a.test", "192.0.2.1", 995, Speech.POP3, Security.TLS, PortFact.OK);
		assertThat(ids(propose().servers().getFirst().remarks())).contains(DiscoveryReasons.ANNOUNCED_OTHERWISE, DiscoveryReasons.DENIED_BUT_OPEN);
	}

	@Test
	void nothingThereIsToldFromNothingKnown() {
		dns(at("a.test", "192.0.2.1"));
		shut("a.test", "192.0.2.1", 993, PortFact.State.CLOSED);
		assertThat(ids(propose().remarks())).containsExactly(DiscoveryReasons.NOTHING);
		assertThat(propose().outcome()).isEqualTo(Outcome.FAIL);
		shut("a.test", "192.0.2.1", 25, PortFact.State.SILENT);
		assertThat(ids(propose().remarks())).containsExactly(DiscoveryReasons.NOTHING_KNOWN);
		assertThat(propose().outcome()).isEqualTo(Outcome.UNKNOWN);
		assertThat(Proposal.of(NAME, List.of()).outcome()).isEqualTo(Outcome.UNKNOWN);
	}

	@Test
	void aNameThatDoesNotExist() {
		add(DiscoveryProbes.DNS, new HostName(NAME), Outcome.FAIL, Reason.of(DiscoveryReasons.NO_SUCH_NAME, NAME), DnsFact.table(List.of()));
		assertThat(ids(propose().remarks())).containsExactly(DiscoveryReasons.NO_SUCH_NAME);
	}

	@Test
	void everyRemarkHasASentenceInBothLanguages() {
		serversAtOtherAddressesAreOthersAndMailIsReceivedElsewhere();
		for (Locale locale : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
			Phrases words = Phrases.of(locale, List.of());
			for (var field : DiscoveryReasons.class.getFields()) {
				try {
					String id = String.valueOf(field.get(null));
					assertThat(words.say(Reason.of(id, "a", "b", "c", "d", "e"))).as(id).doesNotContain(id);
					assertThat(id.startsWith("discover.from.") || words.remedy(Reason.of(id, "a", "b", "c", "d", "e")).isPresent()).as(id).isTrue();
				} catch (IllegalAccessException e) {
					throw new AssertionError(e);
				}
			}
		}
		Reason closed = Reason.of(DiscoveryReasons.ANNOUNCED_CLOSED, "mail.a.test", "imap", 993, DiscoveryReasons.FROM_SRV, "_imaps._tcp.a.test");
		assertThat(Phrases.of(Locale.ENGLISH, List.of()).say(closed)).isEqualTo("IMAP at mail.a.test, port 993, is closed, though it is named by: SRV record _imaps._tcp.a.test");
	}

	@Test
	void acceptedEntriesAreEditsThatKeepTheRestAndStayUnambiguous() {
		dns(DnsFact.mx("a.test", 10, "mail.a.test"), at("mail.a.test", "192.0.2.7"));
		imap("mail.a.test", "192.0.2.7");
		String text = """
				format: hikkoshi/1
				name: Move # ours
				servers:
				  old:
				    - {key: one, name: one.old.test, addresses: [192.0.2.1], endpoints: [imap:993/tls]}
				  new:
				    - {key: fresh, name: new.test, addresses: [192.0.2.2], endpoints: [imap:993/tls]}
				domains:
				  - b.test   # short
				  - {name: c.test, old: one}
				""";
		YamlDocument yaml = YamlDocument.parse(text, "migration.yaml").value().orElseThrow();
		ProposedServer server = propose().servers().getFirst();
		String changed = TextEdit.apply(text, ServerEdits.add(yaml, server.server(server.key(Set.of()), Side.OLD)));
		assertThat(changed).contains("name: Move # ours").contains("key: mail.a.test");
		var parsed = MigrationYaml.parse(changed, "migration.yaml");
		assertThat(parsed.faults()).as(changed).noneMatch(fault -> fault.severity() == hikkoshi.core.format.Fault.Severity.ERROR);
		assertThat(parsed.value().orElseThrow().migration().server("mail.a.test").orElseThrow().side()).isEqualTo(Side.OLD);
		assertThat(parsed.value().orElseThrow().migration().domain(DomainName.parse("b.test")).orElseThrow().oldServer()).isEqualTo("one");
	}

	@Test
	void keysAreFreeAndFit() {
		dns(DnsFact.mx("a.test", 10, "mail.a.test"), at("mail.a.test", "192.0.2.7"));
		imap("mail.a.test", "192.0.2.7");
		ProposedServer server = propose().servers().getFirst();
		assertThat(server.key(Set.of("mail.a.test", "mail.a.test-2"))).isEqualTo("mail.a.test-3");
	}
}
