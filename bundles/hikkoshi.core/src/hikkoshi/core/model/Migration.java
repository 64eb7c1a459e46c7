package hikkoshi.core.model;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One move: everything that `migration.yaml` and `mailboxes.csv` say, checked and immutable.
///
/// @param recipients addresses of the roster that receive mail and have no mailbox of their own
/// @param trust PEM files with additional certificate authorities, relative to the project folder
public record Migration(
		String name,
		List<Server> servers,
		List<Domain> domains,
		List<Wave> waves,
		List<Mailbox> mailboxes,
		List<Recipient> recipients,
		DnsSettings dns,
		List<String> trust,
		Policy policy) {
	public Migration {
		servers = List.copyOf(servers);
		domains = List.copyOf(domains);
		waves = List.copyOf(waves);
		mailboxes = List.copyOf(mailboxes);
		recipients = List.copyOf(recipients);
		trust = List.copyOf(trust);
	}

	/// Without recipients of other kinds.
	public Migration(String name, List<Server> servers, List<Domain> domains, List<Wave> waves, List<Mailbox> mailboxes, DnsSettings dns,
			List<String> trust, Policy policy) {
		this(name, servers, domains, waves, mailboxes, List.of(), dns, trust, policy);
	}

	public Optional<Server> server(String key) {
		return servers.stream().filter(s -> s.key().equals(key)).findFirst();
	}

	public Optional<Domain> domain(DomainName name) {
		return domains.stream().filter(d -> d.name().equals(name)).findFirst();
	}

	/// The server that holds a mailbox on that side: its domain's. Empty only in a migration with faults.
	public Optional<Server> server(Mailbox mailbox, Side side) {
		return domain(mailbox.address().domain()).flatMap(d -> server(d.server(side)));
	}

	public List<Mailbox> mailboxes(String wave) {
		return mailboxes.stream().filter(m -> m.wave().equals(wave)).toList();
	}

	/// The server that receives for an address on that side: its domain's.
	public Optional<Server> server(EmailAddress address, Side side) {
		return domain(address.domain()).flatMap(d -> server(d.server(side)));
	}

	/// Every address of the roster: mailboxes first, then the other recipients.
	public List<EmailAddress> addresses() {
		return Stream.concat(mailboxes.stream().map(Mailbox::address), recipients.stream().map(Recipient::address)).toList();
	}

	/// Every door of a server: each endpoint at each address.
	public static List<Door> doors(Server server) {
		return server.endpoints().stream().flatMap(endpoint -> server.addresses().stream().map(address -> new Door(server, endpoint, address)))
				.toList();
	}

	/// Every place where one side can be asked whether it receives for an address: each SMTP endpoint at each address of its server.
	public List<Presence> presences(EmailAddress address, Side side) {
		return server(address, side).stream().flatMap(server -> doors(server).stream())
				.filter(door -> door.endpoint().protocol() == Protocol.SMTP).map(door -> new Presence(door, address)).toList();
	}

	/// Every login of a mailbox on one side: each endpoint with a login, at each address of its server.
	public List<Account> accounts(Mailbox mailbox, Side side) {
		List<Account> accounts = new ArrayList<>();
		server(mailbox, side).ifPresent(server -> {
			for (Endpoint endpoint : server.endpoints()) {
				for (InetAddress address : server.addresses()) {
					if (endpoint.protocol().hasLogin()) {
						accounts.add(new Account(server, endpoint, address, mailbox.user(side), mailbox.address()));
					}
				}
			}
		});
		return accounts;
	}
}
