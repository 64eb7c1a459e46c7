package hikkoshi.dns.tests;

import static hikkoshi.dns.tests.World.cells;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.probe.Finding;
import hikkoshi.rehearsal.dns.DnsData;
import hikkoshi.rehearsal.dns.DnsMessage;
import hikkoshi.rehearsal.dns.DnsName;
import hikkoshi.rehearsal.dns.DnsRecord;
import hikkoshi.rehearsal.dns.DnsService;
import hikkoshi.rehearsal.dns.Zone;

class ProbesTest {
	private static final Duration SHORT = Duration.ofMillis(200);
	/// A server that never answers; ends when the world is closed.
	private static final DnsService SILENT = _ -> {
		Thread.sleep(Duration.ofMinutes(1));
		throw new IllegalStateException("nobody waits so long");
	};
	private World world;

	@BeforeEach
	void start() throws IOException {
		world = new World();
	}

	@AfterEach
	void stop() {
		world.close();
	}

	@Test
	void mxOfEveryAuthoritativeServerAndTheAddressesOfItsHosts() throws Exception {
		Finding finding = world.find("dns.mx", "example.test", true, Duration.ofSeconds(5));
		assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
		assertThat(finding.reason().id()).isEqualTo("dns.mx.answer");
		assertThat(finding.reason().args()).containsExactly("example.test", "10 old.example.test.", "300", "MX", "old.example.test 127.0.0.41 ::1");
		assertThat(((Facts.Table) finding.facts()).columns())
				.containsExactly("server", "address", "kind", "status", "flags", "ttl", "data", "ms", "bytes");
		String port = "#" + world.port();
		assertThat(cells(finding, "server", "address", "kind", "status", "flags", "ttl", "data")).containsExactly(
				List.of("ns1.example.test", "127.0.0.63" + port, "authoritative", "ANSWER", "qr aa", "300", "10 old.example.test."),
				List.of("ns2.example.test", "127.0.0.64" + port, "authoritative", "ANSWER", "qr aa", "300", "10 old.example.test."),
				List.of("cache", "127.0.0.65" + port, "resolver", "ANSWER", "qr aa rd", "300", "10 old.example.test."),
				List.of("old.example.test", cells(finding, "address").get(3).getFirst(), "mx-host", "ANSWER", "qr aa", "300", "127.0.0.41"),
				List.of("old.example.test", cells(finding, "address").get(4).getFirst(), "mx-host", "ANSWER", "qr aa", "300", "::1"));
		assertThat(cells(finding, "bytes")).allSatisfy(cell -> assertThat(Integer.parseInt(cell.getFirst())).isPositive());
	}

	@Test
	void severalMxAreSortedByPreferenceAsANumber() throws Exception {
		world.put(World.example().plus("@", 300, World.mx(5, "b.example.test")).plus("@", 300, World.mx(100, "A.example.test"))
				.plusAddress("a", 60, InetAddress.ofLiteral("127.0.0.42")).plusAddress("b", 60, InetAddress.ofLiteral("127.0.0.43")));
		assertThat(world.find("dns.mx", "example.test").reason().args().get(1))
				.isEqualTo("5 b.example.test., 10 old.example.test., 100 a.example.test.");
	}

	@Test
	void aChangeOfDataOrTtlAtTheAuthorityIsNewEvidenceAndARepeatIsNot() throws Exception {
		Finding first = world.find("dns.mx", "example.test");
		assertThat(world.find("dns.mx", "example.test").reason()).isEqualTo(first.reason());
		world.put(World.example().withTtl("@", DnsData.MX, 60));
		Finding lower = world.find("dns.mx", "example.test");
		assertThat(lower.reason().args().get(2)).isEqualTo("60");
		world.put(World.example().replacing("old", 300, new DnsData.Address(InetAddress.ofLiteral("127.0.0.99"))));
		assertThat(world.find("dns.mx", "example.test").reason()).as("the MX host's address").isNotEqualTo(first.reason());
	}

