package hikkoshi.dns.audit;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.xbill.DNS.Name;

import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Side;
import hikkoshi.dns.Names;

/// What the addresses of the new server are called: many receivers refuse mail from a host without a name that leads back to it (RFC 1912, 2.1).
final class ReverseChecks {
	private ReverseChecks() {}

	static Verdict present(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		Map<InetAddress, List<Name>> named = pointers(subject, dns);
		List<InetAddress> without = named.keySet().stream().filter(address -> named.get(address).isEmpty()).toList();
		return named.isEmpty() ? Verdict.moot(subject, "PTR") : without.isEmpty() ? Verdict.pass("audit.ptr.present.ok", subject.domain().name(), texts(named))
				: Verdict.fail("audit.ptr.present.none", subject.domain().name(), MxChecks.addresses(without));
	}

	/// The address is among those of one of its names.
	static Verdict confirmed(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<String> loose = new ArrayList<>();
		Map<InetAddress, List<Name>> named = pointers(subject, dns);
		for (Map.Entry<InetAddress, List<Name>> each : named.entrySet()) {
			boolean leadsBack = false;
			for (Name name : each.getValue()) {
				leadsBack |= dns.addresses(name).contains(each.getKey());
			}
			if (!leadsBack && !each.getValue().isEmpty()) {
				loose.add(IpText.of(each.getKey()) + ": " + MxChecks.names(each.getValue()));
			}
		}
		boolean nameless = named.values().stream().allMatch(List::isEmpty);
		return nameless ? Verdict.moot(subject, "PTR") : loose.isEmpty() ? Verdict.pass("audit.ptr.confirmed.ok", subject.domain().name())
				: Verdict.fail("audit.ptr.confirmed.loose", subject.domain().name(), String.join("; ", loose));
	}

	/// A server that calls itself otherwise than its address does looks like a stranger's.
	static Verdict name(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		Map<InetAddress, List<Name>> named = pointers(subject, dns);
		named.values().removeIf(List::isEmpty);
		if (named.isEmpty() || subject.newServer().isEmpty()) {
			return Verdict.moot(subject, "PTR");
		}
		Name own = Names.of(subject.newServer().get().name());
		named.values().removeIf(names -> names.contains(own));
		return named.isEmpty() ? Verdict.pass("audit.ptr.name.ok", subject.domain().name(), own.toString(true))
				: Verdict.warn("audit.ptr.name.other", subject.domain().name(), texts(named), own.toString(true));
	}

	private static Map<InetAddress, List<Name>> pointers(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		Map<InetAddress, List<Name>> named = new LinkedHashMap<>();
		for (InetAddress address : subject.addresses(Side.NEW)) {
			named.put(address, dns.pointers(address));
		}
		return named;
	}

	private static String texts(Map<InetAddress, List<Name>> named) {
		List<String> texts = new ArrayList<>();
		named.forEach((address, names) -> texts.add(IpText.of(address) + ": " + MxChecks.names(names)));
		return String.join("; ", texts);
	}
}
