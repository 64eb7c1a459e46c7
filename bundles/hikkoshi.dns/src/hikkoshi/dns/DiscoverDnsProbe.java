package hikkoshi.dns;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

import hikkoshi.core.probe.Fan;
import hikkoshi.core.discover.DiscoveryOptions;
import hikkoshi.core.discover.DiscoveryProbes;
import hikkoshi.core.discover.DiscoveryReasons;
import hikkoshi.core.discover.DnsFact;
import hikkoshi.core.discover.Reach;
import hikkoshi.core.discover.SrvService;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.HostName;
import hikkoshi.core.probe.DnsStatus;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.dns.delegation.Resolved;

/// All that DNS says of a name's mail set-up: MX, the SRV records of mail services (RFC 6186, RFC 8314, RFC 5804), and the addresses of the name,
/// of every host they lead to, and of the usual names below it.
final class DiscoverDnsProbe implements Probe<HostName> {
	/// (name, MX hosts, services, addresses of the name), each `-` when there is none
	static final String FOUND = "discover.dns.found";
	/// (name, records without an answer, status of the first)
	static final String PARTLY = "discover.dns.partly";
	/// Names below a domain where set-up documents are (Thunderbird's and Exchange's).
	private static final List<String> DOCUMENTS = List.of("autoconfig", "autodiscover");
	private static final int MOST_HOSTS = 40;
	private static final String NONE = "-";

	@Override
	public String id() {
		return DiscoveryProbes.DNS;
	}

	@Override
	public Class<HostName> target() {
		return HostName.class;
	}

	@Override
	public Finding examine(HostName host, ProbeContext context) throws IOException, InterruptedException {
		Name name = Names.of(host.name());
		HostFinder finder = HostFinder.of(context);
		List<DnsFact> facts = new ArrayList<>();
		Resolved mx = finder.finder().find(name, Type.MX);
		if (mx.status() == DnsStatus.NXDOMAIN && !mx.alias()) {
			// then nothing below it exists either (RFC 8020)
			return new Finding(Outcome.FAIL, Reason.of(DiscoveryReasons.NO_SUCH_NAME, host.name()), DnsFact.table(facts));
		}
		mail(name, mx, facts);
		services(name, finder, facts);
		Set<Name> leading = new LinkedHashSet<>(List.of(name));
		facts.stream().filter(fact -> !fact.host().isEmpty()).map(DnsFact::target).flatMap(target -> target.stream()).map(Names::of).forEach(leading::add);
		facts.addAll(finder.addresses(leading.stream().limit(MOST_HOSTS).toList(), false));
		List<Name> usual = Stream.concat(DOCUMENTS.stream(), Reach.of(context).options().guesses().stream().filter(guess -> !guess.equals(DiscoveryOptions.ITSELF))).flatMap(label -> below(label, name).stream())
				.filter(each -> !leading.contains(each)).toList();
		facts.addAll(finder.addresses(usual, true));
		return new Finding(outcome(facts), reason(host, facts), DnsFact.table(facts));
	}

	private static void mail(Name name, Resolved mx, List<DnsFact> facts) {
		String owner = HostFinder.text(name);
		HostFinder.unknown(mx, owner, facts);
		HostFinder.some(mx).stream().filter(MXRecord.class::isInstance).map(MXRecord.class::cast)
				.sorted(Comparator.comparingInt(MXRecord::getPriority).thenComparing(MXRecord::getTarget))
				.forEach(record -> facts.add(DnsFact.mx(owner, record.getPriority(), target(record.getTarget()))));
	}

	private static void services(Name name, HostFinder finder, List<DnsFact> facts) throws IOException, InterruptedException {
		List<Callable<List<DnsFact>>> questions = new ArrayList<>();
		for (String label : Stream.concat(SrvService.ALL.stream().map(SrvService::label), Stream.of(SrvService.AUTODISCOVER)).toList()) {
			below("_" + label + "._tcp", name).forEach(service -> questions.add(() -> service(service, finder.finder().find(service, Type.SRV))));
		}
		Fan.out(questions).forEach(facts::addAll);
	}

	private static List<DnsFact> service(Name service, Resolved answer) {
		List<DnsFact> facts = new ArrayList<>();
		String owner = HostFinder.text(service);
		HostFinder.unknown(answer, owner, facts);
		HostFinder.some(answer).stream().filter(SRVRecord.class::isInstance).map(SRVRecord.class::cast)
				.sorted(Comparator.comparingInt(SRVRecord::getPriority).thenComparing(Comparator.comparingInt(SRVRecord::getWeight).reversed())
						.thenComparing((Record record) -> record))
				.forEach(record -> facts.add(DnsFact.srv(owner, record.getPriority(), record.getWeight(), record.getPort(), target(record.getTarget()))));
		return facts;
	}

	/// Empty for the root, which stands for "none" (RFC 2782, RFC 7505).
	private static String target(Name target) {
		return target.equals(Name.root) ? "" : HostFinder.text(target);
	}

	/// No name when it would be too long.
	private static List<Name> below(String labels, Name name) {
		try {
			return List.of(Name.fromString(labels, name));
		} catch (TextParseException e) {
			return List.of();
		}
	}

	private static Outcome outcome(List<DnsFact> facts) {
		return facts.stream().anyMatch(fact -> fact.kind() == DnsFact.Kind.UNKNOWN) ? Outcome.UNKNOWN : Outcome.PASS;
	}

	private static Reason reason(HostName host, List<DnsFact> facts) {
		List<DnsFact> unknown = facts.stream().filter(fact -> fact.kind() == DnsFact.Kind.UNKNOWN).toList();
		if (!unknown.isEmpty()) {
			return Reason.of(PARTLY, host.name(), join(unknown.stream().map(DnsFact::name)), unknown.getFirst().status());
		}
		String name = host.name().ascii();
		return Reason.of(FOUND, name, join(facts.stream().filter(fact -> fact.kind() == DnsFact.Kind.MX).map(fact -> fact.priority() + " " + fact.host())),
				join(facts.stream().filter(fact -> fact.kind() == DnsFact.Kind.SRV).map(DnsFact::service)),
				join(facts.stream().filter(fact -> fact.kind() == DnsFact.Kind.ADDRESS && fact.name().equals(name)).map(DnsFact::address)));
	}

	private static String join(Stream<String> texts) {
		String all = texts.distinct().collect(Collectors.joining(", "));
		return all.isEmpty() ? NONE : all;
	}
}
