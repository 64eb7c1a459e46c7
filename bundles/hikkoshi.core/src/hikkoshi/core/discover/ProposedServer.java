package hikkoshi.core.discover;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;

/// A server entry of `migration.yaml` that a person may accept.
///
/// @param name what its certificates prove, where they prove any of its names
/// @param addresses those at which something answers
/// @param endpoints those that are open; login protocols without TLS only where there is no other way
/// @param remarks on the server as a whole
public record ProposedServer(Line<DomainName> name, List<Line<InetAddress>> addresses, List<Line<Endpoint>> endpoints, List<Remark> remarks) {
	private static final int LONGEST_KEY = 64;

	public ProposedServer {
		addresses = List.copyOf(addresses);
		endpoints = List.copyOf(endpoints);
		remarks = List.copyOf(remarks);
	}

	/// How sure it is: the worst of its lines and remarks.
	public Outcome outcome() {
		return Stream.of(Stream.of(name.outcome()), addresses.stream().map(Line::outcome), endpoints.stream().map(Line::outcome),
				remarks.stream().map(Remark::outcome)).flatMap(each -> each).reduce(Outcome.PASS, Outcome::worst);
	}

	/// Whether mail can be read there: IMAP or POP3.
	public boolean hasMailboxes() {
		return endpoints.stream().map(line -> line.value().protocol()).anyMatch(protocol -> protocol == Protocol.IMAP || protocol == Protocol.POP3);
	}

	/// A key for it that is not taken: its name, with a number where necessary.
	public String key(Collection<String> taken) {
		String name = name().value().ascii();
		// a key begins with a letter or digit
		String base = name.startsWith("_") ? "server" + name : name;
		String key = base.substring(0, Math.min(LONGEST_KEY, base.length()));
		for (int i = 2; taken.contains(key); i++) {
			String end = "-" + i;
			key = base.substring(0, Math.min(LONGEST_KEY - end.length(), base.length())) + end;
		}
		return key;
	}

	/// As an entry of a migration.
	public Server server(String key, Side side) {
		return new Server(key, side, name.value(), addresses.stream().map(Line::value).toList(), endpoints.stream().map(Line::value).toList(), List.of());
	}
}
