package hikkoshi.dns;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

import hikkoshi.core.probe.Fan;
import hikkoshi.core.model.Domain;
import hikkoshi.core.probe.DnsStatus;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.dns.delegation.Delegation;
import hikkoshi.dns.delegation.Resolved;

/// Where a domain's mail goes: its MX at every authoritative server, and the addresses of each MX host by its own authorities' word.
final class MxProbe implements Probe<Domain> {
	/// RFC 5321, 5.1 sets no bound; a zone with more hosts than this is a trap.
	private static final int MAX_HOSTS = 50;

	@Override
	public String id() {
		return "dns.mx";
	}

	@Override
	public Class<Domain> target() {
		return Domain.class;
	}

	@Override
	public Finding examine(Domain domain, ProbeContext context) throws IOException, InterruptedException {
		Survey survey = Survey.take(domain, Type.MX, context);
		List<MxHost> hosts = resolve(survey, DnsRun.of(context).delegation());
		Sheet sheet = Sheet.of(survey);
		hosts.forEach(host -> host.addTo(sheet));
		return judge(Judgement.of(survey), hosts).finding(sheet.table());
	}

	/// An MX host with both kinds of addresses.
	private record MxHost(Name name, Resolved a, Resolved aaaa) {
		List<Record> records() {
			return Stream.of(a, aaaa).flatMap(each -> each.records().stream()).toList();
		}

		boolean known() {
			return a.known() && aaaa.known();
		}

		String text() {
			String addresses = records().stream().map(Records::text).sorted().collect(Collectors.joining(" "));
			return name.toString(true) + " " + (addresses.isEmpty() ? telling().status().name() : addresses);
		}

		Resolved telling() {
			return a.known() && !aaaa.known() ? aaaa : a;
		}

		void addTo(Sheet sheet) {
			for (Resolved each : List.of(a, aaaa)) {
				each.records().stream().sorted(Comparator.comparing(Records::text))
						.forEach(record -> row(sheet, each, String.valueOf(Records.ttl(record)), Records.text(record)));
			}
			if (records().isEmpty() || !telling().known()) {
				row(sheet, telling(), "", "");
			}
		}

		private void row(Sheet sheet, Resolved from, String ttl, String data) {
			sheet.row(name.toString(true), from.place(), Sheet.MX_HOST, from.status(), String.join(" ", from.flags()), ttl, data,
					String.valueOf(from.millis()), String.valueOf(from.bytes()));
		}
	}

	private static List<MxHost> resolve(Survey survey, Delegation delegation) throws IOException, InterruptedException {
		List<Name> names = survey.authoritative().stream().flatMap(voice -> voice.records().stream()).filter(MXRecord.class::isInstance)
				.map(record -> ((MXRecord) record).getTarget().canonicalize()).filter(name -> !name.equals(Name.root)).distinct().sorted().limit(MAX_HOSTS)
				.toList();
		List<Callable<MxHost>> questions = new ArrayList<>();
		for (Name name : names) {
			questions.add(() -> {
				Resolved a = delegation.resolve(name, Type.A);
				return new MxHost(name, a, a.status() == DnsStatus.NXDOMAIN ? a : delegation.resolve(name, Type.AAAA));
			});
		}
		return questions.isEmpty() ? List.of() : Fan.out(questions);
	}

	private static Judgement judge(Judgement servers, List<MxHost> hosts) {
		boolean differ = servers.reason() == DnsReasons.RESOLVERS_DIFFER;
		if (servers.reason() == DnsReasons.NO_DATA || servers.reason() == DnsReasons.NO_DATA_RESOLVERS_DIFFER) {
			return servers.because(DnsReasons.MX_IMPLICIT, servers.extra());
		}
		if (servers.reason() != DnsReasons.ANSWER && !differ) {
			return servers;
		}
		if (hosts.isEmpty()) {
			return servers.because(DnsReasons.MX_NULL, servers.extra());
		}
		String addresses = hosts.stream().map(MxHost::text).collect(Collectors.joining(", "));
		List<MxHost> without = hosts.stream().filter(host -> host.records().isEmpty()).toList();
		if (without.size() == hosts.size() && without.stream().allMatch(MxHost::known)) {
			return servers.because(DnsReasons.MX_NO_ADDRESS, addresses);
		}
		if (hosts.stream().anyMatch(host -> !host.known())) {
			return servers.because(DnsReasons.MX_ADDRESS_UNKNOWN, addresses);
		}
		if (!without.isEmpty()) {
			return servers.because(DnsReasons.MX_SOME_NO_ADDRESS, addresses);
		}
		if (hosts.stream().anyMatch(host -> host.a().alias() || host.aaaa().alias())) {
			return servers.because(DnsReasons.MX_ALIAS, addresses);
		}
		return differ ? servers.because(DnsReasons.MX_RESOLVERS_DIFFER, addresses + " / " + servers.extra()) : servers.because(DnsReasons.MX_ANSWER, addresses);
	}
}
