package hikkoshi.rehearsal.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/// A caching resolver: finds answers from the root downwards, keeps each as long as its TTL allows by the clock it was given, and counts the TTL down.
///
/// A question with RD=0 is answered from the cache alone, so that a watcher can look without changing what it looks at. Safe for use by several threads.
public final class CachingResolver implements DnsService {

	private static final int MOST_ENTRIES = 10_000;
	private static final int MOST_STEPS = 24;
	private static final int DEEPEST = 6;
	private static final int MOST_ALIASES = 12;

	private record Key(DnsName name, int type) {
	}

	/// @param records the answer, or the SOA of a "no"
	private record Entry(int rcode, boolean positive, List<DnsRecord> records, Instant since, Instant until) {
	}

	private record Outcome(int rcode, List<DnsRecord> answers, List<DnsRecord> authorities) {
	}

	private final List<InetSocketAddress> roots;
	private final int port;
	private final InstantSource clock;
	private final int leastTtl;
	private final DnsClient client;
	private final Map<Key, Entry> cache = new HashMap<>();

	/// @param roots root servers
	/// @param port where all other servers listen
	/// @param leastTtl zero for an honest resolver; some resolvers keep answers longer than they are allowed to, and this one can play them
	/// @param timeout for each question to a server
	public CachingResolver(List<InetSocketAddress> roots, int port, InstantSource clock, Duration leastTtl, Duration timeout) {
		this.roots = List.copyOf(roots);
		this.port = port;
		this.clock = clock;
		this.leastTtl = (int) leastTtl.toSeconds();
		client = new DnsClient(timeout);
	}

	/// Forgets everything.
	public void flush() {
		synchronized (cache) {
			cache.clear();
		}
	}

	@Override
	public DnsMessage answer(DnsMessage query) throws InterruptedException {
		DnsMessage.Question question = query.question();
		if (question == null || question.type() == DnsData.AXFR || question.type() == DnsData.ANY) {
			return query.reply(DnsMessage.NOTIMP).withRecursionAvailable();
		}
		Outcome outcome = resolve(question.name(), question.type(), 0, query.recursionDesired());
		return query.reply(outcome.rcode()).with(false, outcome.answers(), outcome.authorities(), List.of()).withRecursionAvailable();
	}

	private Outcome resolve(DnsName asked, int type, int depth, boolean mayAsk) throws InterruptedException {
		List<DnsRecord> answers = new ArrayList<>();
		DnsName name = asked;
		for (int i = 0; i < MOST_ALIASES; i++) {
			Entry entry = look(name, type, depth, mayAsk);
			if (entry == null) {
				return new Outcome(mayAsk ? DnsMessage.SERVFAIL : DnsMessage.NOERROR, mayAsk ? List.of() : answers, List.of());
			}
			List<DnsRecord> aged = aged(entry);
			if (!entry.positive()) {
				return new Outcome(entry.rcode(), answers, aged);
			}
			answers.addAll(aged);
			if (aged.stream().anyMatch(record -> record.type() == type) || !(aged.getFirst().data() instanceof DnsData.Alias(DnsName target))) {
				return new Outcome(DnsMessage.NOERROR, answers, List.of());
			}
			name = target;
		}
		// a chain of aliases without an end
		return new Outcome(DnsMessage.SERVFAIL, List.of(), List.of());
	}

	private List<DnsRecord> aged(Entry entry) {
		long age = Math.max(0, Duration.between(entry.since(), clock.instant()).toSeconds());
		return entry.records().stream().map(record -> record.withTtl((int) Math.max(0, record.ttl() - age))).toList();
	}

	/// What is known of a name and type (or of the alias at that name); asks the servers if it must and may. Null when nobody answered.
	private @Nullable Entry look(DnsName name, int type, int depth, boolean mayAsk) throws InterruptedException {
		Entry cached = cached(name, type);
		return cached != null || !mayAsk || depth > DEEPEST ? cached : ask(name, type, depth);
	}

	private @Nullable Entry cached(DnsName name, int type) {
		Instant now = clock.instant();
		synchronized (cache) {
			for (Key key : List.of(new Key(name, type), new Key(name, DnsData.CNAME))) {
				Entry entry = cache.get(key);
				if (entry != null && now.isBefore(entry.until()) && (key.type() == type || entry.positive())) {
					return entry;
				}
			}
			return null;
		}
	}

	private Entry keep(DnsName name, int type, int rcode, boolean positive, List<DnsRecord> records) {
		List<DnsRecord> kept = records.stream().map(record -> record.withTtl(Math.max(leastTtl, record.ttl()))).toList();
		int ttl = kept.stream().mapToInt(DnsRecord::ttl).min().orElse(0);
		Instant now = clock.instant();
		Entry entry = new Entry(rcode, positive, kept, now, now.plusSeconds(ttl));
		synchronized (cache) {
			if (cache.size() >= MOST_ENTRIES) {
				cache.clear();
			}
			if (ttl > 0) {
				cache.put(new Key(name, type), entry);
			}
		}
		return entry;
	}

