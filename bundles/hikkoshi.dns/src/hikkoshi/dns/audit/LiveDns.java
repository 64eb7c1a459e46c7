package hikkoshi.dns.audit;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

import org.xbill.DNS.Name;

import hikkoshi.core.discover.Reach;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.dns.DnsRun;
import hikkoshi.dns.delegation.Resolved;
import hikkoshi.dns.dnssec.Dnssec;
import hikkoshi.dns.dnssec.Security;
import hikkoshi.dns.policy.PolicyFetch;
import hikkoshi.dns.policy.PolicyFetch.Fetched;

/// What the authoritative servers say now; each question is asked once in a run, whichever checks need it.
record LiveDns(DnsRun run, Dnssec dnssec, ProbeContext context) implements AuditDns {
	private record Policy(String host, List<InetAddress> addresses) {}

	private record Proven(Name name, int type) {}

	private record Asked(Name name, int type) {}

	static LiveDns of(ProbeContext context) throws IOException, InterruptedException {
		DnsRun run = DnsRun.of(context);
		return new LiveDns(run, Dnssec.live(run.delegation(), context.dns(), context.clock()), context);
	}

	@Override
	public <V> V once(Object key, Class<V> type, RunMemo.Question<V> question) throws IOException, InterruptedException {
		return context.memo().once(key, type, question);
	}

	@Override
	public Security security(Name name, int type) throws IOException, InterruptedException {
		return context.memo().once(new Proven(name, type), Security.class, () -> dnssec.judge(name, type));
	}

	@Override
	public Fetched policy(String host, List<InetAddress> addresses) throws IOException, InterruptedException {
		PolicyFetch fetch = context.memo().once(PolicyFetch.class, PolicyFetch.class, () -> new PolicyFetch(context.anchors(), Reach.of(context).options().httpsPort(),
				context.policy().connectTimeout(), context.policy().probeTimeout()));
		return context.memo().once(new Policy(host, List.copyOf(addresses)), Fetched.class, () -> fetch.fetch(host, addresses));
	}

	@Override
	public Resolved resolve(Name name, int type) throws IOException, InterruptedException {
		return context.memo().once(new Asked(name, type), Resolved.class, () -> run.delegation().resolve(name, type));
	}
}
