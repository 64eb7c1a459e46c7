package hikkoshi.dns;

import java.util.ArrayList;
import java.util.List;

import org.xbill.DNS.Record;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.probe.DnsStatus;

/// The table behind a finding: a row for each record of each server, or one row for a server without records.
final class Sheet {
	static final List<String> COLUMNS = List.of("server", "address", "kind", "status", "flags", "ttl", "data", "ms", "bytes");
	static final String AUTHORITATIVE = "authoritative";
	/// An authoritative server's address that this machine has no way to; the server answered at another.
	static final String NO_IPV6 = "no-ipv6";
	static final String RESOLVER = "resolver";
	static final String MX_HOST = "mx-host";
	/// A server may send thousands of records; evidence needs to show that, not to keep them.
	private static final int MAX_RECORDS = 200;

	private final List<List<String>> rows = new ArrayList<>();

	static Sheet of(Survey survey) {
		Sheet sheet = new Sheet();
		survey.authoritative().forEach(voice -> sheet.add(voice, survey.excused(voice) ? NO_IPV6 : AUTHORITATIVE));
		survey.resolvers().forEach(voice -> sheet.add(voice, RESOLVER));
		return sheet;
	}

	private void add(Voice voice, String kind) {
		String flags = voice.reply() == null ? "" : String.join(" ", voice.reply().flags());
		String millis = voice.reply() == null ? "" : String.valueOf(voice.reply().took().toMillis());
		String bytes = voice.reply() == null ? "" : String.valueOf(voice.reply().bytes());
		List<Record> records = voice.records();
		for (Record record : records.subList(0, Math.min(MAX_RECORDS, records.size()))) {
			row(voice.server(), voice.place(), kind, voice.status(), flags, String.valueOf(Records.ttl(record)), Records.data(record, voice.type()), millis, bytes);
		}
		if (records.size() > MAX_RECORDS) {
			row(voice.server(), voice.place(), kind, voice.status(), flags, "", "… +" + (records.size() - MAX_RECORDS), millis, bytes);
		} else if (records.isEmpty()) {
			row(voice.server(), voice.place(), kind, voice.status(), flags, "", "", millis, bytes);
		}
	}

	void row(String server, String place, String kind, DnsStatus status, String flags, String ttl, String data, String millis, String bytes) {
		rows.add(List.of(server, place, kind, status.name(), flags, ttl, data, millis, bytes));
	}

	Facts.Table table() {
		return new Facts.Table(COLUMNS, rows);
	}
}
