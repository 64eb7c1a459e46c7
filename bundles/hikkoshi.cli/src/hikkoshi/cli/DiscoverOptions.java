package hikkoshi.cli;

import java.util.ArrayList;
import java.util.List;

import hikkoshi.core.discover.DiscoveryOptions;
import hikkoshi.core.discover.MailPort;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Option;

/// Where a discovery asks, when that is not the usual place: another resolver, a lab. Mixed into the command.
final class DiscoverOptions {
	@Option(names = "--resolver", paramLabel = "SERVER", descriptionKey = "discover.resolver")
	private List<String> resolvers = new ArrayList<>();

	@Option(names = "--root", paramLabel = "SERVER", descriptionKey = "discover.root")
	private List<String> roots = new ArrayList<>();

	@Option(names = "--authoritative-port", paramLabel = "PORT", defaultValue = "0", descriptionKey = "discover.authoritative-port")
	private int authoritativePort;

	@Option(names = "--https-port", paramLabel = "PORT", defaultValue = "443", descriptionKey = "discover.https-port")
	private int httpsPort;

	@Option(names = "--http-port", paramLabel = "PORT", defaultValue = "80", descriptionKey = "discover.http-port")
	private int httpPort;

	@Option(names = "--ports", paramLabel = "PROTOCOL:PORT/SECURITY", split = ",", descriptionKey = "discover.ports")
	private List<String> ports = new ArrayList<>();

	/// @param usual what the project or the defaults say
	DiscoveryOptions over(DiscoveryOptions usual, Phrases words) throws CommandFailure {
		List<NameServer> asked = servers(resolvers, words);
		List<NameServer> from = servers(roots, words);
		DnsSettings dns = new DnsSettings(usual.dns().resolvers(), from.isEmpty() ? usual.dns().roots() : from,
				authoritativePort == 0 ? usual.dns().authoritativePort() : authoritativePort);
		DiscoveryOptions options = DiscoveryOptions.of(usual.policy(), dns, usual.anchors()).asking(asked).withHttp(httpsPort, httpPort);
		List<MailPort> chosen = new ArrayList<>();
		for (String port : ports) {
			try {
				chosen.add(MailPort.parse(port));
			} catch (IllegalArgumentException _) {
				throw new CommandFailure(ExitCode.USAGE, words.say("discover.bad-port", port));
			}
		}
		return chosen.isEmpty() ? options : options.withPorts(chosen);
	}

	private static List<NameServer> servers(List<String> texts, Phrases words) throws CommandFailure {
		List<NameServer> servers = new ArrayList<>();
		for (String text : texts) {
			try {
				servers.add(NameServer.parse(text));
			} catch (IllegalArgumentException _) {
				throw new CommandFailure(ExitCode.USAGE, words.say("dns.bad-server", text));
			}
		}
		return servers;
	}
}