	@Test
	void serversThatDisagreeAreNamed() throws Exception {
		world.two.put(World.example().replacing("@", 60, World.mx(10, "new.example.test")).plusAddress("new", 60, InetAddress.ofLiteral("127.0.0.51")));
		Finding finding = world.find("dns.mx", "example.test");
		assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
		assertThat(finding.reason().id()).isEqualTo("dns.disagree");
		assertThat(finding.reason().args().get(1)).contains("ns1.example.test (127.0.0.63#" + world.port() + "): 10 old.example.test.")
				.contains("ns2.example.test (127.0.0.64#" + world.port() + "): 10 new.example.test.");
		assertThat(finding.reason().args().get(2)).as("the highest TTL").isEqualTo("300");
		assertThat(cells(finding, "kind", "server")).as("hosts of both answers").contains(List.of("mx-host", "old.example.test"), List.of("mx-host", "new.example.test"));
	}

	@Test
	void differentTtlsAreNoticed() throws Exception {
		world.two.put(World.example().withTtl("@", DnsData.MX, 60));
		Finding finding = world.find("dns.mx", "example.test");
		assertThat(finding.outcome()).isEqualTo(Outcome.WARN);
		assertThat(finding.reason().id()).isEqualTo("dns.ttls-differ");
		assertThat(finding.reason().args().get(2)).isEqualTo("300");
	}

	@Test
	void aResolverThatDiffersIsOnlyNoted() throws Exception {
		world.instead.put(World.RESOLVER, query -> {
			DnsMessage answer = world.one.answer(query);
			return new DnsMessage(answer.id(), true, 0, false, false, true, true, 0, answer.question(),
					List.of(new DnsRecord(DnsName.of("example.test"), 17, World.mx(10, "stale.example.test"))), List.of(), List.of(), 0, 0);
		});
		Finding finding = world.find("dns.mx", "example.test", true, Duration.ofSeconds(5));
		assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
		assertThat(finding.reason().id()).isEqualTo("dns.mx.resolvers-differ");
		assertThat(finding.reason().args().get(4)).contains("cache (127.0.0.65#" + world.port() + "): 10 stale.example.test.");
	}

	@Test
	void countingTtlsOfAResolverAreNoNewEvidence() throws Exception {
		int[] ttl = {300};
		world.instead.put(World.RESOLVER, query -> {
			DnsMessage answer = world.one.answer(query);
			return new DnsMessage(answer.id(), true, 0, false, false, true, true, 0, answer.question(),
					answer.answers().stream().map(record -> new DnsRecord(record.name(), ttl[0], record.data())).toList(), List.of(),
					List.of(), 0, 0);
		});
		Finding first = world.find("dns.mx", "example.test", true, Duration.ofSeconds(5));
		ttl[0] = 120;
		Finding second = world.find("dns.mx", "example.test", true, Duration.ofSeconds(5));
		assertThat(second.reason()).isEqualTo(first.reason());
		assertThat(second.facts()).isNotEqualTo(first.facts());
	}

	@ParameterizedTest
	@CsvSource({"dns.a, dns.no-data", "dns.aaaa, dns.no-data", "dns.txt, dns.no-data"})
	void noDataIsFine(String probe, String reason) throws Exception {
		Finding finding = world.find(probe, "example.test");
		assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
		assertThat(finding.reason().id()).isEqualTo(reason);
		assertThat(finding.reason().args().get(2)).as("how long the no may be cached").isEqualTo("30");
		assertThat(cells(finding, "status", "ttl", "data")).containsOnly(List.of("NO_DATA", "", ""));
	}

	@Test
	void noMxMeansTheDomainItself() throws Exception {
		world.put(World.example().without("@", DnsData.MX));
		Finding finding = world.find("dns.mx", "example.test");
		assertThat(finding.outcome()).isEqualTo(Outcome.WARN);
		assertThat(finding.reason().id()).isEqualTo("dns.mx.implicit");
	}

	@Test
	void nullMx() throws Exception {
		world.put(World.example().replacing("@", 300, World.mx(0, ".")));
		assertThat(world.find("dns.mx", "example.test").reason().id()).isEqualTo("dns.mx.null");
	}

