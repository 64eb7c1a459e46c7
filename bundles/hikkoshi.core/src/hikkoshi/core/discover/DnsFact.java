package hikkoshi.core.discover;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.model.DomainName;

/// One thing that DNS says of a name and the hosts behind it: a row of the table of `discover.dns` and `discover.host`.
///
/// @param name whose record it is, e.g. `example.org` or `_imaps._tcp.example.org`; as text, since DNS knows names that no host can have
/// @param priority of MX and SRV
/// @param weight of SRV
/// @param port of SRV
/// @param host to which MX, SRV or an alias leads; else empty
/// @param address of an address record; else empty
/// @param status how the question ended where it gave no record (a word of `DnsStatus`); else empty
public record DnsFact(Kind kind, String name, int priority, int weight, int port, String host, String address, String status) {
	/// What a row says.
	public enum Kind {
		ADDRESS,
		ALIAS,
		MX,
		/// "Takes no mail" (RFC 7505).
		NULL_MX,
		SRV,
		/// SRV with the target `.`: expressly not offered (RFC 2782).
		NOT_OFFERED,
		/// The question could not be answered.
		UNKNOWN
	}

	private static final List<String> COLUMNS =
			List.of("found.kind", "found.name", "found.priority", "found.weight", "found.port", "found.host", "found.address", "found.status");

	public static DnsFact address(String name, String address) {
		return new DnsFact(Kind.ADDRESS, name, 0, 0, 0, "", address, "");
	}

	public static DnsFact alias(String name, String host) {
		return new DnsFact(Kind.ALIAS, name, 0, 0, 0, host, "", "");
	}

	public static DnsFact mx(String name, int priority, String host) {
		return new DnsFact(host.isEmpty() ? Kind.NULL_MX : Kind.MX, name, priority, 0, 0, host, "", "");
	}

	public static DnsFact srv(String name, int priority, int weight, int port, String host) {
		return new DnsFact(host.isEmpty() ? Kind.NOT_OFFERED : Kind.SRV, name, priority, weight, port, host, "", "");
	}

	public static DnsFact unknown(String name, String status) {
		return new DnsFact(Kind.UNKNOWN, name, 0, 0, 0, "", "", status);
	}

	/// Of an SRV record, e.g. `imaps`; else empty.
	public String service() {
		int dot = name.indexOf('.');
		return (kind == Kind.SRV || kind == Kind.NOT_OFFERED) && name.startsWith("_") && dot > 0 ? name.substring(1, dot) : "";
	}

	/// The host to which it leads, if a host can be called so.
	public Optional<DomainName> target() {
		return Hosts.name(host);
	}

	public Optional<InetAddress> inetAddress() {
		return Hosts.address(address);
	}

	public static Facts.Table table(List<DnsFact> facts) {
		return new Facts.Table(COLUMNS, facts.stream().map(f -> List.of(FactRows.token(f.kind), f.name, f.number(f.priority, Kind.MX),
				f.number(f.weight, Kind.SRV), f.number(f.port, Kind.SRV), f.host, f.address, f.status)).toList());
	}

	/// 0 is a number for records that have one, and nothing for the others.
	private String number(int value, Kind having) {
		return kind == having || kind == Kind.SRV ? String.valueOf(value) : "";
	}

	public static List<DnsFact> read(Facts facts) {
		return FactRows.read(facts, row -> new DnsFact(row.word("found.kind", Kind.class, Kind.UNKNOWN), row.cell("found.name"), row.number("found.priority"),
				row.number("found.weight"), row.number("found.port"), row.cell("found.host"), row.cell("found.address"), row.cell("found.status")));
	}
}
