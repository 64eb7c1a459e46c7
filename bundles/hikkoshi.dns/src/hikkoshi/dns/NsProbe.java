package hikkoshi.dns;

import java.io.IOException;
import java.util.stream.Collectors;

import org.xbill.DNS.Type;

import hikkoshi.core.model.Domain;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.dns.delegation.Cut;

/// Besides the agreement of the servers: whether the zone names the same servers as its delegation. During a move of the DNS hosting both
/// sets are alive, and a change at one of them is not seen by everybody.
final class NsProbe implements Probe<Domain> {
	@Override
	public String id() {
		return "dns.ns";
	}

	@Override
	public Class<Domain> target() {
		return Domain.class;
	}

	@Override
	public Finding examine(Domain domain, ProbeContext context) throws IOException, InterruptedException {
		Survey survey = Survey.take(domain, Type.NS, context);
		Judgement judgement = Judgement.of(survey);
		Cut.Zone zone = survey.zone();
		boolean fine = judgement.reason() == DnsReasons.ANSWER || judgement.reason() == DnsReasons.RESOLVERS_DIFFER;
		if (fine && zone != null && zone.apex().equals(Names.of(domain.name()))) {
			String delegated = zone.hosts().stream().map(host -> host.name().toString()).sorted().collect(Collectors.joining(", "));
			if (!delegated.equals(judgement.answer())) {
				judgement = judgement.because(DnsReasons.NS_DIFFER, delegated);
			}
		}
		return judgement.finding(Sheet.of(survey).table());
	}
}
