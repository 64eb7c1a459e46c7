package hikkoshi.mail.tests;

import static hikkoshi.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Authentication;
import hikkoshi.core.model.ClientNames;
import hikkoshi.core.model.Door;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.Finding;
import hikkoshi.mail.internal.capability.ClientNamesProbe;
import hikkoshi.testkit.Script;
import hikkoshi.testkit.ScriptedServer;
import hikkoshi.testkit.TlsKit;

/// Whether certificates prove what mail programs are told, and not only what Hikkoshi itself asks for.
class ClientNamesTest {
	private static final TlsKit TLS = new TlsKit(Bench.NAME);
	private static final Script READY = script().startTls(TLS.good()).lines("* OK [CAPABILITY IMAP4rev1] ready")
			.serve(new Script.Rules().on("(\\S+) LOGOUT", script().lines("* BYE bye", "${1} OK done").close()));

	/// The server's own name is another one: it is not what is asked here.
	private static Door door(int port, Security security, @Nullable String setup, @Nullable String last) {
		Endpoint endpoint = new Endpoint(Protocol.IMAP, port, security);
		ClientNames names = new ClientNames(setup == null ? null : DomainName.parse(setup), last == null ? null : DomainName.parse(last));
		return new Door(new Server("mx", Side.NEW, DomainName.parse("own.example.test"), List.of(InetAddress.getLoopbackAddress()), List.of(endpoint), List.of(),
				Authentication.PASSWORD, names), endpoint, InetAddress.getLoopbackAddress());
	}

	private static Finding prove(@Nullable String setup, @Nullable String last) throws Exception {
		try (ScriptedServer server = ScriptedServer.start(READY)) {
			Finding finding = new ClientNamesProbe().examine(door(server.port(), Security.TLS, setup, last), new Bench().trust(TLS.anchor()).context());
			assertThat(server.received()).doesNotContainIgnoringCase("LOGIN ").doesNotContain("AUTHENTICATE");
			return finding;
		}
	}

	@Test
	void aNameThatTheCertificateHoldsIsProven() throws Exception {
		Finding finding = prove(Bench.NAME, null);
		assertThat(finding.outcome()).as(Bench.everything(finding)).isEqualTo(Outcome.PASS);
		assertThat(finding.reason()).isEqualTo(Reason.of("names.proven", Bench.NAME));
	}

	@Test
	void oneNameTooManyFailsAndIsNamedWithTheServersCertificate() throws Exception {
		Finding finding = prove(Bench.NAME, "mail.example.test");
		assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
		assertThat(finding.reason().id()).isEqualTo("names.refused");
		assertThat(finding.reason().args()).startsWith("mail.example.test", "tls.name-mismatch");
		assertThat(Bench.all((hikkoshi.core.evidence.Facts.Tree) finding.facts()).stream().filter(tree -> tree.key().equals("name"))).hasSize(2);
	}

	@Test
	void withoutNamesOrTlsThereIsNothingToAsk() {
		ClientNamesProbe probe = new ClientNamesProbe();
		assertThat(probe.appliesTo(door(993, Security.TLS, null, null))).isFalse();
		assertThat(probe.appliesTo(door(143, Security.NONE, Bench.NAME, null))).isFalse();
		assertThat(probe.appliesTo(door(143, Security.STARTTLS, null, Bench.NAME))).isTrue();
	}

	@Test
	void aDeadServerRefutesNothing() throws Exception {
		try (hikkoshi.testkit.ClosedPort port = new hikkoshi.testkit.ClosedPort()) {
			Finding finding = new ClientNamesProbe().examine(door(port.port(), Security.TLS, Bench.NAME, null), new Bench().context());
			assertThat(finding.reason().args()).startsWith(Bench.NAME, "connect.refused");
		}
	}
}
