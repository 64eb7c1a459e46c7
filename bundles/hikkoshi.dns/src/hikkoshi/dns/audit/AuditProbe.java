package hikkoshi.dns.audit;

import java.io.IOException;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.model.Domain;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;

/// A check as a probe of live DNS. Not routine: an audit is asked for as a whole (`hikkoshi audit`).
record AuditProbe(String id, Check check) implements Probe<Domain> {
	@Override
	public Class<Domain> target() {
		return Domain.class;
	}

	@Override
	public boolean isRoutine() {
		return false;
	}

	@Override
	public Finding examine(Domain domain, ProbeContext context) throws IOException, InterruptedException {
		return examine(Subject.of(domain, context), LiveDns.of(context));
	}

	Finding examine(Subject subject, AuditDns dns) throws IOException, InterruptedException {
		Questions questions = new Questions(subject, dns);
		Verdict verdict;
		try {
			verdict = check.judge(subject, questions);
		} catch (Unanswered e) {
			verdict = e.verdict();
		}
		Facts own = verdict.own();
		return new Finding(verdict.outcome(), verdict.reason(), own == null ? questions.facts() : own);
	}
}
