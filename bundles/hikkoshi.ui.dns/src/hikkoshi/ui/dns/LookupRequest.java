package hikkoshi.ui.dns;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.model.Transport;
import hikkoshi.core.probe.DnsAnswer;
import hikkoshi.core.probe.DnsLookup;
import hikkoshi.core.probe.DnsQuestion;

/// What a person typed into the look-up view: asks every server meant, one after the other.
///
/// @param servers which servers are meant
/// @param typed addresses, only for [Servers#TYPED]
record LookupRequest(
		String name, String type, Servers servers, String typed, boolean tcp, boolean recurse, boolean dnssec, DnsSettings settings) {
	enum Servers {
		SYSTEM,
		AUTHORITATIVE,
		CONFIGURED,
		TYPED
	}

	/// A request that cannot be asked; the message is an id of the view's texts.
	static final class Mistake extends Exception {
		private static final long serialVersionUID = 1L;
		private final String argument;

		Mistake(String id, String argument) {
			super(id);
			this.argument = argument;
		}

		String argument() {
			return argument;
		}
	}

	/// Blocks; an interrupt ends it at once.
	///
	/// @param sink takes each answer as it comes
	void ask(DnsLookup lookup, Consumer<DnsAnswer> sink) throws IOException, InterruptedException, Mistake {
		if (name.isBlank()) {
			throw new Mistake("lookup.no-name", "");
		}
		for (NameServer server : meant(lookup)) {
			boolean recursion = recurse && servers != Servers.AUTHORITATIVE;
			try {
				sink.accept(lookup.ask(new DnsQuestion(name.strip(), type.strip(), server, tcp, recursion, dnssec)));
			} catch (IllegalArgumentException e) {
				throw new Mistake("lookup.failed", String.valueOf(e.getMessage()));
			}
		}
	}

	private List<NameServer> meant(DnsLookup lookup) throws IOException, InterruptedException, Mistake {
		List<NameServer> meant = switch (servers) {
			case SYSTEM -> lookup.systemResolvers();
			case CONFIGURED -> settings.resolvers();
			case TYPED -> addresses();
			case AUTHORITATIVE -> {
				try {
					yield lookup.authoritative(DomainName.parse(name), settings);
				} catch (IllegalArgumentException e) {
					throw new Mistake("lookup.failed", String.valueOf(e.getMessage()));
				}
			}
		};
		if (meant.isEmpty()) {
			throw new Mistake(servers == Servers.CONFIGURED ? "lookup.no-configured" : "lookup.no-server", "");
		}
		return meant;
	}

	private List<NameServer> addresses() throws Mistake {
		List<NameServer> addresses = new ArrayList<>();
		for (String one : typed.split("[,\\s]+")) {
			if (!one.isBlank()) {
				addresses.add(address(one));
			}
		}
		return addresses;
	}

	private static NameServer address(String text) throws Mistake {
		try {
			return NameServer.parse(text);
		} catch (IllegalArgumentException e) {
			throw new Mistake("lookup.bad-server", text);
		}
	}

	/// The same question as a command line for `dig`.
	static String dig(DnsQuestion question) {
		StringBuilder dig = new StringBuilder("dig @").append(IpText.of(question.server().address()));
		if (question.server().port() != NameServer.DNS_PORT) {
			dig.append(" -p ").append(question.server().port());
		}
		dig.append(question.server().transport() == Transport.TCP ? " +tcp" : "").append(question.options().recursionDesired() ? "" : " +norecurse")
				.append(question.options().dnssecOk() ? " +dnssec" : "");
		return dig.append(" '").append(question.name().replace("'", "'\\''")).append("' ").append(question.type()).toString();
	}
}
