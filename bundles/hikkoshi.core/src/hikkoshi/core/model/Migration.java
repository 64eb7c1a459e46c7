package hikkoshi.core.model;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One move: everything that `migration.yaml` and `mailboxes.csv` say, checked and immutable.
///
/// @param trust PEM files with additional certificate authorities, relative to the project folder
public record Migration(
		String name,
		List<Server> servers,
		List<Domain> domains,
		List<Wave> waves,
		List<Mailbox> mailboxes,
		DnsSettings dns,
		List<String> trust,
		Policy policy) {
	public Migration {
		servers = List.copyOf(servers);
		domains = List.copyOf(domains);
		waves = List.copyOf(waves);
		mailboxes = List.copyOf(mailboxes);
		trust = List.copyOf(trust);
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
