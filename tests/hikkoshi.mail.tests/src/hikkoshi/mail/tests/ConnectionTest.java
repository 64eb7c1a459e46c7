package hikkoshi.mail.tests;

import static hikkoshi.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLServerSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.ProbeRun;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.Reasons;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.testkit.ClosedPort;
import hikkoshi.testkit.MailFault;
import hikkoshi.testkit.MailProtocol;
import hikkoshi.testkit.MailScripts;
import hikkoshi.testkit.Script;
import hikkoshi.testkit.ScriptedServer;
import hikkoshi.testkit.TlsKit;
import hikkoshi.testkit.Wait;

/// What happens below the protocols: connecting, deadlines, bounds, and being called off.
class ConnectionTest {
	private static final TlsKit TLS = new TlsKit(Bench.NAME);
	private static final Duration SHORT = Duration.ofMillis(300);

	/// A listener whose queue is full: its host answers no more connection requests, as a dropped packet would look.
	private static final class Deaf implements AutoCloseable {
		private final ServerSocket listener = new ServerSocket();
		private final List<Socket> queue = new ArrayList<>();

		Deaf() throws Exception {
			listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
			for (int i = 0; i < 64; i++) {
				Socket filler = new Socket();
				queue.add(filler);
				try {
					filler.connect(listener.getLocalSocketAddress(), 100);
				} catch (java.net.SocketTimeoutException e) {
					return;
				}
			}
			throw new AssertionError("the queue never filled");
		}

		int port() {
			return listener.getLocalPort();
		}

		@Override
		public void close() throws Exception {
			for (Socket filler : queue) {
				filler.close();
			}
			listener.close();
		}
	}

	@Test
	void aClosedPortRefuses() throws Exception {
		try (ClosedPort closed = new ClosedPort()) {
			Finding finding = new Bench().at(Protocol.IMAP, Security.TLS, closed.port()).examine();

			assertThat(finding.reason()).isEqualTo(Reason.of(Reasons.REFUSED, "127.0.0.1", closed.port()));
			assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
			assertThat(Bench.fact(finding, "stopped")).contains(Reasons.REFUSED);
		}
	}

	@Test
	void aDroppedConnectionRequestTimesOut() throws Exception {
		try (Deaf deaf = new Deaf()) {
			Finding finding = new Bench().at(Protocol.IMAP, Security.TLS, deaf.port()).connectTimeout(SHORT).examine();

			assertThat(finding.reason().id()).isEqualTo(Reasons.CONNECT_TIMEOUT);
			assertThat(finding.reason().args().subList(0, 2)).containsExactly("127.0.0.1", String.valueOf(deaf.port()));
			assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
		}
	}

	@Test
	void theOverallLimitCoversTheConnectionToo() throws Exception {
		try (Deaf deaf = new Deaf()) {
			Finding finding = new Bench().at(Protocol.IMAP, Security.TLS, deaf.port()).probeTimeout(SHORT).examine();

			assertThat(finding.reason().id()).isEqualTo(Reasons.CONNECT_TIMEOUT);
		}
	}

	/// The kernel itself refuses TCP to the broadcast address: no packet leaves.
	@Test
	void noWayThereIsNotARefusal() throws Exception {
		Finding finding = new Bench().at(Protocol.IMAP, Security.TLS, 993).address(InetAddress.ofLiteral("255.255.255.255")).examine();

		assertThat(finding.reason().id()).as(Bench.everything(finding)).isEqualTo(Reasons.UNREACHABLE);
		assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
	}

	@Test
	void aTlsRecordThatDripsIsCutAtTheDeadline() throws Exception {
		// a handshake record of 16 KiB, a byte at a time: no read ever times out
		Script drip = script().awaitData().send("\u0016\u0003\u0003\u003f\u00ff").drip("x".repeat(16_000), Duration.ofMillis(20));
		try (ScriptedServer server = ScriptedServer.start(drip)) {
			Finding finding = new Bench().at(Protocol.POP3, Security.TLS, server.port()).probeTimeout(Duration.ofMillis(800)).examine();

			assertThat(finding.reason().id()).as(Bench.everything(finding)).isEqualTo(Reasons.TOO_SLOW);
			assertThat(finding.reason().args().getFirst()).isEqualTo("tls");
			Wait.until("the probe hangs up", () -> server.openConnections() == 0);
		}
	}

	/// Silence up to the overall limit is silence, not slowness.
	@Test
	void silenceUntilTheDeadlineIsATimeOut() throws Exception {
		try (ScriptedServer server = ScriptedServer.start(script().stall())) {
			Finding finding = new Bench().at(Protocol.POP3, Security.STARTTLS, server.port()).probeTimeout(SHORT).examine();

			assertThat(finding.reason().id()).isEqualTo(Reasons.READ_TIMEOUT);
			assertThat(finding.reason().args().getFirst()).isEqualTo("banner");
		}
	}

