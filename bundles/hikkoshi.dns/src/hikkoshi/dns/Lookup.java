package hikkoshi.dns;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
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
	/// Sets of anchors in use at once: as many as there are migrations that somebody works with.
	private static final int MAX_TRUSTS = 8;
	private static final int MAX_OPTIONS = 32;
	private final Map<List<X509Certificate>, DnsTransport> transports = new LinkedHashMap<>(16, 0.75f, true);
	private final Patience patience;
	private final Clock clock;

	public Lookup() {
		this(Patience.DEFAULT);
	}

	public Lookup(Patience patience) {
		this(patience, Clock.systemUTC());
	}

	public Lookup(Patience patience, Clock clock) {
		this.patience = patience;
		this.clock = clock;
	}

	private DnsTransport transport(List<X509Certificate> anchors) {
		DnsTransport old = null;
		synchronized (transports) {
			DnsTransport found = transports.get(anchors);
			if (found == null) {
				if (transports.size() == MAX_TRUSTS) {
					old = transports.remove(transports.keySet().iterator().next());
				}
				found = new DnsTransport(false, anchors);
				transports.put(List.copyOf(anchors), found);
			}
			if (old != null) {
				old.close();
			}
			return found;
		}
	}

	@Override
	public DnsAnswer ask(DnsQuestion question, List<X509Certificate> anchors) throws IOException, InterruptedException {
		int type = Names.type(question.type());
		Name name = Names.parse(question.name(), type);
		Instant at = clock.instant();
		Reply reply = transport(anchors).ask(new DnsQuery(name, type, question.server(), question.options()), patience);
		return new DnsAnswer(question, reply.status(), head(name, reply), reply.flags(), shown(reply, Section.ANSWER), shown(reply, Section.AUTHORITY),
				shown(reply, Section.ADDITIONAL), at, reply.took(), reply.bytes(), reply.carried(), detail(reply));
	}

	private static DnsAnswer.Head head(Name name, Reply reply) {
		Message message = reply.parsed();
		if (message == null) {
			return new DnsAnswer.Head(0, Opcode.string(Opcode.QUERY), "", name.toString(), null);
		}
		OPTRecord opt = message.getOPT();
		DnsAnswer.Edns edns = opt == null ? null : new DnsAnswer.Edns(opt.getVersion(), (opt.getFlags() & ExtendedFlags.DO) != 0, opt.getPayloadSize(),
				opt.getOptions().stream().map(EDNSOption::toString).limit(MAX_OPTIONS).toList());
		return new DnsAnswer.Head(message.getHeader().getID(), Opcode.string(message.getHeader().getOpcode()), Rcode.string(message.getRcode()), name.toString(), edns);
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
			Delegation delegation = new Delegation(transport(List.of()), settings, memo, patience, Policy.DEFAULT.probeTimeout());
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
		synchronized (transports) {
			transports.values().forEach(DnsTransport::close);
			transports.clear();
		}
	}
}
