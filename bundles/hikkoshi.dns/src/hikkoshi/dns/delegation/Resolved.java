package hikkoshi.dns.delegation;

import java.util.List;

import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

import hikkoshi.core.probe.DnsStatus;

/// What the authoritative servers say about a name and type, aliases followed.
///
/// @param status ANSWER, NO_DATA or NXDOMAIN from an authority, or how the last server failed
/// @param alias whether a CNAME was followed
/// @param owner the name at the end of the aliases
/// @param records of the type asked for, empty without an answer
/// @param place the server that said so, or the zone where the way ended
/// @param flags of that server's answer
/// @param detail why there is no answer from an authority; else empty
public record Resolved(
		DnsStatus status, boolean alias, Name owner, List<Record> records, String place, List<String> flags, long millis, int bytes, String detail) {
	public Resolved {
		records = List.copyOf(records);
		flags = List.copyOf(flags);
	}

	/// Whether an authority has spoken, yes or no.
	public boolean known() {
		return status == DnsStatus.ANSWER || status == DnsStatus.NO_DATA || status == DnsStatus.NXDOMAIN;
	}
}