	@Test
	void endlessTlsRecordsAreBounded() throws Exception {
		String record = "\u0016\u0003\u0003\u0000\u0040" + "\u0002\u0000\u0040\u0000" + "x".repeat(60);
		try (ScriptedServer server = ScriptedServer.start(script().awaitData().flood(record, 1 << 30))) {
			Finding finding = new Bench().at(Protocol.IMAP, Security.TLS, server.port()).examine();

			assertThat(finding.reason().id()).as(Bench.everything(finding)).isIn(Reasons.OVERSIZED, Reasons.TLS_HANDSHAKE);
			assertThat(server.conversations().getFirst().sent()).isLessThan(32 << 20);
		}
	}

	@Test
	void aServerWithOldTlsOnlySaysSoInAnAlert() throws Exception {
		Script alert = script().awaitData().send("\u0015\u0003\u0001\u0000\u0002\u0002\u0046").close();
		try (ScriptedServer server = ScriptedServer.start(alert)) {
			Finding finding = new Bench().at(Protocol.IMAP, Security.TLS, server.port()).examine();

			assertThat(finding.reason().id()).as(Bench.everything(finding)).isEqualTo(Reasons.TLS_HANDSHAKE);
			assertThat(finding.reason().args().getFirst()).contains("protocol_version");
		}
	}

	@Test
	void aClearTextServerOnATlsPortIsQuoted() throws Exception {
		try (ScriptedServer server = ScriptedServer.start(script().lines("220 old.example.test ESMTP Postfix").stall())) {
			Finding finding = new Bench().at(Protocol.SUBMISSION, Security.TLS, server.port()).examine();

			assertThat(finding.reason()).isEqualTo(Reason.of(Reasons.TLS_PLAINTEXT, "220 old.example.test ESMTP Postfix"));
		}
	}

	@Test
	void wordsWithoutALineEndAreAnotherProtocol() throws Exception {
		try (ScriptedServer server = ScriptedServer.start(script().send("login: ").stall())) {
			Finding finding = new Bench().at(Protocol.POP3, Security.STARTTLS, server.port()).readTimeout(SHORT).examine();

			assertThat(finding.reason()).isEqualTo(Reason.of(Reasons.NOT_PROTOCOL, "pop3", "login: "));
		}
	}

	/// Another process or an earlier probe of the run must not have decided what this one sees: each handshake is a full one.
	@Test
	void theSecondConnectionOfARunShowsItsOwnChain() throws Exception {
		Script good = MailScripts.of(MailProtocol.IMAP, true, MailFault.NONE, TLS);
		Script other = MailScripts.of(MailProtocol.IMAP, true, MailFault.WRONG_NAME, TLS);
		try (ScriptedServer server = ScriptedServer.start(good, good, other)) {
			Bench bench = new Bench().at(Protocol.IMAP, Security.TLS, server.port()).trust(TLS.anchor());
			ProbeContext run = bench.context();

			Finding first = bench.examine(run);
			Finding second = bench.examine(run);
			Finding third = bench.examine(run);

			assertThat(first.outcome()).isEqualTo(Outcome.PASS);
			assertThat(second.outcome()).isEqualTo(Outcome.PASS);
			assertThat(Bench.fact(first, "tls.sha256")).isPresent();
			assertThat(Bench.fact(second, "tls.sha256")).isPresent();
			assertThat(third.reason().id()).isEqualTo(Reasons.TLS_NAME_MISMATCH);
			assertThat(server.conversations().subList(0, 2)).allSatisfy(one -> assertThat(one.serverName()).isEqualTo(Bench.NAME));
		}
	}

	/// Old servers know no newer TLS; theirs must be as good.
	@Test
	void tls12IsStillAProof() throws Exception {
		try (SSLServerSocket listener = (SSLServerSocket) TLS.good().getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			listener.setEnabledProtocols(new String[] { "TLSv1.2" });
			Thread server = Thread.ofVirtual().start(() -> {
				try (Socket socket = listener.accept()) {
					BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
					for (String reply : new String[] { "+OK old", "+OK\r\nSASL PLAIN\r\n.", "+OK in", "+OK 1 100", "+OK bye" }) {
						socket.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
						in.readLine();
					}
				} catch (IOException e) {
					// the probe's finding tells
				}
			});

			Finding finding = new Bench().at(Protocol.POP3, Security.TLS, listener.getLocalPort()).trust(TLS.anchor()).examine();

			assertThat(finding.reason()).as(Bench.everything(finding)).isEqualTo(Reason.of(Reasons.LOGIN_OK, "pop3", "TLSv1.2", "PLAIN"));
			assertThat(Bench.fact(finding, "tls.sha256")).isPresent();
			assertThat(server.join(Duration.ofSeconds(10))).isTrue();
		}
	}

