package hikkoshi.dns.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Authentication;
import hikkoshi.core.model.ClientNames;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.dns.DnsProbes;

/// Whether the name that sheets hand out leads to the server alone.
class SetupNameTest {
	private World world;

	@BeforeEach
	void start() throws Exception {
		world = new World();
		world.put(World.example().plusAddress("here", 60, InetAddress.ofLiteral("192.0.2.7")).plusAddress("both", 60, InetAddress.ofLiteral("192.0.2.7"))
				.plusAddress("both", 60, InetAddress.ofLiteral("203.0.113.9")).plusAddress("other", 60, InetAddress.ofLiteral("203.0.113.9")));
	}

	@AfterEach
	void stop() {
		world.close();
	}

	@SuppressWarnings("unchecked")
	private Finding look(String name) throws Exception {
		Server server = new Server("mx", Side.NEW, DomainName.parse("own.example.test"), Stream.of("192.0.2.7", "2001:db8::7").map(InetAddress::ofLiteral).toList(),
				List.of(), List.of(), Authentication.PASSWORD, new ClientNames(DomainName.parse(name), null));
		ProbeContext context = World.context(world.settings(false), Duration.ofMillis(300));
		try (var _ = context.memo()) {
			return ((Probe<Server>) ProbeSet.named("dns.setup-name", List.of(new DnsProbes())).orElseThrow()).examine(server, context);
		}
	}

	@Test
	void someOfItsAddressesAndNoOthersWillDo() throws Exception {
		Finding finding = look("here.example.test");
		assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
		assertThat(finding.reason()).isEqualTo(Reason.of("dns.setup.here", "here.example.test", "192.0.2.7"));
	}

	@Test
	void oneStrangerAmongThemIsEnoughToRefuteIt() throws Exception {
		assertThat(look("both.example.test").reason()).isEqualTo(Reason.of("dns.setup.elsewhere", "both.example.test", "203.0.113.9"));
		assertThat(look("other.example.test").outcome()).isEqualTo(Outcome.FAIL);
	}

	@Test
	void aNameWithoutAddressLeadsNowhereAndSilenceIsUnknown() throws Exception {
		assertThat(look("none.example.test").reason()).isEqualTo(Reason.of("dns.setup.nowhere", "none.example.test"));
		world.instead.put(World.ONE, _ -> null);
		world.instead.put(World.TWO, _ -> null);
		assertThat(look("here.example.test").outcome()).isEqualTo(Outcome.UNKNOWN);
	}
}
