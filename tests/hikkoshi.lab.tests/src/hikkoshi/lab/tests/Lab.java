package hikkoshi.lab.tests;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import hikkoshi.core.model.Account;
import hikkoshi.core.model.Authentication;
import hikkoshi.core.model.CertificatePin;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.Secrets;

/// The servers of `tests/lab`: started by its script, known by the file that it writes.
///
/// A lab that runs already is used, and left running, when the environment's `HIKKOSHI_LAB` names its `lab.properties`.
final class Lab implements AutoCloseable {
	private static final int START_SECONDS = 120;

	private final Properties known = new Properties();
	private final Set<String> parts = new HashSet<>();
	private final Path script;
	private final boolean isOurs;

	private Lab(Path properties, Path script, boolean isOurs) throws IOException {
		this.script = script;
		this.isOurs = isOurs;
		load(properties);
	}

	private void load(Path properties) throws IOException {
		try (InputStream in = Files.newInputStream(properties)) {
			known.load(in);
		}
	}

	/// The same lab with the servers of a part, which are started by the first test that wants them.
	///
	/// @throws IOException when one of them is missing; the message is the script's
	synchronized Lab with(String part) throws IOException, InterruptedException {
		if (parts.add(part)) {
			load(Path.of(run(script, "add", "--dir", get("dir"), part).strip()));
		}
		return this;
	}

	/// @throws IOException when a server is missing; the message is the script's
	static Lab start() throws IOException, InterruptedException {
		String running = System.getenv("HIKKOSHI_LAB");
		Path script = script();
		return running == null ? new Lab(Path.of(run(script, "start").strip()), script, true) : new Lab(Path.of(running), script, false);
	}

	/// A file of the source tree.
	static Path source(String path) throws IOException {
		return script().resolve("../../..").resolve(path).normalize();
	}

	private static Path script() throws IOException {
		for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
			Path script = folder.resolve("tests/lab/lab");
			if (Files.isExecutable(script)) {
				return script;
			}
		}
		throw new IOException("no tests/lab/lab above " + Path.of("").toAbsolutePath());
	}

	private static String run(Path script, String... arguments) throws IOException, InterruptedException {
		Path out = Files.createTempFile("lab", ".out");
		Path err = Files.createTempFile("lab", ".err");
		try {
			List<String> command = new ArrayList<>(List.of(script.toString()));
			command.addAll(List.of(arguments));
			// to files: servers that live on would hold a pipe open
			Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
			if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
				process.destroy();
				throw new IOException(command + " does not end: " + Files.readString(err, StandardCharsets.UTF_8));
			}
			if (process.exitValue() != 0) {
				throw new IOException(command + " failed: " + Files.readString(err, StandardCharsets.UTF_8));
			}
			return Files.readString(out, StandardCharsets.UTF_8);
		} finally {
			Files.delete(out);
			Files.delete(err);
		}
	}

	@Override
	public void close() throws IOException, InterruptedException {
		if (isOurs) {
			run(script, "stop", "--dir", get("dir"));
		}
	}

	String get(String key) {
		return Optional.ofNullable(known.getProperty(key)).orElseThrow(() -> new IllegalStateException("the lab says nothing of " + key));
	}

	int port(String key) {
		return Integer.parseInt(get(key));
	}

	InetAddress address(String key) {
		return InetAddress.ofLiteral(get(key));
	}

	private String of(String key, int user) {
		return get(key).replace("%d", Integer.toString(user));
	}

	EmailAddress mailbox(int user) {
		return EmailAddress.parse(of("address.user", user));
	}

	String user(Side side, int user) {
		return of(side.token() + ".user", user);
	}

	String password(Side side, int user) {
		return of(side.token() + ".password", user);
	}

	/// The account of a user at one door of one side's server, reached at that address.
	Account account(Side side, Door door, InetAddress address, int user) {
		return account(side, door.at(port(side.token() + "." + door.key())), address, user(side, user), user, List.of());
	}

	/// The same door at the side's IPv4 address.
	Account account(Side side, Door door, int user) {
		return account(side, door, address(side.token() + ".address"), user);
	}

	/// A door of the misbehaving servers, which pretend to be OLD.
	Account faulty(String fault, Door door) {
		return account(Side.OLD, door.at(port("faults." + fault)), address("faults.address"), user(Side.OLD, 1), 1, List.of());
	}

	Account account(Side side, Endpoint endpoint, InetAddress address, String name, int user, List<CertificatePin> pins) {
		DomainName proven = DomainName.parse(get(side.token() + ".name"));
		Server server = new Server(side.token(), side, proven, List.of(address), List.of(endpoint), pins);
		return new Account(server, endpoint, address, name, mailbox(user));
	}

	/// Knows every user's password, and only that.
	Secrets secrets() {
		return new Secrets() {
			@Override
			public Optional<Secret> find(CredentialId id) {
				Side side = Side.valueOf(id.server().toUpperCase(Locale.ROOT));
				for (int user = 1; user <= port("users"); user++) {
					if (user(side, user).equals(id.user())) {
						return Optional.of(Secret.of(password(side, user)));
					}
				}
				return Optional.empty();
			}

			@Override
			public void store(CredentialId id, Secret secret) {
				throw new UnsupportedOperationException();
			}

			@Override
			public void remove(CredentialId id) {
				throw new UnsupportedOperationException();
			}

			@Override
			public boolean writable() {
				return false;
			}
		};
	}

	/// A server of a part, at its one address.
	///
	/// @param key of the part's properties, which is also what the server is called
	Server server(String key, Side side, Authentication authentication) {
		List<Endpoint> doors = new ArrayList<>(Arrays.stream(Door.values()).filter(door -> known.containsKey(key + "." + door.key()))
				.map(door -> door.at(port(key + "." + door.key()))).toList());
		if (known.containsKey(key + ".mx")) {
			doors.add(new Endpoint(Protocol.SMTP, port(key + ".mx"), Security.STARTTLS));
		}
		return new Server(key, side, DomainName.parse(get(key + ".name")), List.of(address(key + ".address")), doors, List.of(), authentication);
	}

	/// The account of a user at one door of it.
	Account account(Server server, Door door, String user) {
		return new Account(server, door.at(port(server.key() + "." + door.key())), server.addresses().getFirst(), user, EmailAddress.parse(user));
	}

	List<X509Certificate> anchors() throws IOException, GeneralSecurityException {
		return List.of(certificate(Path.of(get("ca"))));
	}

	/// A certificate of the lab by its short name, e.g. `self`.
	X509Certificate certificate(String name) throws IOException, GeneralSecurityException {
		return certificate(Path.of(get("dir"), "tls", name + ".pem"));
	}

	private static X509Certificate certificate(Path pem) throws IOException, GeneralSecurityException {
		try (InputStream in = Files.newInputStream(pem)) {
			return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
		}
	}

	/// Unbound as resolver, BIND as the only root.
	DnsSettings dns() {
		return new DnsSettings(List.of(nameServer("dns.unbound")), List.of(nameServer("dns.bind")), port("dns.port"));
	}

	NameServer nameServer(String key) {
		return new NameServer(key, address(key), port("dns.port"));
	}

	static Domain domain(String name) {
		return new Domain(DomainName.parse(name), "first", "old", "new");
	}
}
