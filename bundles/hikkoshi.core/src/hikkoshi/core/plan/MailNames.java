package hikkoshi.core.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import hikkoshi.core.discover.SrvService;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Side;

/// The names below a domain that mail set-ups use: what an audit asks for, what a plan is compared on, what the sweep for leftovers looks through. One
/// list, since nobody may list a stranger's zone.
public final class MailNames {
	/// Labels of hosts that people, clients and servers use for mail.
	public static final List<String> HOSTS = List.of("mail", "smtp", "imap", "pop", "pop3", "mx", "mx1", "mx2", "webmail", "autodiscover", "autoconfig", "mta-sts",
			"relay", "out");
	/// Names of policies in TXT: DMARC, MTA-STS, TLS reports.
	public static final List<String> POLICIES = List.of("_dmarc", "_mta-sts", "_smtp._tls");
	/// What SRV records of mail services stand at, e.g. `_imaps._tcp` (RFC 6186, RFC 8314, RFC 5804), and Autodiscover's.
	public static final List<String> SERVICES =
			Stream.concat(SrvService.ALL.stream().map(SrvService::label), Stream.of(SrvService.AUTODISCOVER)).map(label -> "_" + label + "._tcp").toList();

	private MailNames() {}

	/// Every name with the types that mail set-ups keep there; DKIM keys as far as their selectors are known.
	public static List<RecordSet.Key> keys(Domain domain) {
		List<RecordSet.Key> keys = new ArrayList<>();
		add(keys, "", domain.name(), "A", "AAAA", "MX", "TXT", "CAA");
		HOSTS.forEach(label -> add(keys, label + ".", domain.name(), "A", "AAAA", "CNAME"));
		POLICIES.forEach(label -> add(keys, label + ".", domain.name(), "TXT"));
		SERVICES.forEach(label -> add(keys, label + ".", domain.name(), "SRV"));
		Set<String> selectors = new LinkedHashSet<>(domain.dkim().of(Side.OLD));
		selectors.addAll(domain.dkim().of(Side.NEW));
		selectors.forEach(selector -> add(keys, selector + "._domainkey.", domain.name(), "TXT", "CNAME"));
		return keys;
	}

	private static void add(List<RecordSet.Key> keys, String prefix, DomainName domain, String... types) {
		for (String type : types) {
			keys.add(new RecordSet.Key(prefix + domain.ascii() + ".", type));
		}
	}
}