	/// A server that hangs in its goodbye has been proven already, and is not waited for as long as one that matters.
	@Test
	void aHangingGoodbyeChangesNothing() throws Exception {
		Script script = script().startTls(TLS.good()).lines("220 ready").serve(new Script.Rules()
				.on("EHLO .*", script().lines("250-mx", "250 AUTH PLAIN")).on("AUTH PLAIN .*", script().lines("235 ok")).on("QUIT", script().stall()));
		try (ScriptedServer server = ScriptedServer.start(script)) {
			Finding finding = new Bench().at(Protocol.SUBMISSION, Security.TLS, server.port()).trust(TLS.anchor()).examine();

			assertThat(finding.outcome()).isEqualTo(Outcome.PASS);
			Wait.until("the probe hangs up", () -> server.openConnections() == 0);
		}
	}

	enum Hanging {
		CONNECT,
		HANDSHAKE,
		BANNER,
		STARTTLS_HANDSHAKE,
		LOGIN
	}

	@ParameterizedTest
	@EnumSource(Hanging.class)
	void anInterruptEndsItInEveryPhase(Hanging where) throws Exception {
		if (where == Hanging.CONNECT) {
			try (Deaf deaf = new Deaf()) {
				Bench bench = new Bench().at(Protocol.IMAP, Security.TLS, deaf.port());
				callOff(bench, () -> true);
			}
			return;
		}
		MailFault fault = switch (where) {
			case HANDSHAKE, STARTTLS_HANDSHAKE -> MailFault.HANDSHAKE_SILENT;
			case LOGIN -> MailFault.SILENT_LOGIN;
			case BANNER, CONNECT -> MailFault.SILENT;
		};
		boolean implicit = where == Hanging.HANDSHAKE || where == Hanging.LOGIN;
		try (ScriptedServer server = ScriptedServer.start(MailScripts.of(MailProtocol.IMAP, implicit, fault, TLS))) {
			Bench bench = new Bench().at(Protocol.IMAP, implicit ? Security.TLS : Security.STARTTLS, server.port()).trust(TLS.anchor());
			callOff(bench, () -> switch (where) {
				case CONNECT, BANNER -> !server.conversations().isEmpty();
				case HANDSHAKE -> !server.received().isEmpty();
				case STARTTLS_HANDSHAKE -> server.clearText().contains("STARTTLS");
				case LOGIN -> server.received().contains("AUTHENTICATE");
			});
			Wait.until("the socket is closed", () -> server.openConnections() == 0);
		}
	}

	/// Runs on a virtual thread, as ProbeRun does; the bench's time-outs are far longer than a test may wait.
	private static void callOff(Bench bench, java.util.concurrent.Callable<Boolean> hangs) throws Exception {
		AtomicReference<Object> end = new AtomicReference<>();
		Thread probe = Thread.ofVirtual().start(() -> {
			try {
				end.set(bench.examine());
			} catch (Throwable e) {
				end.set(e);
			}
		});
		Wait.until("the probe hangs", () -> hangs.call() && (probe.getState() == Thread.State.TIMED_WAITING || probe.getState() == Thread.State.WAITING));
		probe.interrupt();
		assertThat(probe.join(Duration.ofSeconds(10))).as("it ends").isTrue();
		assertThat(end.get()).as("cancelled: no evidence").isInstanceOf(InterruptedException.class);
	}

	/// A run over a server farm that has stopped answering is called off as a whole.
	@Test
	void fiveHundredHangingHandshakesAreCalledOff() throws Exception {
		int many = 500;
		Script hangs = script().awaitData().stall();
		try (ScriptedServer server = ScriptedServer.start(hangs)) {
			Bench bench = new Bench().at(Protocol.IMAP, Security.TLS, server.port()).atOnce(many);
			List<ProbeTask<?>> tasks = new ArrayList<>();
			for (int i = 0; i < many; i++) {
				tasks.add(new ProbeTask<>(Bench.probe(Protocol.IMAP), bench.user("user" + i).account()));
			}
			List<Evidence> found = new ArrayList<>();
			AtomicReference<Object> end = new AtomicReference<>();
			Thread run = Thread.ofVirtual().start(() -> {
				try (RunMemo memo = new RunMemo()) {
					end.set(new ProbeRun(tasks, bench.context(memo), found::addAll).call());
				} catch (Throwable e) {
					end.set(e);
				}
			});
			Wait.until("all hang in the handshake", () -> server.openConnections() == many && server.conversations().stream().noneMatch(one -> one.received().isEmpty()));

			run.interrupt();

			assertThat(run.join(Duration.ofSeconds(20))).as("it ends").isTrue();
			assertThat(end.get()).isInstanceOf(InterruptedException.class);
			assertThat(found).as("a cancelled probe is no evidence").isEmpty();
			Wait.until("all sockets are closed", () -> server.openConnections() == 0);
		}
	}
}
