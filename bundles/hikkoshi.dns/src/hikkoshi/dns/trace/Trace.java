package hikkoshi.dns.trace;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

import hikkoshi.core.model.IpText;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.probe.DnsStatus;
import hikkoshi.core.probe.Fan;
import hikkoshi.dns.DnsRun;
import hikkoshi.dns.delegation.Cut;
import hikkoshi.dns.delegation.Delegation;
import hikkoshi.dns.delegation.Host;
import hikkoshi.dns.delegation.Resolved;
import hikkoshi.dns.transport.Reply;

/// Goes down from the root to a name and asks, other than a resolver, every address of every server of each zone. Bounded in zones, addresses and
/// time. Blocks; an interrupt ends it at once. Used once.
final class Trace {
	private static final int MAX_ZONES = 16;
	private static final int MAX_ADDRESSES = 40;
	private final DnsRun run;
	private final long deadline;
	private final List<Step> steps = new ArrayList<>();

	Trace(DnsRun run, Duration patience) {
		this.run = run;
		deadline = System.nanoTime() + patience.toNanos();
	}

	/// The zones on the way, the root first; never empty.
	List<Step> follow(Name name) throws IOException, InterruptedException {
		Cut.Zone above = null;
		for (int labels = 1; labels <= name.labels(); labels++) {
			Name part = new Name(name, name.labels() - labels);
			switch (run.delegation().zoneOf(part)) {
				case Cut.DeadEnd(Name zone, List<String> why) -> {
					last(zone).problem(TraceReason.DEAD_END, String.join("; ", why));
					return steps;
				}
				case Cut.Zone zone -> {
					if (above == null || !zone.apex().equals(above.apex())) {
						if (steps.size() == MAX_ZONES || System.nanoTime() - deadline > 0) {
							last(zone.apex()).problem(TraceReason.CUT_SHORT);
							return steps;
						}
						steps.add(step(above, zone));
						above = zone;
					}
				}
			}
		}
		return steps;
	}

	private Step last(Name zone) {
		if (steps.isEmpty()) {
			steps.add(Step.of(zone));
		}
		return steps.getLast();
	}

	private Step step(Cut.@Nullable Zone above, Cut.Zone zone) throws IOException, InterruptedException {
		Step step = Step.of(zone.apex());
		if (above != null) {
			askParents(step, steps.getLast());
		}
		findServers(step, zone);
		askServers(step);
		if (above != null) {
			judgeDelegation(step, above.apex());
		}
		judgeServers(step);
		return step;
	}

	/// What each server of the zone above that works says about this one.
	private void askParents(Step step, Step above) throws IOException, InterruptedException {
		List<Said> working = above.said().stream().filter(Said::isAuthoritative).toList();
		List<Callable<Reply>> questions = working.stream().<Callable<Reply>>map(each -> () -> run.ask(step.zone(), Type.NS, each.at(), false)).toList();
		List<Reply> replies = questions.isEmpty() ? List.of() : Fan.out(questions);
		for (int i = 0; i < replies.size(); i++) {
			Reply reply = replies.get(i);
			if (reply.answered()) {
				step.parents().put(working.get(i).who(), reply);
			}
		}
	}

	private void findServers(Step step, Cut.Zone zone) throws IOException, InterruptedException {
		for (Host host : zone.hosts()) {
			step.glue().computeIfAbsent(host.name(), _ -> new LinkedHashSet<>()).addAll(host.glue());
		}
		List<Host> others = new ArrayList<>(zone.hosts());
		for (Reply reply : step.parents().values()) {
			for (int section : new int[] {Section.AUTHORITY, Section.ANSWER}) {
				for (Record each : reply.records(section)) {
					if (each instanceof NSRecord ns && ns.getName().equals(step.zone()) && step.glue().size() < MAX_ADDRESSES) {
						Name host = ns.getTarget().canonicalize();
						if (step.glue().putIfAbsent(host, new LinkedHashSet<>()) == null) {
							others.add(new Host(host, List.of()));
						}
					}
				}
			}
			reply.records(Section.ADDITIONAL).forEach(each -> glue(step, each));
		}
		List<Host> all = others.stream().map(host -> new Host(host.name(), step.zone().equals(Name.root) ? host.glue() : List.copyOf(step.glue().getOrDefault(host.name(), Set.of())))).toList();
		for (Delegation.ServerOf server : run.delegation().servers(new Cut.Zone(zone.apex(), all))) {
			step.servers().merge(server.host(), server.addresses(), (a, b) -> {
				List<NameServer> both = new ArrayList<>(a);
				b.stream().filter(each -> !both.contains(each)).forEach(both::add);
				return both;
			});
			if (server.addresses().isEmpty()) {
				step.problem(TraceReason.NO_ADDRESS, Step.text(server.host()));
			}
		}
	}

