package hikkoshi.rehearsal.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

import hikkoshi.rehearsal.dns.AuthoritativeServer;
import hikkoshi.rehearsal.dns.CachingResolver;
import hikkoshi.rehearsal.dns.DnsData;
import hikkoshi.rehearsal.dns.DnsHost;
import hikkoshi.rehearsal.dns.DnsName;
import hikkoshi.rehearsal.dns.DnsService;
import hikkoshi.rehearsal.dns.Zone;

/// The DNS of a rehearsal: a root, a top-level domain, the domain that moves, and a caching resolver, all on one port.
final class Names implements AutoCloseable {

	private static final String TLD = "test";
	private static final int STEADY_TTL = 300;
	private static final int NEGATIVE_TTL = 2;
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final AuthoritativeServer domain;
	private final DnsHost host;
	private final String name;

	private Names(AuthoritativeServer domain, DnsHost host, String name) {
		this.domain = domain;
		this.host = host;
		this.name = name;
	}

	/// @param name the domain, directly below `test`
	/// @param mxTtl the MX's TTL at the start, in seconds
	static Names start(String name, Grounds grounds, int mxTtl, InstantSource clock) throws IOException {
		AuthoritativeServer root = new AuthoritativeServer();
		// where addresses are scarce, one server plays several parts
		AuthoritativeServer tld = grounds.tld().equals(grounds.root()) ? root : new AuthoritativeServer();
		AuthoritativeServer domain = grounds.zone().contains(grounds.tld()) ? tld : new AuthoritativeServer();
		root.put(rootZone(grounds));
		tld.put(tldZone(name, grounds));
		domain.put(domainZone(name, grounds, mxTtl));
		Map<InetAddress, DnsService> services = new LinkedHashMap<>();
		services.put(grounds.root(), root);
		services.put(grounds.tld(), tld);
		grounds.zone().forEach(address -> services.put(address, domain));
		// the resolver must know the port, which is known only when the host has started
		CompletableFuture<CachingResolver> resolver = new CompletableFuture<>();
		services.put(grounds.resolver(), query -> resolver.join().answer(query));
		DnsHost host = DnsHost.start(services);
		resolver.complete(new CachingResolver(List.of(new InetSocketAddress(grounds.root(), host.port())), host.port(), clock, Duration.ZERO, PATIENCE));
		return new Names(domain, host, name);
	}

	private static Zone rootZone(Grounds grounds) {
		return Zone.of(".", "a.root-servers." + TLD, STEADY_TTL, NEGATIVE_TTL)
				.plus("@", STEADY_TTL, new DnsData.NameServer(DnsName.of("a.root-servers." + TLD)))
				.plus(TLD, STEADY_TTL, new DnsData.NameServer(DnsName.of("ns." + TLD)))
				.plusAddress("ns." + TLD, STEADY_TTL, grounds.tld());
	}

	private static Zone tldZone(String name, Grounds grounds) {
		Zone zone = Zone.of(TLD, "ns." + TLD, STEADY_TTL, NEGATIVE_TTL)
				.plus("@", STEADY_TTL, new DnsData.NameServer(DnsName.of("ns." + TLD)))
				.plusAddress("ns", STEADY_TTL, grounds.tld())
				.plusAddress("a.root-servers", STEADY_TTL, grounds.root());
		for (int i = 0; i < grounds.zone().size(); i++) {
			String host = "ns" + (i + 1) + "." + name;
			zone = zone.plus(name + ".", STEADY_TTL, new DnsData.NameServer(DnsName.of(host))).plusAddress(host + ".", STEADY_TTL, grounds.zone().get(i));
		}
		return zone;
	}

	private static Zone domainZone(String name, Grounds grounds, int mxTtl) {
		Zone zone = Zone.of(name, "ns1." + name, STEADY_TTL, NEGATIVE_TTL)
				.plus("@", mxTtl, new DnsData.MailExchanger(10, DnsName.of(World.OLD_NAME)))
				.plus("@", STEADY_TTL, DnsData.Text.of("v=spf1 a:" + World.OLD_NAME + " a:" + World.NEW_NAME + " -all"));
		for (int i = 0; i < grounds.zone().size(); i++) {
			zone = zone.plus("@", STEADY_TTL, new DnsData.NameServer(DnsName.of("ns" + (i + 1) + "." + name)))
					.plusAddress("ns" + (i + 1), STEADY_TTL, grounds.zone().get(i));
		}
		for (InetAddress address : grounds.oldServer()) {
			zone = zone.plusAddress(World.OLD_NAME + ".", STEADY_TTL, address);
		}
		for (InetAddress address : grounds.newServer()) {
			zone = zone.plusAddress(World.NEW_NAME + ".", STEADY_TTL, address);
		}
		return zone;
	}

	int port() {
		return host.port();
	}

	void lowerMxTtl(int ttl) {
		change(zone -> zone.withTtl("@", DnsData.MX, ttl));
	}

	void switchMx(String exchanger, int ttl) {
		change(zone -> zone.replacing("@", ttl, new DnsData.MailExchanger(10, DnsName.of(exchanger))));
	}

	private synchronized void change(UnaryOperator<Zone> change) {
		domain.put(change.apply(domain.zone(name).orElseThrow()));
	}

	@Override
	public void close() {
		host.close();
	}
}
