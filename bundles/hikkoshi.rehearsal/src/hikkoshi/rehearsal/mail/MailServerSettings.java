package hikkoshi.rehearsal.mail;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import hikkoshi.rehearsal.tls.ServerIdentity;

/// Everything that a rehearsal mail server is told before it starts.
///
/// @param hostName the name it greets with, which its certificate should prove
/// @param domains the mail domains it delivers for, in lower case; mail to any other is refused, never relayed
/// @param addresses loopback addresses to listen on; each service has the same port on all of them
/// @param services which services it offers
/// @param identity certificate and key for TLS
/// @param limits bounds against clients that ask too much
/// @param clock dates Received headers and INTERNALDATE
/// @param separator hierarchy separator of mailbox names, `/` or `.`: servers differ, and a move must cope
public record MailServerSettings(String hostName, Set<String> domains, List<InetAddress> addresses, Set<MailService> services, ServerIdentity identity,
		MailLimits limits, InstantSource clock, char separator) {

	public MailServerSettings {
		domains = domains.stream().map(domain -> domain.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
		addresses = List.copyOf(addresses);
		services = Set.copyOf(services);
		if (addresses.isEmpty() || services.isEmpty()) {
			throw new IllegalArgumentException("a server needs an address and a service");
		}
		if (!addresses.stream().allMatch(InetAddress::isLoopbackAddress)) {
			throw new IllegalArgumentException("a rehearsal server listens on loopback addresses only");
		}
		if (separator != '/' && separator != '.') {
			throw new IllegalArgumentException("the hierarchy separator is / or .");
		}
	}

	/// All services on the IPv4 loopback address (and on `::1` if this machine has it), with standard limits and the system's clock.
	public static MailServerSettings of(String hostName, Set<String> domains, ServerIdentity identity) {
		return new MailServerSettings(hostName, domains, Loopback.addresses(), EnumSet.allOf(MailService.class), identity, MailLimits.standard(),
				InstantSource.system(), '/');
	}

	public MailServerSettings withAddresses(List<InetAddress> other) {
		return new MailServerSettings(hostName, domains, other, services, identity, limits, clock, separator);
	}

	public MailServerSettings withServices(Set<MailService> other) {
		return new MailServerSettings(hostName, domains, addresses, other, identity, limits, clock, separator);
	}

	public MailServerSettings withLimits(MailLimits other) {
		return new MailServerSettings(hostName, domains, addresses, services, identity, other, clock, separator);
	}

	public MailServerSettings withClock(InstantSource other) {
		return new MailServerSettings(hostName, domains, addresses, services, identity, limits, other, separator);
	}

	public MailServerSettings withSeparator(char other) {
		return new MailServerSettings(hostName, domains, addresses, services, identity, limits, clock, other);
	}
}
