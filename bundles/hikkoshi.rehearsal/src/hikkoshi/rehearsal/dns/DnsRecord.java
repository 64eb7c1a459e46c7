package hikkoshi.rehearsal.dns;

/// A resource record of class IN.
///
/// @param ttl seconds
public record DnsRecord(DnsName name, int ttl, DnsData data) {

	public DnsRecord {
		if (ttl < 0) {
			throw new IllegalArgumentException("a TTL is not negative (RFC 2181, 8)");
		}
	}

	public int type() {
		return data.type();
	}

	DnsRecord withTtl(int other) {
		return new DnsRecord(name, other, data);
	}

	DnsRecord named(DnsName other) {
		return new DnsRecord(other, ttl, data);
	}
}