	private @Nullable Entry ask(DnsName name, int type, int depth) throws InterruptedException {
		DnsName zone = DnsName.ROOT;
		List<InetSocketAddress> servers = roots;
		for (DnsName each = name; !each.isRoot(); each = each.parent()) {
			List<InetSocketAddress> known = knownServers(each);
			if (!known.isEmpty()) {
				zone = each;
				servers = known;
				break;
			}
		}
		for (int step = 0; step < MOST_STEPS; step++) {
			DnsMessage reply = firstReply(servers, name, type);
			if (reply == null) {
				return null;
			}
			if (!reply.answers().isEmpty()) {
				return keepAnswer(reply, name, type, zone);
			}
			DnsName within = zone;
			List<DnsRecord> soa = reply.authorities().stream().filter(record -> record.type() == DnsData.SOA && name.isWithin(record.name())).toList();
			if (reply.rcode() == DnsMessage.NXDOMAIN || !soa.isEmpty()) {
				return keepNo(reply.rcode(), name, type, soa);
			}
			// a referral must lead downwards, towards the name (or a server could send us round in circles)
			List<DnsRecord> referral = reply.authorities().stream().filter(record -> record.type() == DnsData.NS && name.isWithin(record.name())
					&& record.name().isWithin(within) && !record.name().equals(within)).toList();
			if (referral.isEmpty()) {
				return keepNo(reply.rcode(), name, type, List.of());
			}
			zone = referral.getFirst().name();
			servers = follow(referral, reply.additionals(), within, depth);
		}
		return null;
	}

	private @Nullable DnsMessage firstReply(List<InetSocketAddress> servers, DnsName name, int type) throws InterruptedException {
		for (InetSocketAddress server : servers) {
			DnsMessage reply = client.ask(server, name, type);
			if (reply != null && (reply.rcode() == DnsMessage.NXDOMAIN || reply.rcode() == DnsMessage.NOERROR && !lame(reply))) {
				return reply;
			}
		}
		return null;
	}

	/// Neither authority nor an answer nor a hint where to go: another server may know.
	private static boolean lame(DnsMessage reply) {
		return !reply.authoritative() && reply.answers().isEmpty() && reply.authorities().isEmpty();
	}

	private @Nullable Entry keepAnswer(DnsMessage reply, DnsName name, int type, DnsName zone) {
		Map<Key, List<DnsRecord>> sets = new LinkedHashMap<>();
		reply.answers().stream().filter(record -> record.name().isWithin(zone))
				.forEach(record -> sets.computeIfAbsent(new Key(record.name(), record.type()), key -> new ArrayList<>()).add(record));
		sets.forEach((key, records) -> keep(key.name(), key.type(), DnsMessage.NOERROR, true, records));
		List<DnsRecord> mine = sets.getOrDefault(new Key(name, type), sets.getOrDefault(new Key(name, DnsData.CNAME), List.of()));
		// a TTL of zero is not cached but may be used once
		return mine.isEmpty() ? null : keep(name, mine.getFirst().type(), DnsMessage.NOERROR, true, mine);
	}

	private Entry keepNo(int rcode, DnsName name, int type, List<DnsRecord> soa) {
		List<DnsRecord> bounded = soa.stream().limit(1).map(record -> record.data() instanceof DnsData.Authority authority
				? record.withTtl(Math.max(0, Math.min(record.ttl(), authority.minimum()))) : record).toList();
		return keep(name, type, rcode, false, bounded);
	}

	private List<InetSocketAddress> follow(List<DnsRecord> referral, List<DnsRecord> additionals, DnsName within, int depth) throws InterruptedException {
		DnsName zone = referral.getFirst().name();
		List<DnsRecord> servers = referral.stream().filter(record -> record.name().equals(zone)).toList();
		keep(zone, DnsData.NS, DnsMessage.NOERROR, true, servers);
		Set<InetSocketAddress> addresses = new LinkedHashSet<>();
		for (DnsRecord server : servers) {
			DnsName host = server.data() instanceof DnsData.NameServer(DnsName named) ? named : zone;
			for (int type : List.of(DnsData.A, DnsData.AAAA)) {
				List<DnsRecord> glue = additionals.stream().filter(record -> record.type() == type && record.name().equals(host) && host.isWithin(within)).toList();
				if (!glue.isEmpty()) {
					keep(host, type, DnsMessage.NOERROR, true, glue);
				}
				glue.forEach(record -> addresses.addAll(address(record)));
			}
		}
		for (DnsRecord server : servers) {
			if (addresses.isEmpty() && server.data() instanceof DnsData.NameServer(DnsName host) && !host.isWithin(zone)) {
				resolve(host, DnsData.A, depth + 1, true).answers().forEach(record -> addresses.addAll(address(record)));
			}
		}
		return List.copyOf(addresses);
	}

	private List<InetSocketAddress> knownServers(DnsName zone) {
		Entry servers = cached(zone, DnsData.NS);
		List<InetSocketAddress> known = new ArrayList<>();
		if (servers != null && servers.positive()) {
			for (DnsRecord record : servers.records()) {
				if (record.data() instanceof DnsData.NameServer(DnsName host)) {
					for (int type : List.of(DnsData.A, DnsData.AAAA)) {
						Entry addresses = cached(host, type);
						if (addresses != null) {
							addresses.records().forEach(each -> known.addAll(address(each)));
						}
					}
				}
			}
		}
		return known;
	}

	private List<InetSocketAddress> address(DnsRecord record) {
		return record.data() instanceof DnsData.Address(InetAddress address) ? List.of(new InetSocketAddress(address, port)) : List.of();
	}
}
