package hikkoshi.dns;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

import hikkoshi.core.probe.Fan;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.dns.delegation.Cut;
import hikkoshi.dns.delegation.Delegation;

/// One name and type, asked of every address of every authoritative server and of each configured resolver, all at once.
///
/// @param end where the way to the authoritative servers broke off; null when they were found
/// @param zone null when they were not found
/// @param ipv6 whether this machine can be expected to reach servers by IPv6
record Survey(Domain domain, int type, Cut.@Nullable DeadEnd end, Cut.@Nullable Zone zone, List<Voice> authoritative, List<Voice> resolvers, boolean ipv6) {
	private static final int MAX_VOICES = 64;

	static Survey take(Domain domain, int type, ProbeContext context) throws IOException, InterruptedException {
		DnsRun run = DnsRun.of(context);
		Name name = Names.of(domain.name());
		Cut cut = run.delegation().zoneOf(name);
		List<Callable<Voice>> authorities = new ArrayList<>();
		if (cut instanceof Cut.Zone zone) {
			for (Delegation.ServerOf server : run.delegation().servers(zone)) {
				String host = server.host().toString(true);
				if (server.addresses().isEmpty()) {
					authorities.add(() -> Voice.nowhere(host, server.lookup().status(), type));
				}
				for (NameServer at : server.addresses()) {
					authorities.add(() -> Voice.authoritative(host.isEmpty() ? at.label() : host, at, run.ask(name, type, at, false), type));
				}
			}
		}
		List<Callable<Voice>> all = new ArrayList<>(authorities.subList(0, Math.min(MAX_VOICES, authorities.size())));
		int split = all.size();
		for (NameServer resolver : context.dns().resolvers()) {
			all.add(() -> Voice.resolver(resolver, run.ask(name, type, resolver, true), type));
		}
		List<Voice> voices = Fan.out(all);
		return new Survey(domain, type, cut instanceof Cut.DeadEnd end ? end : null, cut instanceof Cut.Zone zone ? zone : null,
				sorted(voices.subList(0, split)), sorted(voices.subList(split, voices.size())), run.ipv6());
	}

	/// What a machine without IPv6 cannot reach is nobody's fault, as long as the server answers otherwise.
	boolean excused(Voice voice) {
		return !ipv6 && voice.unreachableIpv6() && authoritative.stream().anyMatch(each -> each.spoke() && each.server().equals(voice.server()));
	}

	private static List<Voice> sorted(List<Voice> voices) {
		return voices.stream().sorted(Comparator.comparing(Voice::server).thenComparing(Voice::place)).toList();
	}
}