	@ParameterizedTest
	@ValueSource(strings = {"dns.mx", "dns.a", "dns.ns", "dns.soa"})
	void aDomainThatDoesNotExist(String probe) throws Exception {
		Finding finding = world.find(probe, "nowhere.test");
		assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
		assertThat(finding.reason().id()).isEqualTo("dns.nxdomain");
		assertThat(cells(finding, "server", "status")).containsExactly(List.of("ns.test", "NXDOMAIN"));
	}

	@Test
	void recordsOfEachType() throws Exception {
		world.put(World.example().plusAddress("@", 60, InetAddress.ofLiteral("127.0.0.44")).plusAddress("@", 60, InetAddress.ofLiteral("::1"))
				.plus("@", 120, DnsData.Text.of("v=spf1 -all")));
		assertThat(world.find("dns.a", "example.test").reason().args()).containsExactly("example.test", "127.0.0.44", "60", "A", "");
		assertThat(world.find("dns.aaaa", "example.test").reason().args()).containsExactly("example.test", "::1", "60", "AAAA", "");
		assertThat(world.find("dns.txt", "example.test").reason().args()).containsExactly("example.test", "\"v=spf1 -all\"", "120", "TXT", "");
		assertThat(world.find("dns.ns", "example.test").reason().args()).containsExactly("example.test", "ns1.example.test., ns2.example.test.", "3600", "NS", "");
		assertThat(world.find("dns.soa", "example.test").reason().args().get(1)).startsWith("ns1.example.test. hostmaster.example.test. ");
	}

	@Test
	void serialsThatDifferAreNoDisagreement() throws Exception {
		world.two.put(World.example().plus("more", 1, DnsData.Text.of("one serial later")));
		Finding finding = world.find("dns.soa", "example.test");
		assertThat(finding.outcome()).isEqualTo(Outcome.WARN);
		assertThat(finding.reason().id()).isEqualTo("dns.soa.serials-differ");
	}

	@Test
	void aZoneThatNamesOtherServersThanItsParent() throws Exception {
		world.put(World.example().plus("@", 3600, World.ns("ns3.example.test")));
		Finding finding = world.find("dns.ns", "example.test");
		assertThat(finding.outcome()).isEqualTo(Outcome.WARN);
		assertThat(finding.reason().id()).isEqualTo("dns.ns.delegation-differs");
		assertThat(finding.reason().args().get(4)).isEqualTo("ns1.example.test., ns2.example.test.");
	}

	@ParameterizedTest
	@CsvSource({"5, dns.refused, REFUSED", "2, dns.servfail, SERVFAIL", "0, dns.lame, LAME"})
	void aServerThatDoesNotServeTheZone(int rcode, String reason, String status) throws Exception {
		// NOERROR without AA and without records: neither an answer nor a referral
		world.instead.put(World.TWO, rcode == 0 ? query -> new DnsMessage(query.id(), true, 0, false, false, false, false, 0, query.question(), List.of(),
				List.of(new DnsRecord(DnsName.ROOT, 1, World.ns("a.root.test"))), List.of(), 0, 0) : World.saying(rcode));
		Finding finding = world.find("dns.mx", "example.test");
		assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
		assertThat(finding.reason().id()).isEqualTo(reason);
		assertThat(finding.reason().args().get(1)).as("what the others say").isEqualTo("10 old.example.test.");
		assertThat(finding.reason().args().get(4)).contains("ns2.example.test");
		assertThat(cells(finding, "server", "status")).contains(List.of("ns2.example.test", status), List.of("ns1.example.test", "ANSWER"));
	}

	@Test
	void aSilentServerLeavesItOpen() throws Exception {
		world.instead.put(World.TWO, SILENT);
		Finding finding = world.find("dns.mx", "example.test", false, SHORT);
		assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
		assertThat(finding.reason().id()).isEqualTo("dns.some-silent");
		assertThat(finding.reason().args().get(4)).isEqualTo("ns2.example.test (127.0.0.64#" + world.port() + ") TIMEOUT");
		assertThat(cells(finding, "kind", "data")).as("MX hosts by the word of the other").contains(List.of("mx-host", "127.0.0.41"));
	}

