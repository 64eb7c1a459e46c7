package hikkoshi.dns.dnssec;

import java.io.IOException;
import java.util.List;

import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

import hikkoshi.core.model.NameServer;
import hikkoshi.core.probe.DnsStatus;
import hikkoshi.dns.delegation.Cut;
import hikkoshi.dns.delegation.Delegation;
import hikkoshi.dns.transport.Reply;

/// The live authoritative servers; each question to a server is asked once in a run.
record Authorities(Delegation delegation) implements SignedSource {
	private static final int MAX_SERVERS = 4;

	@Override
	public Message ask(Name name, int type) throws IOException, InterruptedException {
		Name within = type == Type.DS && !name.equals(Name.root) ? new Name(name, 1) : name;
		return switch (delegation.zoneOf(within.canonicalize())) {
			case Cut.DeadEnd(Name end, List<String> why) -> throw new NoAnswerException(end + " " + String.join("; ", why));
			case Cut.Zone zone -> ask(name, type, zone);
		};
	}

	private Message ask(Name name, int type, Cut.Zone zone) throws IOException, InterruptedException {
		NoAnswerException none = new NoAnswerException(zone.apex() + " has no server with an address");
		int asked = 0;
		for (Delegation.ServerOf each : delegation.servers(zone)) {
			for (NameServer server : each.addresses()) {
				if (asked++ == MAX_SERVERS) {
					throw none;
				}
				Reply reply = delegation.signed(name, type, server);
				boolean telling = reply.status() == DnsStatus.ANSWER || reply.status() == DnsStatus.NO_DATA || reply.status() == DnsStatus.NXDOMAIN;
				if (telling && reply.has(Flags.AA) && reply.message().isPresent()) {
					return reply.message().get();
				}
				none = NoAnswerException.of(name, reply);
			}
		}
		throw none;
	}
}
