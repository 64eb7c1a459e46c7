package hikkoshi.dns.delegation;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.xbill.DNS.Name;

import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.dns.transport.DnsQuery;
import hikkoshi.dns.transport.DnsTransport;
import hikkoshi.dns.transport.Patience;
import hikkoshi.dns.transport.Reply;

/// Finds who is authoritative, from the root down, and what they say. Remembers for one run: zone cuts, hosts' addresses, and which
/// servers were silent. Blocks; an interrupt ends it at once; safe for several threads.
///
/// Two threads on the same way share each question, not each other's results: zones may need one another's names, and whoever waited for
/// a whole zone could wait for itself.
public final class Delegation {
	private static final int DEAF = 3;
	final DnsSettings settings;
	final Map<Name, Cut> cuts = new ConcurrentHashMap<>();
	final Map<Name, Addresses> hosts = new ConcurrentHashMap<>();
	final Duration patienceOfAll;
	private final DnsTransport transport;
	private final Patience patience;
	private final RunMemo memo;
	private final Map<InetSocketAddress, AtomicInteger> silences = new ConcurrentHashMap<>();

	/// @param memo of the run; questions asked on the way are shared through it
	/// @param patience for each question
	/// @param patienceOfAll for one way as a whole
	public Delegation(DnsTransport transport, DnsSettings settings, RunMemo memo, Patience patience, Duration patienceOfAll) {
		this.transport = transport;
		this.settings = settings;
		this.memo = memo;
		this.patience = patience;
		this.patienceOfAll = patienceOfAll;
		cuts.put(Name.root, RootHints.zone(settings));
	}

	/// The deepest zone that encloses a name.
	public Cut zoneOf(Name name) throws IOException, InterruptedException {
		return new Walk(this).zoneOf(name);
	}

	/// Every address of every server of a zone. Families that the glue leaves out are asked for as well.
	public List<ServerOf> servers(Cut.Zone zone) throws IOException, InterruptedException {
		return new Walk(this).servers(zone);
	}

	/// Asks the authoritative servers, following delegations and aliases; one server's word is enough.
	public Resolved resolve(Name name, int type) throws IOException, InterruptedException {
		return new Walk(this).resolve(name, type);
	}

	/// A server of a zone with one address, or without any.
	///
	/// @param addresses empty when its name leads nowhere
	/// @param lookup how its name was resolved when glue was not enough; its status says why there is no address
	public record ServerOf(Name host, List<NameServer> addresses, Addresses lookup) {
		public ServerOf {
			addresses = List.copyOf(addresses);
		}
	}

	private record Asked(Name name, int type, InetSocketAddress server) {}

	/// One question of a way; asked once in a run, whoever needs it.
	Reply ask(Name name, int type, NameServer server) throws IOException, InterruptedException {
		InetSocketAddress place = new InetSocketAddress(server.address(), server.port());
		return memo.once(new Asked(name, type, place), Reply.class, () -> question(DnsQuery.authoritative(name, type, place)));
	}

	private record Signed(Name name, int type, InetSocketAddress server) {}

	/// The same question with the bit DO set (RFC 3225), so that signatures come with the answer; asked once in a run.
	public Reply signed(Name name, int type, NameServer server) throws IOException, InterruptedException {
		InetSocketAddress place = new InetSocketAddress(server.address(), server.port());
		return memo.once(new Signed(name, type, place), Reply.class, () -> question(new DnsQuery(name, type, place, false, true, false)));
	}

	/// A question that nobody shares. A server that has been silent again and again in this run gets one datagram only, so that it does not
	/// hold a thousand domains for the full time each; once it answers, it is treated like others.
	public Reply question(DnsQuery query) throws IOException, InterruptedException {
		memo.count(RunMemo.DNS_QUESTIONS);
		AtomicInteger silent = silences.computeIfAbsent(query.server(), _ -> new AtomicInteger());
		Reply reply = transport.ask(query, silent.get() < DEAF ? patience : patience.once());
		if (reply.answered()) {
			silent.set(0);
		} else {
			silent.incrementAndGet();
		}
		return reply;
	}

	/// How often in a row a server gave no answer.
	int silences(NameServer server) {
		AtomicInteger silent = silences.get(new InetSocketAddress(server.address(), server.port()));
		return silent == null ? 0 : silent.get();
	}
}
