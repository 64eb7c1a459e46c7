package hikkoshi.dns;

import java.io.IOException;

import hikkoshi.core.model.Domain;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;

/// Whether all authoritative servers of a domain answer and agree on its records of one type.
record RecordProbe(String id, int type) implements Probe<Domain> {
	@Override
	public Class<Domain> target() {
		return Domain.class;
	}

	@Override
	public Finding examine(Domain domain, ProbeContext context) throws IOException, InterruptedException {
		Survey survey = Survey.take(domain, type, context);
		return Judgement.of(survey).finding(Sheet.of(survey).table());
	}
}