	@Test
	void allServersSilent() throws Exception {
		world.instead.put(World.ONE, SILENT);
		world.instead.put(World.TWO, SILENT);
		Finding finding = world.find("dns.mx", "example.test", false, SHORT);
		assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
		assertThat(finding.reason().id()).isEqualTo("dns.silent");
	}

	@Test
	void aWayThatBreaksOffSaysWhereAndWhy() throws Exception {
		world.instead.put(World.TLD, World.saying(DnsMessage.SERVFAIL));
		Finding finding = world.find("dns.mx", "example.test", true, Duration.ofSeconds(3));
		assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
		assertThat(finding.reason().id()).isEqualTo("dns.delegation");
		assertThat(finding.reason().args()).containsExactly("example.test", "test.", "0", "MX", "ns.test 127.0.0.62#" + world.port() + " SERVFAIL");
		assertThat(cells(finding, "kind", "status")).as("resolvers are asked all the same").containsExactly(List.of("resolver", "ANSWER"));
	}

	@Test
	void anMxHostWithoutAddress() throws Exception {
		world.put(World.example().without("old", DnsData.A).without("old", DnsData.AAAA));
		Finding finding = world.find("dns.mx", "example.test");
		assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
		assertThat(finding.reason().id()).isEqualTo("dns.mx.no-address");
		assertThat(cells(finding, "server", "kind", "status", "data")).contains(List.of("old.example.test", "mx-host", "NXDOMAIN", ""));
		world.put(World.example().without("old", DnsData.A).without("old", DnsData.AAAA).plus("@", 300, World.mx(20, "two.example.test"))
				.plusAddress("two", 300, InetAddress.ofLiteral("127.0.0.45")));
		assertThat(world.find("dns.mx", "example.test").reason().id()).isEqualTo("dns.mx.some-no-address");
	}

	@Test
	void anMxHostThatIsAnAlias() throws Exception {
		world.put(World.example().replacing("@", 300, World.mx(10, "mail.example.test")).plus("mail", 300, new DnsData.Alias(DnsName.of("old.example.test"))));
		Finding finding = world.find("dns.mx", "example.test");
		assertThat(finding.outcome()).isEqualTo(Outcome.WARN);
		assertThat(finding.reason().id()).isEqualTo("dns.mx.alias");
		assertThat(cells(finding, "server", "data")).contains(List.of("mail.example.test", "127.0.0.41"));
	}

	@Test
	void anMxHostWhoseOwnServersAreSilent() throws Exception {
		world.tld.put(world.tld.zone("test").orElseThrow().plus("other", 60, World.ns("ns.other.test"))
				.plusAddress("ns.other", 60, World.RESOLVER));
		world.instead.put(World.RESOLVER, SILENT);
		world.put(World.example().replacing("@", 300, World.mx(10, "mx.other.test")));
		Finding finding = world.find("dns.mx", "example.test", false, SHORT);
		assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
		assertThat(finding.reason().id()).isEqualTo("dns.mx.address-unknown");
		assertThat(cells(finding, "server", "kind", "status")).contains(List.of("mx.other.test", "mx-host", "TIMEOUT"));
	}

	@Test
	void aNameServerWhoseNameLeadsNowhere() throws Exception {
		world.tld.put(world.tld.zone("test").orElseThrow().plus("example", 60, World.ns("typo.example.test")));
		Finding finding = world.find("dns.mx", "example.test");
		assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
		assertThat(finding.reason().id()).isEqualTo("dns.server-without-address");
		assertThat(finding.reason().args().get(4)).isEqualTo("typo.example.test");
		assertThat(cells(finding, "server", "address", "status")).contains(List.of("typo.example.test", "", "NXDOMAIN"));
	}

