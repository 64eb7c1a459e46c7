package hikkoshi.dns.tests.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import javax.net.ssl.SSLContext;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import hikkoshi.dns.policy.PolicyFetch;
import hikkoshi.dns.policy.PolicyFetch.Fetched;
import hikkoshi.testkit.ClosedPort;
import hikkoshi.testkit.HttpScripts;
import hikkoshi.testkit.Script;
import hikkoshi.testkit.ScriptedServer;
import hikkoshi.testkit.TlsKit;
import hikkoshi.testkit.Wait;

class PolicyFetchTest {
	private static final String NAME = "mta-sts.example.test";
	private static final TlsKit TLS = new TlsKit(NAME);
	private static final String POLICY = "version: STSv1\r\nmode: enforce\r\nmx: mail.example.test\r\nmax_age: 86400\r\n";
	private static final Duration LONG = Duration.ofSeconds(30);

	private static Fetched fetch(SSLContext context, Script answer, Duration read, Duration whole) throws Exception {
		try (ScriptedServer server = ScriptedServer.start(HttpScripts.https(context).on("GET /\\.well-known/mta-sts\\.txt HTTP/1\\.1", answer).whole())) {
			return new PolicyFetch(List.of(TLS.anchor()), server.port(), read, whole).fetch(NAME, List.of(server.address()));
		}
	}

	private static Fetched fetch(Script answer) throws Exception {
		return fetch(TLS.good(), answer, LONG, LONG);
	}

	@Test
	void thePolicyComesAsItIs() throws Exception {
		assertThat(fetch(HttpScripts.reply(200, "text/plain", POLICY))).isInstanceOfSatisfying(Fetched.Policy.class, policy -> {
			assertThat(policy.text()).isEqualTo(POLICY);
			assertThat(policy.type()).isEqualTo("text/plain");
		});
		assertThat(fetch(Script.script().send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/plain\r\n\r\n8\r\nversion:\r\n7;x=y\r\n STSv1\n\r\n0\r\n\r\n").stall()))
				.as("in pieces, from a server that does not hang up").isInstanceOfSatisfying(Fetched.Policy.class, policy -> assertThat(policy.text()).isEqualTo("version: STSv1\n"));
		assertThat(fetch(Script.script().send("HTTP/1.0 200 OK\r\n\r\nversion: STSv1"))).isInstanceOfSatisfying(Fetched.Policy.class,
				policy -> assertThat(policy.text()).isEqualTo("version: STSv1"));
	}

	@ParameterizedTest
	@ValueSource(strings = {"wrong name", "expired", "self-signed", "unknown authority"})
	void aCertificateThatSendersRefuseIsARefusal(String fault) throws Exception {
		SSLContext context = switch (fault) {
			case "wrong name" -> TLS.wrongName();
			case "expired" -> TLS.expired();
			case "self-signed" -> TLS.selfSigned();
			default -> TLS.unknownAuthority();
		};
		assertThat(fetch(context, HttpScripts.reply(200, "text/plain", POLICY), LONG, LONG)).isInstanceOfSatisfying(Fetched.Refused.class,
				refused -> assertThat(refused.why()).contains("TLS"));
	}

	@Test
	void whatIsNoPolicyIsRefused() throws Exception {
		assertThat(fetch(HttpScripts.reply(404, "text/plain", "no"))).isInstanceOfSatisfying(Fetched.Refused.class, refused -> assertThat(refused.why()).contains("404"));
		assertThat(fetch(HttpScripts.redirect(302, "https://" + NAME + "/x"))).isInstanceOfSatisfying(Fetched.Refused.class,
				refused -> assertThat(refused.why()).contains("redirect"));
		assertThat(fetch(Script.script().send("220 mail ESMTP\r\n"))).isInstanceOf(Fetched.Refused.class);
		assertThat(fetch(HttpScripts.endless(10_000_000))).as("a body without end").isInstanceOfSatisfying(Fetched.Refused.class,
				refused -> assertThat(refused.why()).contains("bytes"));
	}

	@Test
	void nobodyThereIsSilence() throws Exception {
		try (ClosedPort port = new ClosedPort()) {
			assertThat(new PolicyFetch(List.of(), port.port(), LONG, LONG).fetch(NAME, List.of(InetAddress.getLoopbackAddress()))).isInstanceOf(Fetched.Silent.class);
		}
		assertThat(new PolicyFetch(List.of(), 443, LONG, LONG).fetch(NAME, List.of())).isInstanceOf(Fetched.Silent.class);
		assertThat(fetch(TLS.good(), Script.script().stall(), Duration.ofMillis(300), LONG)).as("a server that says nothing").isInstanceOf(Fetched.Silent.class);
		assertThat(fetch(TLS.good(), Script.script().send("HTTP/1.1 200 OK\r\n\r\n").drip("a: b\n".repeat(2_000), Duration.ofMillis(10)), LONG, Duration.ofMillis(500)))
				.as("a server that drips").isInstanceOf(Fetched.Silent.class);
	}

	@Test
	void anInterruptEndsIt() throws Exception {
		try (ScriptedServer server = ScriptedServer.start(HttpScripts.https(TLS.good()).on(".*", Script.script().stall()).whole())) {
			PolicyFetch fetch = new PolicyFetch(List.of(TLS.anchor()), server.port(), LONG, LONG);
			FutureTask<Fetched> task = new FutureTask<>(() -> fetch.fetch(NAME, List.of(server.address())));
			Thread thread = Thread.ofVirtual().start(task);
			Wait.until("the question", () -> server.received().contains("mta-sts.txt"));
			thread.interrupt();
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(task::get).withCauseInstanceOf(InterruptedException.class);
		}
	}
}
