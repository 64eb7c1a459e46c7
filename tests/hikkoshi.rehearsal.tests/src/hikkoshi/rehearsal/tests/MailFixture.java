package hikkoshi.rehearsal.tests;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import hikkoshi.rehearsal.mail.Loopback;
import hikkoshi.rehearsal.mail.MailServer;
import hikkoshi.rehearsal.mail.MailServerSettings;
import hikkoshi.rehearsal.mail.MailService;
import hikkoshi.rehearsal.tls.ThrowAwayCa;
import hikkoshi.rehearsal.tls.Validity;

/// A server for `example.test` with two accounts, and clients for it.
final class MailFixture implements AutoCloseable {

	static final String NAME = "old.example.test";
	static final Instant NOW = Instant.parse("2026-11-24T12:34:56Z");
	static final InetAddress FOUR = Loopback.address("127.0.0.1");
	static final String PASSWORD = "pä ss\"wörd\\1";

	final ThrowAwayCa ca = ThrowAwayCa.create("Rehearsal", Instant.now());
	final MailServer server;

	MailFixture() throws IOException {
		this(settings -> settings);
	}

	MailFixture(UnaryOperator<MailServerSettings> change) throws IOException {
		MailServerSettings settings = MailServerSettings.of(NAME, Set.of("example.test"), ca.issue(List.of(NAME), Validity.around(Instant.now())))
				.withClock(InstantSource.fixed(NOW));
		server = MailServer.start(change.apply(settings));
		server.addAccount("alice", "alice@example.test", PASSWORD.toCharArray());
		server.addAccount("bob@example.test", "bob@example.test", "bobs".toCharArray());
	}

	/// A connection whose greeting was read; within TLS where the service wants it.
	RawClient open(MailService service) throws IOException {
		return open(service, FOUR);
	}

	RawClient open(MailService service, InetAddress address) throws IOException {
		RawClient client = RawClient.connect(address, server.port(service));
		return service.implicitTls() ? client.tls(ca.clientContext(), NAME) : client;
	}

	RawClient greeted(MailService service) throws IOException {
		RawClient client = open(service);
		client.line();
		return client;
	}

	/// Logged in to IMAP as alice.
	RawClient imap() throws IOException {
		RawClient client = greeted(MailService.IMAPS);
		client.imap("in AUTHENTICATE PLAIN " + plain("alice", PASSWORD));
		return client;
	}

	static String plain(String user, String password) {
		return base64("\0" + user + "\0" + password);
	}

	static String base64(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public void close() {
		server.close();
	}
}
