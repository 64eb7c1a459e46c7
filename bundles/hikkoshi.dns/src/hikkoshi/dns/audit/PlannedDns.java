package hikkoshi.dns.audit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Master;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

import hikkoshi.core.format.TextEdit;
import hikkoshi.core.format.ZoneDocument;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.probe.DnsStatus;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.dns.delegation.Resolved;
import hikkoshi.dns.policy.PolicyFetch.Fetched;

/// DNS as it will be: zones from master files (RFC 1035, 5) over whatever answers for all other names.
public final class PlannedDns implements AuditDns {
	private static final int MAX_ALIASES = 10;
	/// One line of `$GENERATE` makes as many as it likes.
	private static final int MOST_RECORDS = 500_000;
	private static final long HOUR = 3_600;
	private final Map<Name, PlannedZone> zones = new TreeMap<>();
	private final AuditDns others;
	/// Of its own: what is worked out from a plan must not be taken for what is live.
	private final RunMemo memo = new RunMemo();

	/// @param others answers for names outside the planned zones
	public PlannedDns(AuditDns others) {
		this.others = others;
	}

	/// Adds a zone. One without SOA or NS, as a list of records that a person plans, is complete for everything else.
	///
	/// @throws IOException when it is no master file; the message says where
	public PlannedDns with(Name origin, String masterFile) throws IOException {
		List<Record> records = new ArrayList<>(records(origin, masterFile));
		if (records.stream().noneMatch(record -> record.getType() == Type.SOA)) {
			records.add(new SOARecord(origin, DClass.IN, HOUR, origin, origin, 1, HOUR, HOUR, HOUR, HOUR));
		}
		if (records.stream().noneMatch(record -> record.getType() == Type.NS && record.getName().equals(origin))) {
			records.add(new NSRecord(origin, DClass.IN, HOUR, origin));
		}
		zones.put(origin, new PlannedZone(origin, records));
		return this;
	}

	/// The records of a master file.
	///
	/// @throws IOException when it is none, or names what is not within the zone; the message says where
	public static List<Record> records(Name origin, String masterFile) throws IOException {
		List<Record> records = new ArrayList<>();
		try (Master master = new Master(new ByteArrayInputStream(complete(origin, masterFile).getBytes(StandardCharsets.UTF_8)), origin, HOUR)) {
			// a plan names no other files of this machine
			master.disableIncludes(true);
			for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
				if (!record.getName().subdomain(origin)) {
					throw new IOException(record.getName() + " is not within " + origin);
				}
				records.add(record);
				if (records.size() > MOST_RECORDS) {
					throw new IOException("more than " + MOST_RECORDS + " records");
				}
			}
		}
		return records;
	}

	/// dnsjava takes a relative `$ORIGIN` for a top-level name; it belongs to the origin before it (RFC 1035, 5.1).
	private static String complete(Name origin, String masterFile) {
		List<TextEdit> edits = ZoneDocument.parse(DomainName.parse(origin.toString()), masterFile).entries().stream()
				.filter(entry -> entry.type().equals("$ORIGIN") && entry.wrong().isEmpty())
				.map(entry -> new TextEdit(entry.offset(), entry.contentEnd() - entry.offset(), "$ORIGIN " + entry.origin())).toList();
		return TextEdit.apply(masterFile, edits);
	}

	@Override
	public Fetched policy(String host, List<InetAddress> addresses) throws IOException, InterruptedException {
		return others.policy(host, addresses);
	}

	@Override
	public <V> V once(Object key, Class<V> type, RunMemo.Question<V> question) throws IOException, InterruptedException {
		return memo.once(key, type, question);
	}

	@Override
	public Resolved resolve(Name name, int type) throws IOException, InterruptedException {
		Name owner = name;
		boolean alias = false;
		for (int i = 0; i < MAX_ALIASES; i++) {
			PlannedZone zone = zone(owner);
			if (zone == null) {
				return beyond(alias, owner, type);
			}
			switch (zone.find(owner, type)) {
				case PlannedZone.Found.Records(List<Record> records) -> {
					return answer(DnsStatus.ANSWER, alias, owner, records, "");
				}
				case PlannedZone.Found.Alias(Name target) -> {
					alias = true;
					owner = target;
				}
				case PlannedZone.Found.Delegated() -> {
					return beyond(alias, owner, type);
				}
				case PlannedZone.Found.NoName() -> {
					return answer(DnsStatus.NXDOMAIN, alias, owner, List.of(), "");
				}
				case PlannedZone.Found.NoData() -> {
					return answer(DnsStatus.NO_DATA, alias, owner, List.of(), "");
				}
			}
		}
		return answer(DnsStatus.SERVFAIL, true, owner, List.of(), "aliases without end");
	}

	/// What others answer for a name outside the plan.
	private Resolved beyond(boolean alias, Name name, int type) throws IOException, InterruptedException {
		Resolved found = others.resolve(name, type);
		return alias ? answer(found.status(), true, found.owner(), found.records(), found.detail()) : found;
	}

	/// The deepest planned zone that encloses a name; null when there is none.
	private @Nullable PlannedZone zone(Name name) {
		for (int labels = 0; labels < name.labels(); labels++) {
			PlannedZone zone = zones.get(new Name(name, labels));
			if (zone != null) {
				return zone;
			}
		}
		return null;
	}

	private static Resolved answer(DnsStatus status, boolean alias, Name owner, List<Record> records, String detail) {
		return new Resolved(status, alias, owner, records, "planned", List.of(), 0, 0, detail);
	}
}