	@Test
	void ipv6WithoutAWayIsNoFaultOfTheServer() throws Exception {
		assumeTrue(NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
				.noneMatch(each -> each instanceof Inet6Address && !each.isLoopbackAddress() && !each.isLinkLocalAddress()), "this machine has IPv6");
		world.put(World.example().plusAddress("ns1", 60, InetAddress.ofLiteral("2001:db8::53")));
		Finding finding = world.find("dns.mx", "example.test");
		assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
		assertThat(cells(finding, "address", "kind", "status")).contains(List.of("2001:db8:0:0:0:0:0:53#" + world.port(), "no-ipv6", "UNREACHABLE"));
	}

	@Test
	void oneAddressOfAServerThatIsSilent() throws Exception {
		world.put(World.example().plusAddress("ns1", 60, InetAddress.ofLiteral("::1")));
		Finding finding = world.find("dns.mx", "example.test", false, Duration.ofSeconds(2));
		assertThat(finding.outcome()).as("nobody listens at ::1").isEqualTo(Outcome.WARN);
		assertThat(finding.reason().id()).isEqualTo("dns.address-silent");
	}

	@Test
	void recordsOfOtherNamesAreNobodysAnswer() throws Exception {
		for (InetAddress server : List.of(World.ONE, World.TWO)) {
			world.instead.put(server, query -> {
				DnsMessage answer = world.one.answer(query);
				List<DnsRecord> more = new ArrayList<>(answer.answers());
				more.add(new DnsRecord(DnsName.of("victim.test"), 60, World.mx(1, "evil.example.test")));
				return new DnsMessage(answer.id(), true, 0, true, false, false, false, 0, answer.question(), more, List.of(), List.of(), 0, 0);
			});
		}
		assertThat(world.find("dns.mx", "example.test").reason().args().get(1)).isEqualTo("10 old.example.test.");
	}

	@Test
	void oneSaysNothingAndTheOtherSomething() throws Exception {
		world.two.put(World.example().without("@", DnsData.MX));
		Finding finding = world.find("dns.mx", "example.test");
		assertThat(finding.reason().id()).isEqualTo("dns.disagree");
		assertThat(finding.reason().args().get(4)).contains("ns2.example.test (127.0.0.64#" + world.port() + "): NO_DATA");
	}

	@Test
	void aDomainThatIsAnAlias() throws Exception {
		world.put(World.example().plus("sub", 60, new DnsData.Alias(DnsName.of("old.example.test"))));
		Finding finding = world.find("dns.a", "sub.example.test");
		assertThat(finding.reason().id()).isEqualTo("dns.alias");
		assertThat(finding.reason().args().get(1)).isEqualTo("127.0.0.41, CNAME old.example.test.");
	}

	@Test
	void aDomainBelowAZoneIsAskedOfThatZone() throws Exception {
		world.put(World.example().plus("deep.sub", 60, World.mx(1, "old.example.test")));
		Finding finding = world.find("dns.mx", "deep.sub.example.test");
		assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
		assertThat(finding.reason().args().get(1)).isEqualTo("1 old.example.test.");
	}

	@Test
	void hostileTextIsEscapedAndBounded() throws Exception {
		world.put(World.example().plus("@", 60, new DnsData.Text(List.of("\u001b[2J\u202e\r\n\u0007\""))));
		Finding finding = world.find("dns.txt", "example.test");
		assertThat(finding.reason().args().get(1)).matches("[\\x20-\\x7e]+").contains("\\027[2J");
		world.put(World.example().plus("@", 60, DnsData.Text.of("x".repeat(30_000))));
		Finding first = world.find("dns.txt", "example.test");
		assertThat(first.reason().args().get(1)).hasSizeLessThan(2_200);
		world.put(World.example().plus("@", 60, DnsData.Text.of("x".repeat(29_999) + "y")));
		assertThat(world.find("dns.txt", "example.test").reason()).as("what was left out still counts").isNotEqualTo(first.reason());
	}

	@Test
	void manyRecordsAreCountedAndNotKept() throws Exception {
		Zone zone = World.example();
		for (int i = 0; i < 300; i++) {
			zone = zone.plus("@", 60, DnsData.Text.of("text number " + i));
		}
		world.put(zone);
		Finding finding = world.find("dns.txt", "example.test");
		assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
		assertThat(cells(finding, "data")).hasSize(402).contains(List.of("… +100"));
	}
}
