package hikkoshi.core.discover;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.model.Policy;

/// How a discovery asks: a value, so that a lab with other ports is an argument and no hidden switch.
///
/// @param policy time-outs of single questions, and connections to one address at a time
/// @param dns roots in force; without `resolvers` below, DNS is followed from them by delegation
/// @param resolvers ask these caching resolvers instead of the authoritative servers, e.g. where a firewall lets no other DNS pass
/// @param anchors additional certificate authorities
/// @param httpsPort 443 but in a lab
/// @param httpPort 80 but in a lab
/// @param ports where to knock at each address, besides those that SRV and autoconfig name
/// @param guesses labels before a domain under which mail hosts usually are, and [#ITSELF]; tried only where they exist in DNS
/// @param namesAtOnce names under way at a time
/// @param tasksPerName questions of one name under way at a time, so that a name with silent hosts leaves room to the others
/// @param connections open connections of all names together
/// @param patience for one name as a whole; what has been found by then is its result
public record DiscoveryOptions(
		Policy policy, DnsSettings dns, List<NameServer> resolvers, List<X509Certificate> anchors, int httpsPort, int httpPort, List<MailPort> ports,
		List<String> guesses, int namesAtOnce, int tasksPerName, int connections, Duration patience) {
	/// The guess that stands for the name itself.
	public static final String ITSELF = "@";
	private static final int HTTPS = 443;
	private static final int HTTP = 80;
	private static final List<String> GUESSES = List.of("mail", "imap", "smtp", "pop", ITSELF);
	private static final int NAMES_AT_ONCE = 200;
	private static final int TASKS_PER_NAME = 16;
	/// More than any one name can use, far below what a process may open.
	private static final int CONNECTIONS = 400;
	/// DNS, then HTTP and ports side by side, then hosts that only HTTP has named.
	private static final int STAGES = 3;

	public DiscoveryOptions {
		resolvers = List.copyOf(resolvers);
		anchors = List.copyOf(anchors);
		ports = List.copyOf(ports);
		guesses = List.copyOf(guesses);
		if (namesAtOnce < 1 || tasksPerName < 1 || connections < 1 || patience.isNegative() || patience.isZero()) {
			throw new IllegalArgumentException("a discovery needs room and time");
		}
	}

	/// The usual ports, bounds from the policy.
	public static DiscoveryOptions of(Policy policy, DnsSettings dns, List<X509Certificate> anchors) {
		return new DiscoveryOptions(policy, dns, List.of(), anchors, HTTPS, HTTP, MailPort.REGISTERED, GUESSES, NAMES_AT_ONCE, TASKS_PER_NAME, CONNECTIONS,
				policy.probeTimeout().multipliedBy(STAGES));
	}

	/// Asked by resolvers instead of by delegation.
	public DiscoveryOptions asking(List<NameServer> others) {
		return new DiscoveryOptions(policy, dns, others, anchors, httpsPort, httpPort, ports, guesses, namesAtOnce, tasksPerName, connections, patience);
	}

	public DiscoveryOptions withHttp(int https, int http) {
		return new DiscoveryOptions(policy, dns, resolvers, anchors, https, http, ports, guesses, namesAtOnce, tasksPerName, connections, patience);
	}

	public DiscoveryOptions withPorts(List<MailPort> others) {
		return new DiscoveryOptions(policy, dns, resolvers, anchors, httpsPort, httpPort, others, guesses, namesAtOnce, tasksPerName, connections, patience);
	}

	public DiscoveryOptions withGuesses(List<String> others) {
		return new DiscoveryOptions(policy, dns, resolvers, anchors, httpsPort, httpPort, ports, others, namesAtOnce, tasksPerName, connections, patience);
	}

	public DiscoveryOptions withPatience(Duration other) {
		return new DiscoveryOptions(policy, dns, resolvers, anchors, httpsPort, httpPort, ports, guesses, namesAtOnce, tasksPerName, connections, other);
	}

	/// What is expected at a port; empty where only a server's own word leads.
	public Optional<MailPort> expected(int port) {
		return ports.stream().filter(each -> each.port() == port).findFirst();
	}
}
