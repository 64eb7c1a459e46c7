package hikkoshi.dns.tests.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.net.InetAddress;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

import hikkoshi.core.probe.DnsStatus;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.dns.audit.AuditDns;
import hikkoshi.dns.audit.PlannedDns;
import hikkoshi.dns.delegation.Resolved;
import hikkoshi.dns.policy.PolicyFetch.Fetched;

/// The zone of RFC 4592, 2.2.1, with a delegation, aliases and a DNAME: what an authoritative server answers from it.
class PlannedDnsTest {
	private static final Name ORIGIN = Name.fromConstantString("example.");
	private static final String ZONE = """
			$TTL 3600
			@ SOA ns.example.com. admin 1 3600 900 604800 300
			@ NS ns.example.com.
			* TXT "this is a wildcard"
			* MX 10 host1
			sub.* TXT "this is not a wildcard"
			host1 A 192.0.2.1
			_ssh._tcp.host1 SRV 0 0 22 host1
			_ssh._tcp.host2 SRV 0 0 22 host1
			subdel NS ns.example.com.
			*.subdel A 192.0.2.9
			*.alias CNAME host1
			loop CNAME loop
			moved DNAME elsewhere.test.
			""";

	@ParameterizedTest
	@CsvSource({
			// of the RFC's own list
			"host3.example, MX, ANSWER", "host3.example, A, NO_DATA", "foo.bar.example, TXT, ANSWER",
			"host1.example, MX, NO_DATA", "sub.*.example, MX, NO_DATA", "_telnet._tcp.host1.example, SRV, NXDOMAIN",
			"host.subdel.example, A, NXDOMAIN", "ghost.*.example, MX, NXDOMAIN",
			// empty non-terminals exist
			"_tcp.host1.example, TXT, NO_DATA", "host2.example, MX, NO_DATA", "tcp.host2.example, MX, NXDOMAIN",
			// asked for by its own name
			"*.example, TXT, ANSWER",
			// an alias at a wildcard; the wildcard's own alias hides no sibling
			"any.alias.example, A, ANSWER", "alias.example, A, NO_DATA", "loop.example, A, SERVFAIL",
			"a.moved.example, A, NXDOMAIN", "moved.example, A, NO_DATA",
			"subdel.example, DS, NO_DATA"})
	void answersAsAnAuthoritativeServer(String name, String type, DnsStatus status) throws Exception {
		assertThat(dns().resolve(Name.fromString(name + "."), Type.value(type)).status()).isEqualTo(status);
	}

	@Test
	void aRecordOfAWildcardTakesTheNameAskedFor() throws Exception {
		Name name = Name.fromConstantString("host3.example.");
		assertThat(dns().resolve(name, Type.MX).records()).singleElement().satisfies(record -> assertThat(record.getName()).isEqualTo(name));
	}

	@Test
	void aZoneBeginsWithOneSoa() {
		assertThatIOException().isThrownBy(() -> new PlannedDns(new Nothing()).with(ORIGIN, ZONE + "@ SOA ns.example.com. admin 2 3600 900 604800 300\n"))
				.withMessageContaining("one SOA");
		assertThatIOException().isThrownBy(() -> new PlannedDns(new Nothing()).with(ORIGIN, ZONE + "below SOA ns.example.com. admin 2 3600 900 604800 300\n"))
				.withMessageContaining("one SOA");
	}

	private static AuditDns dns() throws Exception {
		return new PlannedDns(new Nothing()).with(ORIGIN, ZONE);
	}

	/// Outside the plan there is nothing.
	private static final class Nothing implements AuditDns {
		@Override
		public Resolved resolve(Name name, int type) {
			return new Resolved(DnsStatus.NXDOMAIN, false, name, List.of(), "nothing", List.of(), 0, 0, "");
		}

		@Override
		public Fetched policy(String host, List<InetAddress> addresses) {
			throw new AssertionError(host);
		}

		@Override
		public <V> V once(Object key, Class<V> type, RunMemo.Question<V> question) throws java.io.IOException, InterruptedException {
			return question.ask();
		}
	}
}
