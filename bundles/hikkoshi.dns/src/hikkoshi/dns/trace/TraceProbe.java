package hikkoshi.dns.trace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.HostName;
import hikkoshi.core.probe.DnsStatus;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.dns.DnsRun;
import hikkoshi.dns.Names;
import hikkoshi.dns.transport.Reply;

/// The delegation of a name from the root down, for any name. The finding's reason is the worst problem; the facts hold all.
public final class TraceProbe implements Probe<HostName> {
	private static final int LONGEST = 2_000;

	@Override
	public String id() {
		return "dns.trace";
	}

	@Override
	public Class<HostName> target() {
		return HostName.class;
	}

	@Override
	public boolean isRoutine() {
		return false;
	}

	@Override
	public Finding examine(HostName target, ProbeContext context) throws IOException, InterruptedException {
		DnsRun run = DnsRun.of(context);
		Name name = Names.of(target.name());
		List<Step> steps = new Trace(run, context.policy().probeTimeout()).follow(name);
		List<Facts.Tree> trees = new ArrayList<>(steps.stream().map(Step::tree).toList());
		Step last = steps.getLast();
		if (!last.zone().equals(name)) {
			trees.add(new Facts.Tree("trace.name", Step.text(name), answers(run, name, last)));
		}
		Facts.Tree all = new Facts.Tree("trace", Step.text(name), trees);
		Step.Problem worst = null;
		for (Step step : steps) {
			for (Step.Problem each : step.problems()) {
				if (worst == null || worst.reason().outcome().worst(each.reason().outcome()) != worst.reason().outcome()) {
					worst = each;
				}
			}
		}
		return worst == null
				? new Finding(Outcome.PASS, Reason.of(TraceReason.FINE.id(), Step.text(name), Step.text(last.zone()), Trace.asked(steps)), all)
				: new Finding(worst.reason().outcome(), new Reason(worst.reason().id(), worst.arguments().stream().map(TraceProbe::bounded).toList()), all);
	}

	/// Whether the name at the end exists, as each server of its zone says.
	private static List<Facts.Tree> answers(DnsRun run, Name name, Step last) throws IOException, InterruptedException {
		List<Facts.Tree> answers = new ArrayList<>();
		for (Said said : last.said()) {
			if (said.isAuthoritative()) {
				Reply reply = run.ask(name, Type.A, said.at(), false);
				DnsStatus status = reply.status();
				answers.add(Facts.Tree.of("trace.answer", said.who(), Facts.Tree.of("trace.status", status), Facts.Tree.of("trace.ms", reply.took().toMillis())));
			}
		}
		return answers;
	}

	private static String bounded(String text) {
		return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
	}
}