	/// Addresses that a parent gives along, of the servers that it names.
	private void glue(Step step, Record record) {
		InetAddress address = address(record);
		Set<NameServer> given = step.glue().get(record.getName().canonicalize());
		if (address != null && given != null && given.size() < MAX_ADDRESSES) {
			int port = steps.getLast().said().getFirst().at().port();
			given.add(new NameServer(Step.text(record.getName()), address, port));
		}
	}

	private static @Nullable InetAddress address(Record record) {
		return switch (record) {
			case ARecord a -> a.getAddress();
			case AAAARecord aaaa -> aaaa.getAddress();
			default -> null;
		};
	}

	private void askServers(Step step) throws IOException, InterruptedException {
		List<Callable<Said>> questions = new ArrayList<>();
		step.servers().forEach((host, addresses) -> addresses.stream().limit(Math.max(0, MAX_ADDRESSES - questions.size())).forEach(at -> questions.add(() -> {
			Reply soa = run.ask(step.zone(), Type.SOA, at, false);
			// who did not answer one question is not waited for a second time
			return new Said(host, at, soa, soa.answered() ? run.ask(step.zone(), Type.NS, at, false) : soa);
		})));
		if (!questions.isEmpty()) {
			step.said().addAll(Fan.out(questions));
		}
	}

	private void judgeDelegation(Step step, Name parent) throws IOException, InterruptedException {
		Map<String, String> sets = Step.groups(step.delegated());
		if (sets.size() > 1) {
			step.problem(TraceReason.PARENTS_DIFFER, String.join("; ", sets.values()));
		}
		for (Map.Entry<Name, Set<NameServer>> each : step.glue().entrySet()) {
			Name host = each.getKey();
			if (host.subdomain(step.zone())) {
				if (each.getValue().isEmpty()) {
					step.problem(TraceReason.GLUE_MISSING, Step.text(host));
				} else {
					compareGlue(step, host, each.getValue());
				}
			} else if (each.getValue().isEmpty() && host.subdomain(parent) && run.delegation().zoneOf(host) instanceof Cut.Zone home && !home.apex().equals(parent)) {
				step.problem(TraceReason.GLUE_SIBLING, Step.text(host), Step.text(home.apex()));
			}
		}
	}

	private void compareGlue(Step step, Name host, Set<NameServer> glue) throws IOException, InterruptedException {
		Set<String> own = new TreeSet<>();
		for (int type : new int[] {Type.A, Type.AAAA}) {
			Resolved resolved = run.delegation().resolve(host, type);
			if (resolved.status() != DnsStatus.ANSWER && resolved.status() != DnsStatus.NO_DATA) {
				return;
			}
			resolved.records().stream().map(Trace::address).filter(Objects::nonNull).map(IpText::of).forEach(own::add);
		}
		Set<String> given = glue.stream().map(each -> IpText.of(each.address())).collect(Collectors.toCollection(TreeSet::new));
		if (!own.isEmpty() && !own.equals(given)) {
			step.problem(TraceReason.GLUE_DIFFERS, Step.text(host), String.join(", ", given), String.join(", ", own));
		}
	}

	private void judgeServers(Step step) {
		List<Said> said = step.said();
		if (!said.isEmpty() && said.stream().allMatch(Said::isSilent)) {
			step.problem(TraceReason.SILENT, said.stream().map(each -> each.who() + " " + each.soa().status()).collect(Collectors.joining(", ")));
		} else {
			Set<Name> heard = said.stream().filter(each -> !each.isSilent()).map(Said::host).collect(Collectors.toSet());
			for (Said each : said) {
				if (each.isLame()) {
					step.problem(TraceReason.LAME, each.who(), each.fault().name());
				} else if (each.isSilent() && !(each.isExcused(run.ipv6()) && heard.contains(each.host()))) {
					step.problem(TraceReason.UNREACHABLE, each.who(), each.soa().status().name());
				}
			}
		}
		Map<String, String> own = Step.groups(step.own());
		if (own.size() > 1) {
			step.problem(TraceReason.NS_INCONSISTENT, String.join("; ", own.values()));
		} else if (own.size() == 1) {
			Set<String> delegated = new LinkedHashSet<>(step.delegated().values());
			String self = own.keySet().iterator().next();
			if (delegated.size() == 1 && !delegated.contains(self)) {
				step.problem(TraceReason.NS_MISMATCH, delegated.iterator().next(), self);
			}
		}
		Map<String, String> serials = Step.groups(step.serials());
		if (serials.size() > 1) {
			step.problem(TraceReason.SERIALS, String.join("; ", serials.values()));
		}
	}

	/// How many addresses were asked on the way.
	static int asked(List<Step> steps) {
		Map<NameServer, Boolean> all = new LinkedHashMap<>();
		steps.forEach(step -> step.said().forEach(said -> all.put(said.at(), true)));
		return all.size();
	}
}
