package hikkoshi.mail.tests;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import hikkoshi.core.discover.ConfigFact;
import hikkoshi.core.discover.DiscoveryOptions;
import hikkoshi.core.discover.DiscoveryProbes;
import hikkoshi.core.discover.DnsFact;
import hikkoshi.core.discover.MailPort;
import hikkoshi.core.discover.PortFact;
import hikkoshi.core.discover.Reach;
import hikkoshi.core.discover.Speech;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.HostName;
import hikkoshi.core.model.HostPort;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Security;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.core.secret.Secrets;
import hikkoshi.mail.MailProbes;

/// Asks the probes of a discovery, in a world whose DNS is a map.
final class Explorer {
	private final Map<DomainName, List<InetAddress>> hosts = new HashMap<>();
	private List<DnsFact> dns = List.of();
	private List<MailPort> ports = List.of();
	private List<X509Certificate> anchors = List.of();
	private int https = 1;
	private int http = 1;
	private Duration read = Duration.ofSeconds(20);
	private Duration whole = Duration.ofSeconds(40);

	Explorer host(String name, String... addresses) {
		hosts.put(DomainName.parse(name), List.of(addresses).stream().map(InetAddress::ofLiteral).toList());
		return this;
	}

	Explorer dns(DnsFact... facts) {
		dns = List.of(facts);
		return this;
	}

	Explorer expect(int port, Speech speech, Security security) {
		ports = List.of(new MailPort(port, speech, security));
		return this;
	}

	Explorer trust(X509Certificate anchor) {
		anchors = List.of(anchor);
		return this;
	}

	Explorer web(int tls, int clear) {
		https = tls;
		http = clear;
		return this;
	}

	Explorer readTimeout(Duration limit) {
		read = limit;
		return this;
	}

	Explorer probeTimeout(Duration limit) {
		whole = limit;
		return this;
	}

	ProbeContext context() throws Exception {
		Policy d = Policy.DEFAULT;
		Policy policy = new Policy(d.evidenceMaxAge(), 8, 0, 5, Duration.ofSeconds(20), read, whole, d.ttlTarget(), d.quiet(), d.canaries());
		ProbeContext context = new ProbeContext(Clock.systemUTC(), Secrets.none(), policy, DnsSettings.DEFAULT, anchors, new RunMemo());
		DiscoveryOptions options = DiscoveryOptions.of(policy, DnsSettings.DEFAULT, anchors).withHttp(https, http).withPorts(ports);
		Reach.open(context.memo(), new Reach() {
			@Override
			public DiscoveryOptions options() {
				return options;
			}

			@Override
			public List<InetAddress> addresses(DomainName host) {
				return hosts.getOrDefault(host, List.of());
			}

			@Override
			public List<DnsFact> dns(DomainName name) {
				return dns;
			}

			@Override
			public Place enter(InetAddress address) {
				return () -> {};
			}
		});
		return context;
	}

	@SuppressWarnings("unchecked")
	Finding document(String probe, String domain) throws Exception {
		Probe<HostName> found = (Probe<HostName>) ProbeSet.named(probe, List.of(new MailProbes())).orElseThrow();
		return found.examine(new HostName(DomainName.parse(domain)), context());
	}

	static List<ConfigFact> servers(Finding finding) {
		return ConfigFact.read(finding.facts()).stream().filter(fact -> fact.kind() == ConfigFact.Kind.SERVER).toList();
	}

	static List<String> statuses(Finding finding) {
		return ConfigFact.read(finding.facts()).stream().filter(fact -> fact.kind() == ConfigFact.Kind.ASKED).map(ConfigFact::status).toList();
	}

	@SuppressWarnings("unchecked")
	Finding port(String name, InetAddress address, int port) throws Exception {
		Probe<HostPort> found = (Probe<HostPort>) ProbeSet.named(DiscoveryProbes.PORT, List.of(new MailProbes())).orElseThrow();
		return found.examine(new HostPort(DomainName.parse(name), address, port), context());
	}

	static PortFact fact(Finding finding) {
		return PortFact.read(finding.facts()).getFirst();
	}
}
