package hikkoshi.dns.transport;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

import hikkoshi.core.probe.DnsStatus;

/// What a message says about its question.
final class Statuses {
	private static final int MAX_ALIASES = 16;

	private Statuses() {}

	static DnsStatus of(DnsQuery query, Message message) {
		return switch (message.getRcode()) {
			case Rcode.NOERROR -> ofContent(query, message);
			case Rcode.NXDOMAIN -> DnsStatus.NXDOMAIN;
			case Rcode.SERVFAIL -> DnsStatus.SERVFAIL;
			case Rcode.REFUSED -> DnsStatus.REFUSED;
			case Rcode.FORMERR -> DnsStatus.FORMERR;
			case Rcode.NOTIMP -> DnsStatus.NOTIMP;
			default -> DnsStatus.OTHER_RCODE;
		};
	}

	private static DnsStatus ofContent(DnsQuery query, Message message) {
		List<Record> answer = message.getSection(Section.ANSWER);
		Name name = query.name();
		boolean alias = false;
		Set<Name> passed = new HashSet<>();
		while (true) {
			if (!passed.add(name) || passed.size() > MAX_ALIASES) {
				return DnsStatus.ALIAS_LOOP;
			}
			Name owner = name;
			Name target = null;
			for (Record each : answer) {
				if (each.getName().equals(owner)) {
					if (each.getType() == query.type() || query.type() == Type.ANY) {
						return DnsStatus.ANSWER;
					}
					target = each instanceof CNAMERecord cname ? cname.getTarget() : target;
				}
			}
			if (target == null) {
				break;
			}
			alias = true;
			name = target;
		}
		if (alias) {
			// an alias that leads out of the zone, and from a resolver one whose target has no such records
			return query.recursion() && message.getHeader().getFlag(Flags.RA) ? DnsStatus.NO_DATA : DnsStatus.ANSWER;
		}
		return isReferral(message) ? DnsStatus.LAME : DnsStatus.NO_DATA;
	}

	/// NS records and no SOA where an answer should be (RFC 2308, 2.2).
	private static boolean isReferral(Message message) {
		if (message.getHeader().getFlag(Flags.AA) || !message.getSection(Section.ANSWER).isEmpty()) {
			return false;
		}
		boolean servers = false;
		for (Record each : message.getSection(Section.AUTHORITY)) {
			if (each.getType() == Type.SOA) {
				return false;
			}
			servers |= each.getType() == Type.NS;
		}
		return servers;
	}
}
