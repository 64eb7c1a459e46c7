package hikkoshi.core.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.WatchSettings;
import hikkoshi.core.plan.RecordSet;

/// Which names and types of a domain are watched. The addresses of the MX hosts come on top: only the MX records tell which those are.
public final class WatchedNames {
	/// Where mail programs look for set-up documents, and senders for the policy.
	private static final List<String> HOSTS = List.of("autodiscover", "autoconfig", "mta-sts");
	private static final List<String> TEXTS = List.of("_dmarc", "_mta-sts", "_smtp._tls");
	private static final List<String> SERVICES =
			List.of("_imaps._tcp", "_imap._tcp", "_pop3s._tcp", "_pop3._tcp", "_submissions._tcp", "_submission._tcp", "_autodiscover._tcp");

	private WatchedNames() {}

	/// @param servers of the migration: their names count as MX hosts where they are the domain's own
	public static List<RecordSet.Key> of(Domain domain, Collection<Server> servers, WatchSettings settings) {
		Set<RecordSet.Key> keys = new LinkedHashSet<>();
		String apex = domain.name().ascii() + ".";
		if (settings.usual()) {
			List.of("MX", "TXT", "NS").forEach(type -> keys.add(new RecordSet.Key(apex, type)));
			for (Side side : Side.values()) {
				servers.stream().filter(server -> server.key().equals(domain.server(side))).map(server -> server.name().ascii() + ".")
						.filter(name -> name.endsWith("." + apex)).forEach(name -> keys.addAll(addresses(name)));
				domain.dkim().of(side).forEach(selector -> keys.add(new RecordSet.Key(selector.toLowerCase(Locale.ROOT) + "._domainkey." + apex, "TXT")));
			}
			TEXTS.forEach(name -> keys.add(new RecordSet.Key(name + "." + apex, "TXT")));
			HOSTS.forEach(name -> keys.addAll(addresses(name + "." + apex)));
			SERVICES.forEach(name -> keys.add(new RecordSet.Key(name + "." + apex, "SRV")));
		}
		for (WatchSettings.Name more : settings.more()) {
			more.types().forEach(type -> keys.add(new RecordSet.Key(more.below(domain.name()), type)));
		}
		return new ArrayList<>(keys);
	}

	/// Both kinds of address of a host.
	public static List<RecordSet.Key> addresses(String host) {
		return List.of(new RecordSet.Key(host, "A"), new RecordSet.Key(host, "AAAA"));
	}
}
