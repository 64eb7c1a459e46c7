package hikkoshi.rehearsal.dns;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The records of one zone. Immutable: every change gives a new zone with a serial one higher, to be put on the servers anew.
public final class Zone {

	/// Seconds: an SOA's refresh, retry and expire play no part here, nobody transfers zones.
	private static final int HOUR = 3_600;

	private final DnsName origin;
	private final List<DnsRecord> records;
	private final Map<DnsName, List<DnsRecord>> byName = new HashMap<>();
	/// Every name that exists, those without records between the origin and a record included (RFC 4592, 2.2.2).
	private final Set<DnsName> existing = new HashSet<>();

	private Zone(DnsName origin, List<DnsRecord> records) {
		this.origin = origin;
		this.records = List.copyOf(records);
		for (DnsRecord record : records) {
			if (!record.name().isWithin(origin)) {
				throw new IllegalArgumentException(record.name() + " is not within " + origin);
			}
			byName.computeIfAbsent(record.name(), name -> new ArrayList<>()).add(record);
			for (DnsName name = record.name(); existing.add(name) && !name.equals(origin);) {
				name = name.parent();
			}
		}
	}

	/// A zone with its SOA and nothing else.
	///
	/// @param negativeTtl how long a "no" may be cached, in seconds
	public static Zone of(String origin, String primary, int ttl, int negativeTtl) {
		DnsName name = DnsName.of(origin);
		DnsName server = DnsName.of(primary);
		return new Zone(name, List.of(new DnsRecord(name, ttl,
				new DnsData.Authority(server, name.child("hostmaster"), 1, HOUR, HOUR, 24 * HOUR, negativeTtl))));
	}

	public DnsName origin() {
		return origin;
	}

	public List<DnsRecord> records() {
		return records;
	}

	public DnsRecord soa() {
		return find(origin, DnsData.SOA).getFirst();
	}

	public long serial() {
		return soa().data() instanceof DnsData.Authority authority ? authority.serial() : 0;
	}

	/// One more record. The name is relative to the origin (`@` for the origin itself), absolute with a final dot.
	public Zone plus(String name, int ttl, DnsData data) {
		List<DnsRecord> more = new ArrayList<>(records);
		more.add(new DnsRecord(absolute(name), ttl, data));
		return changed(more);
	}

	public Zone plusAddress(String name, int ttl, InetAddress address) {
		return plus(name, ttl, new DnsData.Address(address));
	}

	/// All records of this name and type replaced by one.
	public Zone replacing(String name, int ttl, DnsData data) {
		return without(name, data.type()).plus(name, ttl, data);
	}

	public Zone without(String name, int type) {
		DnsName gone = absolute(name);
		return changed(records.stream().filter(record -> record.type() != type || !record.name().equals(gone)).toList());
	}

	/// The same records with another TTL.
	public Zone withTtl(String name, int type, int ttl) {
		DnsName which = absolute(name);
		return changed(records.stream().map(record -> record.type() == type && record.name().equals(which) ? record.withTtl(ttl) : record).toList());
	}

	private DnsName absolute(String name) {
		if (name.equals("@")) {
			return origin;
		}
		DnsName written = DnsName.of(name);
		return name.endsWith(".") ? written : new DnsName(Stream.concat(written.labels().stream(), origin.labels().stream()).toList());
	}

	private Zone changed(List<DnsRecord> other) {
		return new Zone(origin, other.stream().map(record -> record.data() instanceof DnsData.Authority soa
				? new DnsRecord(record.name(), record.ttl(), new DnsData.Authority(soa.primary(), soa.contact(), soa.serial() + 1 & 0xffff_ffffL, soa.refresh(),
						soa.retry(), soa.expire(), soa.minimum()))
				: record).toList());
	}

	List<DnsRecord> all(DnsName name) {
		return byName.getOrDefault(name, List.of());
	}

	List<DnsRecord> find(DnsName name, int type) {
		return all(name).stream().filter(record -> record.type() == type).toList();
	}

	boolean exists(DnsName name) {
		return existing.contains(name);
	}

	/// The highest name between the origin and this one that is delegated away, if any.
	Optional<DnsName> delegation(DnsName name) {
		DnsName cut = null;
		for (DnsName each = name; each.isWithin(origin) && !each.equals(origin); each = each.parent()) {
			if (!find(each, DnsData.NS).isEmpty()) {
				cut = each;
			}
		}
		return Optional.ofNullable(cut);
	}

	/// The wildcard that answers for a name that does not exist: `*` below its closest existing ancestor (RFC 4592, 3.3.1).
	Optional<DnsName> wildcard(DnsName name) {
		DnsName encloser = name.parent();
		while (!exists(encloser) && !encloser.equals(origin)) {
			encloser = encloser.parent();
		}
		return Optional.of(encloser.child("*")).filter(byName::containsKey);
	}
}
