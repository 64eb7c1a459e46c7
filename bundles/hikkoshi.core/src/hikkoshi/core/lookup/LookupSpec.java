package hikkoshi.core.lookup;

import java.io.IOException;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.model.Transport;
import hikkoshi.core.probe.DnsAnswer;
import hikkoshi.core.probe.DnsLookup;
import hikkoshi.core.probe.DnsOptions;
import hikkoshi.core.probe.DnsQuestion;
import hikkoshi.core.probe.Fan;

/// What a person wants to look up, where and how. Asks every server meant at once; answers are handed on as they come. Used any number of times.
///
/// @param name as typed; an IP address stands for its reverse name
/// @param types one or more, e.g. `MX`
/// @param typed servers as [NameServer#parse] reads them, with commas or blanks between; only for [Servers#TYPED]
/// @param over how to ask, instead of each server's own transport; null to leave it
public record LookupSpec(String name, List<String> types, Servers servers, String typed, @Nullable Transport over, DnsOptions options) {
	/// Enough for every address of every server of a zone, and a bound.
	public static final int MAX_QUESTIONS = 256;

	/// Which servers are meant.
	public enum Servers {
		/// This machine's resolvers.
		SYSTEM,
		/// Every address of every server of the zone, found from the root.
		AUTHORITATIVE,
		/// The resolvers of the migration.
		CONFIGURED,
		TYPED
	}

	public LookupSpec {
		types = List.copyOf(types);
	}

	/// Something that cannot be asked, and why.
	public static final class Mistake extends Exception {
		private static final long serialVersionUID = 1L;
		private final transient Reason reason;

		Mistake(Reason reason) {
			super(reason.toString());
			this.reason = reason;
		}

		public Reason reason() {
			return reason;
		}
	}

	/// Whether a name is an IP address, and so stands for its reverse name.
	public static boolean isAddress(String name) {
		try {
			InetAddress.ofLiteral(name.strip());
			return true;
		} catch (IllegalArgumentException _) {
			return false;
		}
	}

	/// The questions, server by server. Blocks when servers must be found.
	///
	/// @throws IOException when the servers of the zone could not be found
	public List<DnsQuestion> questions(DnsLookup lookup, DnsSettings settings) throws IOException, InterruptedException, Mistake {
		String asked = name.strip();
		if (asked.isEmpty()) {
			throw new Mistake(Reason.of("lookup.no-name"));
		}
		DnsOptions put = servers == Servers.AUTHORITATIVE ? options.withoutRecursion() : options;
		List<DnsQuestion> questions = new ArrayList<>();
		for (NameServer server : meant(lookup, settings)) {
			for (String type : isAddress(asked) ? List.of("PTR") : types) {
				NameServer at = over == null ? server : server.over(over);
				questions.add(new DnsQuestion(asked, type.strip().toUpperCase(Locale.ROOT), at, put));
			}
		}
		if (questions.size() > MAX_QUESTIONS) {
			throw new Mistake(Reason.of("lookup.too-many", questions.size(), MAX_QUESTIONS));
		}
		return questions;
	}

	private List<NameServer> meant(DnsLookup lookup, DnsSettings settings) throws IOException, InterruptedException, Mistake {
		List<NameServer> meant = switch (servers) {
			case SYSTEM -> lookup.systemResolvers();
			case CONFIGURED -> settings.resolvers();
			case TYPED -> typed(typed);
			case AUTHORITATIVE -> lookup.authoritative(zoneName(), settings);
		};
		if (meant.isEmpty()) {
			throw new Mistake(Reason.of(servers == Servers.CONFIGURED ? "lookup.no-configured" : "lookup.no-server"));
		}
		return meant;
	}

	private DomainName zoneName() throws Mistake {
		String asked = name.strip();
		try {
			return isAddress(asked) ? reverse(InetAddress.ofLiteral(asked)) : DomainName.parse(asked);
		} catch (IllegalArgumentException e) {
			throw new Mistake(Reason.of("lookup.bad-question", String.valueOf(e.getMessage())));
		}
	}

	/// The name under which an address is found (RFC 1035, 3.5; RFC 3596, 2.5).
	static DomainName reverse(InetAddress address) {
		byte[] bytes = address.getAddress();
		StringBuilder name = new StringBuilder();
		for (int i = bytes.length - 1; i >= 0; i--) {
			if (bytes.length == 4) {
				name.append(bytes[i] & 0xff).append('.');
			} else {
				name.append(Integer.toHexString(bytes[i] & 0xf)).append('.').append(Integer.toHexString(bytes[i] >> 4 & 0xf)).append('.');
			}
		}
		return DomainName.parse(name + (bytes.length == 4 ? "in-addr.arpa" : "ip6.arpa"));
	}

	/// Servers as a person types them; each once.
	public static List<NameServer> typed(String text) throws Mistake {
		LinkedHashSet<NameServer> servers = new LinkedHashSet<>();
		for (String one : text.split("[,\\s]+")) {
			if (!one.isBlank()) {
				try {
					servers.add(NameServer.parse(one.startsWith("@") ? one.substring(1) : one));
				} catch (IllegalArgumentException e) {
					throw new Mistake(Reason.of("lookup.bad-server", one));
				}
			}
		}
		return List.copyOf(servers);
	}

	/// Asks all at once. Blocks until the last has answered; an interrupt ends it at once, and what had come was handed on.
	///
	/// @param sink takes each answer as it comes, one at a time
	/// @param started told how many questions there will be, before the first is put
	public void ask(DnsLookup lookup, DnsSettings settings, List<X509Certificate> anchors, Consumer<Integer> started, Consumer<DnsAnswer> sink)
			throws IOException, InterruptedException, Mistake {
		List<DnsQuestion> questions = questions(lookup, settings);
		started.accept(questions.size());
		ReentrantLock turn = new ReentrantLock();
		List<Callable<Boolean>> all = new ArrayList<>();
		for (DnsQuestion question : questions) {
			all.add(() -> {
				DnsAnswer answer = lookup.ask(question, anchors);
				turn.lock();
				try {
					sink.accept(answer);
				} finally {
					turn.unlock();
				}
				return true;
			});
		}
		try {
			Fan.out(all);
		} catch (IllegalArgumentException e) {
			throw new Mistake(Reason.of("lookup.bad-question", String.valueOf(e.getMessage())));
		}
	}

	/// In one line, e.g. for a history: `example.org MX TXT`.
	public String title() {
		return name.strip() + " " + types.stream().collect(Collectors.joining(" "));
	}
}
