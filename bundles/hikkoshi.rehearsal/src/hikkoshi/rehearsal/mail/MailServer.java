package hikkoshi.rehearsal.mail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import javax.net.ssl.SSLContext;

/// A whole mail server in memory: accounts, their folders, and listeners on free loopback ports for every service that its settings name.
///
/// Behaves as a strict server should: no login before TLS, no relaying, bounds on everything a client sends. Accounts may come and go while it runs.
/// Safe for use by several threads; `close` ends every connection at once.
public final class MailServer implements AutoCloseable {

	private final MailServerSettings settings;
	private final MailDirectory directory;
	private final SSLContext tls;
	private final SocketHost host;
	private final Map<MailService, Integer> ports = new EnumMap<>(MailService.class);

	private MailServer(MailServerSettings settings) {
		this.settings = settings;
		directory = new MailDirectory(settings.domains(), settings.clock());
		tls = settings.identity().serverContext();
		host = new SocketHost(settings.hostName(), settings.limits().connections(), settings.limits().session());
	}

	/// Starts listening; every service that the settings name answers when this returns.
	///
	/// @throws IOException if no port can be had
	public static MailServer start(MailServerSettings settings) throws IOException {
		MailServer server = new MailServer(settings);
		try {
			for (MailService service : settings.services()) {
				server.ports.put(service, server.host.listen(settings.addresses(), (socket, overloaded) -> server.serve(service, socket, overloaded)));
			}
			return server;
		} catch (IOException | RuntimeException e) {
			server.close();
			throw e;
		}
	}

	private void serve(MailService service, Socket socket, boolean overloaded) throws IOException {
		try (Wire wire = new Wire(socket, settings.limits().idleBeforeLogin())) {
			if (service.implicitTls()) {
				wire.startTls(tls);
			}
			Host context = new Host(service, settings, directory, tls);
			switch (service) {
			case IMAP, IMAPS -> new ImapSession(wire, context).run(overloaded);
			case POP3, POP3S -> new Pop3Session(wire, context).run(overloaded);
			case SUBMISSION, SUBMISSIONS, MX -> new SmtpSession(wire, context).run(overloaded);
			}
		}
	}

	/// What a session needs to know of the server it belongs to.
	record Host(MailService service, MailServerSettings settings, MailDirectory directory, SSLContext tls) {

		String name() {
			return settings.hostName();
		}

		MailLimits limits() {
			return settings.limits();
		}
	}

	public MailServerSettings settings() {
		return settings;
	}

	public List<InetAddress> addresses() {
		return settings.addresses();
	}

	/// The port of a service, the same on all addresses.
	public int port(MailService service) {
		Integer port = ports.get(service);
		if (port == null) {
			throw new IllegalArgumentException("this server does not offer " + service);
		}
		return port;
	}

	/// Adds an account and delivers mail for the address to it. The caller may wipe the password afterwards.
	///
	/// @throws IllegalStateException if the user or the address exists already
	public void addAccount(String user, String address, char[] password) {
		directory.add(user, address, password);
	}

	/// Delivers mail for one more address to an existing user.
	public void addAlias(String address, String user) {
		directory.alias(address, user);
	}

	/// Takes an account away with its addresses and its mail; sessions that are logged in go on until they end. False if there was none.
	public boolean removeAccount(String user) {
		return directory.remove(user);
	}

	public Set<String> users() {
		return directory.users();
	}

	/// The folders of a user, to look into or to fill.
	public Optional<MailStore> store(String user) {
		return directory.store(user);
	}

	/// Where mail for postmaster goes while no account has that address.
	public MailStore postmaster() {
		return directory.postmaster();
	}

	/// The latest logins that clients tried, oldest first, at most ten thousand.
	public List<LoginAttempt> loginAttempts() {
		return directory.attempts();
	}

	/// How many connections are open now.
	public int connections() {
		return host.connections();
	}

	@Override
	public void close() {
		host.close();
	}
}
