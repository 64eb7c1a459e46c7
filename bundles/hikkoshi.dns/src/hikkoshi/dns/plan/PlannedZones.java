package hikkoshi.dns.plan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

import hikkoshi.core.probe.Fan;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.plan.Zones;
import hikkoshi.core.probe.DnsStatus;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.dns.Names;
import hikkoshi.dns.Records;
import hikkoshi.dns.audit.Audit;
import hikkoshi.dns.audit.AuditDns;
import hikkoshi.dns.audit.PlannedDns;
import hikkoshi.dns.audit.Subject;
import hikkoshi.dns.delegation.Resolved;

/// The service, on dnsjava.
public final class PlannedZones implements Zones {
	@Override
	public List<RecordSet> parse(DomainName origin, String masterFile) throws IOException {
		return sets(PlannedDns.records(Names.of(origin), masterFile));
	}

	@Override
	public Optional<String> fault(DomainName zone, Text record) {
		int type = Type.value(record.type(), true);
		if (type < 0) {
			return Optional.of("unknown type " + record.type());
		}
		try {
			Name owner = Name.fromString(record.owner(), Name.root);
			Record.fromString(owner, type, DClass.IN, record.ttl(), latin(record.data()), Name.fromString(record.origin(), Name.root));
			return Optional.empty();
		} catch (IOException | IllegalArgumentException e) {
			// the reader names its input, which is this one line
			return Optional.of(String.valueOf(e.getMessage()).replaceFirst("^<none>:\\d+: ", ""));
		}
	}

	/// As a file is read: each octet of its UTF-8 for itself.
	private static String latin(String text) {
		return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
	}

	@Override
	public Live live(Collection<RecordSet.Key> wanted, ProbeContext context) throws IOException, InterruptedException {
		AuditDns dns = Audit.live(context);
		List<RecordSet.Key> keys = List.copyOf(new LinkedHashSet<>(wanted));
		List<Resolved> answers = Fan.out(keys.stream().map(key -> (Callable<Resolved>) () -> dns.resolve(name(key), Type.value(key.type()))).toList());
		List<RecordSet> sets = new ArrayList<>();
		List<RecordSet.Key> unanswered = new ArrayList<>();
		for (int i = 0; i < keys.size(); i++) {
			Resolved answer = answers.get(i);
			if (!answer.known()) {
				unanswered.add(keys.get(i));
			} else if (answer.status() == DnsStatus.ANSWER && (!answer.alias() || keys.get(i).type().equals("CNAME"))) {
				sets.addAll(sets(answer.records()));
			}
		}
		return new Live(sets, unanswered);
	}

	@Override
	public Map<String, Finding> audit(Domain domain, String masterFile, ProbeContext context) throws IOException, InterruptedException {
		AuditDns planned = new PlannedDns(Audit.live(context)).with(Names.of(domain.name()), masterFile);
		Map<String, Finding> findings = new LinkedHashMap<>();
		for (Probe<?> check : new Audit().probes()) {
			findings.put(check.id(), Audit.check(check.id(), Subject.of(domain, context), planned));
		}
		return findings;
	}

	private static List<RecordSet> sets(List<Record> records) {
		Map<RecordSet.Key, Set<String>> data = new LinkedHashMap<>();
		Map<RecordSet.Key, Long> ttls = new LinkedHashMap<>();
		for (Record record : records) {
			RecordSet.Key key = new RecordSet.Key(record.getName().toString().toLowerCase(Locale.ROOT), Type.string(record.getType()));
			data.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(Records.text(record));
			ttls.merge(key, record.getTTL(), Math::max);
		}
		return data.entrySet().stream().map(set -> new RecordSet(set.getKey().name(), set.getKey().type(), ttls.get(set.getKey()), List.copyOf(set.getValue())))
				.sorted().toList();
	}

	private static Name name(RecordSet.Key key) throws IOException {
		try {
			return Name.fromString(key.name(), Name.root);
		} catch (TextParseException e) {
			throw new IOException(key.name() + " is no domain name", e);
		}
	}
}
