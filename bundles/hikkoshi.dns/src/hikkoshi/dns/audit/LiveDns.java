package hikkoshi.dns.audit;

import java.io.IOException;

import org.xbill.DNS.Name;

import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.dns.DnsRun;
import hikkoshi.dns.delegation.Resolved;
import hikkoshi.dns.dnssec.Dnssec;
import hikkoshi.dns.dnssec.Security;

/// What the authoritative servers say now; each question is asked once in a run, whichever checks need it.
record LiveDns(DnsRun run, Dnssec dnssec, RunMemo memo) implements AuditDns {
	private record Proven(Name name, int type) {}

	private record Asked(Name name, int type) {}

	static LiveDns of(ProbeContext context) throws IOException, InterruptedException {
		DnsRun run = DnsRun.of(context);
		return new LiveDns(run, Dnssec.live(run.delegation(), context.dns(), context.clock()), context.memo());
	}

	@Override
	public <V> V once(Object key, Class<V> type, RunMemo.Question<V> question) throws IOException, InterruptedException {
		return memo.once(key, type, question);
	}

	@Override
	public Security security(Name name, int type) throws IOException, InterruptedException {
		return memo.once(new Proven(name, type), Security.class, () -> dnssec.judge(name, type));
	}

	@Override
	public Resolved resolve(Name name, int type) throws IOException, InterruptedException {
		return memo.once(new Asked(name, type), Resolved.class, () -> run.delegation().resolve(name, type));
	}
}
