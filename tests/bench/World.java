import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

import hikkoshi.core.model.Account;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.Secrets;
import hikkoshi.mail.MailProbes;

/// The lab as the benchmarks see it.
final class World {
	private final Properties lab = new Properties();
	final X509Certificate authority;

	World(String properties) throws Exception {
		try (InputStream in = Files.newInputStream(Path.of(properties))) {
			lab.load(in);
		}
		try (InputStream in = Files.newInputStream(Path.of(get("ca")))) {
			authority = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
		}
	}

	String get(String key) {
		return Optional.ofNullable(lab.getProperty(key)).orElseThrow(() -> new IllegalStateException(key));
	}

	int number(String key) {
		return Integer.parseInt(get(key));
	}

	String of(String key, int user) {
		return get(key).replace("%d", Integer.toString(user));
	}

	/// Both sides' accounts over implicit TLS, in the order of a migration's targets.
	List<Account> accounts(int users) {
		List<Server> servers = new ArrayList<>();
		for (Side side : Side.values()) {
			String token = side.token();
			servers.add(server(token, side, get(token + ".name"), get(token + ".address"),
					new Endpoint(Protocol.IMAP, number(token + ".imaps"), Security.TLS),
					new Endpoint(Protocol.POP3, number(token + ".pop3s"), Security.TLS),
					new Endpoint(Protocol.SUBMISSION, number(token + ".submissions"), Security.TLS)));
		}
		List<Account> accounts = new ArrayList<>();
		for (int user = 1; user <= users; user++) {
			for (Server server : servers) {
				for (Endpoint endpoint : server.endpoints()) {
					accounts.add(account(server, endpoint, of(server.side().token() + ".user", user), of("address.user", user)));
				}
			}
		}
		return accounts;
	}

	static Server server(String key, Side side, String name, String address, Endpoint... endpoints) {
		return new Server(key, side, DomainName.parse(name), List.of(InetAddress.ofLiteral(address)), List.of(endpoints), List.of());
	}

	static Account account(Server server, Endpoint endpoint, String user, String mailbox) {
		return new Account(server, endpoint, server.addresses().getFirst(), user, EmailAddress.parse(mailbox));
	}

	/// Probe by probe, as a migration's tasks are.
	static List<ProbeTask<?>> tasks(List<Account> accounts) {
		List<ProbeTask<?>> tasks = new ArrayList<>();
		for (Probe<?> probe : new MailProbes().probes()) {
			@SuppressWarnings("unchecked")
			Probe<Account> login = (Probe<Account>) probe;
			accounts.stream().filter(login::appliesTo).forEach(account -> tasks.add(new ProbeTask<>(login, account)));
		}
		return tasks;
	}

	/// No pace and no lockout: the servers are ours.
	static ProbeContext context(int connections, Duration read, Secrets secrets, List<X509Certificate> anchors, RunMemo memo) {
		Policy usual = Policy.DEFAULT;
		Policy policy = new Policy(usual.evidenceMaxAge(), connections, 0, Integer.MAX_VALUE, usual.connectTimeout(), read, usual.probeTimeout(),
				usual.ttlTarget(), usual.quiet(), usual.canaries());
		return new ProbeContext(Clock.systemUTC(), secrets, policy, DnsSettings.DEFAULT, anchors, memo);
	}

	/// `u17` or `u17@lab.test` has the password of its side with the number 17.
	Secrets secrets() {
		return secrets(id -> {
			String number = id.user().replaceAll("^u(\\d+).*", "$1");
			return get(id.server().toLowerCase(Locale.ROOT) + ".password").replace("%d", number);
		});
	}

	static Secrets secrets(java.util.function.Function<CredentialId, String> passwords) {
		return new Secrets() {
			@Override
			public Optional<Secret> find(CredentialId id) {
				return Optional.of(Secret.of(passwords.apply(id)));
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

	static double median(List<Double> values) {
		List<Double> sorted = values.stream().sorted().toList();
		return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
	}

	/// Says whether a target was met, and ends the program accordingly.
	static void verdict(boolean met, String target) {
		System.out.println((met ? "met: " : "MISSED: ") + target);
		if (!met) {
			System.exit(1);
		}
	}
}
