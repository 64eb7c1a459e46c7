package hikkoshi.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.model.Policy;
import hikkoshi.core.probe.DnsAnswer;
import hikkoshi.core.probe.DnsLookup;
import hikkoshi.core.probe.DnsQuestion;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.dns.delegation.Cut;
import hikkoshi.dns.delegation.Delegation;
import hikkoshi.dns.transport.DnsQuery;
import hikkoshi.dns.transport.DnsTransport;
import hikkoshi.dns.transport.Patience;
import hikkoshi.dns.transport.Reply;

/// Free questions to DNS.
public final class Lookup implements DnsLookup, AutoCloseable {
	private final DnsTransport transport = new DnsTransport();
	private final Patience patience;

	public Lookup() {
		this(Patience.DEFAULT);
	}

	public Lookup(Patience patience) {
		this.patience = patience;
	}

	@Override
	public DnsAnswer ask(DnsQuestion question) throws IOException, InterruptedException {
		int type = Names.type(question.type());
		Name name = Names.parse(question.name(), type);
		NameServer server = question.server();
		Reply reply = transport.ask(new DnsQuery(name, type, new InetSocketAddress(server.address(), server.port()), question.recursionDesired(),
				question.dnssecOk(), question.tcp()), patience);
		return new DnsAnswer(question, reply.status(), reply.flags(), shown(reply, Section.ANSWER), shown(reply, Section.AUTHORITY),
				shown(reply, Section.ADDITIONAL), reply.took(), reply.bytes(), reply.tcp(), detail(reply));
	}

	private static String detail(Reply reply) {
		String ignored = reply.ignored() == 0 ? "" : "ignored: " + reply.ignored();
		return reply.detail().isEmpty() || ignored.isEmpty() ? reply.detail() + ignored : reply.detail() + "; " + ignored;
	}

	private static List<DnsAnswer.Rr> shown(Reply reply, int section) {
		return reply.records(section).stream().map(Lookup::shown).toList();
	}

	private static DnsAnswer.Rr shown(Record record) {
		return new DnsAnswer.Rr(record.getName().toString(), Records.ttl(record), Type.string(record.getType()), Records.text(record));
	}

	@Override
	public List<NameServer> authoritative(DomainName zone, DnsSettings settings) throws IOException, InterruptedException {
		try (RunMemo memo = new RunMemo()) {
			Delegation delegation = new Delegation(transport, settings, memo, patience, Policy.DEFAULT.probeTimeout());
			return switch (delegation.zoneOf(Names.of(zone))) {
				case Cut.DeadEnd(Name end, List<String> why) ->
					throw new IOException("the way to " + zone + " ends at the servers of " + end + " " + String.join("; ", why));
				case Cut.Zone found -> {
					List<NameServer> servers = new ArrayList<>();
					delegation.servers(found).forEach(each -> servers.addAll(each.addresses()));
					yield servers;
				}
			};
		}
	}

	@Override
	public List<NameServer> systemResolvers() {
		return new ResolverConfig().servers().stream().filter(each -> each.getAddress() != null).distinct()
				.map(each -> new NameServer(IpText.of(each.getAddress()), each.getAddress(), each.getPort())).toList();
	}

	@Override
	public void close() {
		transport.close();
	}
}
