package hikkoshi.dns;

import java.io.IOException;

import org.xbill.DNS.Name;

import hikkoshi.core.model.NameServer;
import hikkoshi.core.probe.DnsOptions;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.dns.delegation.Delegation;
import hikkoshi.dns.transport.DnsQuery;
import hikkoshi.dns.transport.DnsTransport;
import hikkoshi.dns.transport.Patience;
import hikkoshi.dns.transport.Reply;

/// What all DNS probes of one run share; ends with the run's memo.
///
/// @param ipv6 whether this machine can be expected to reach servers by IPv6
public record DnsRun(DnsTransport transport, Delegation delegation, boolean ipv6) implements AutoCloseable {
	private record Key() {}

	public static DnsRun of(ProbeContext context) throws IOException, InterruptedException {
		return context.memo().once(new Key(), DnsRun.class, () -> {
			DnsTransport transport = new DnsTransport(false, context.anchors());
			Delegation delegation =
					new Delegation(transport, context.dns(), context.memo(), Patience.of(context.policy()), context.policy().probeTimeout());
			return new DnsRun(transport, delegation, Ipv6.here());
		});
	}

	public Reply ask(Name name, int type, NameServer server, boolean recursion) throws IOException, InterruptedException {
		return delegation.question(new DnsQuery(name, type, server, recursion ? DnsOptions.DEFAULT : DnsOptions.DEFAULT.withoutRecursion()));
	}

	@Override
	public void close() {
		transport.close();
	}
}
