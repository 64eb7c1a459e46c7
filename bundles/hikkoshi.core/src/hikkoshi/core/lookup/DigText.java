package hikkoshi.core.lookup;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import hikkoshi.core.model.IpText;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.probe.DnsAnswer;
import hikkoshi.core.probe.DnsStatus;

/// An answer as dig prints it, since people read and paste that. Data of records comes escaped (RFC 1035, 5.1); what else a server may have chosen
/// is made harmless here.
public final class DigText {
	/// Always English, as dig's.
	private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss zzz yyyy", Locale.ENGLISH);
	/// 64 KB hold some thousand records; nobody reads them.
	private static final int MAX_RECORDS = 2_000;
	private static final int TAB = 8;

	private DigText() {}

	/// @param zone in which the time is told
	public static List<String> lines(DnsAnswer answer, ZoneId zone) {
		List<String> lines = new ArrayList<>();
		DnsAnswer.Head head = answer.head();
		if (head.rcode().isEmpty()) {
			lines.add(";; " + silence(answer));
		} else {
			int extra = head.edns().isPresent() ? 1 : 0;
			lines.add(";; Got answer:");
			lines.add(";; ->>HEADER<<- opcode: " + head.opcode() + ", status: " + head.rcode() + ", id: " + head.id());
			lines.add(";; flags: " + String.join(" ", answer.flags()) + "; QUERY: 1, ANSWER: " + answer.answer().size() + ", AUTHORITY: "
					+ answer.authority().size() + ", ADDITIONAL: " + (answer.additional().size() + extra));
			if (answer.question().options().recursionDesired() && !answer.flags().contains("ra")) {
				lines.add(";; WARNING: recursion requested but not available");
			}
			lines.add("");
			head.edns().ifPresent(edns -> pseudo(edns, lines));
			lines.add(";; QUESTION SECTION:");
			lines.add(";" + padded(head.asked(), 23) + padded("", 1) + padded("IN", 8) + answer.question().type());
			lines.add("");
			section("ANSWER", answer.answer(), lines);
			section("AUTHORITY", answer.authority(), lines);
			section("ADDITIONAL", answer.additional(), lines);
		}
		if (!answer.detail().isEmpty()) {
			lines.add(";; (" + harmless(answer.detail()) + ")");
		}
		NameServer server = answer.question().server();
		lines.add(";; Query time: " + answer.took().toMillis() + " msec");
		lines.add(";; SERVER: " + IpText.of(server.address()) + "#" + server.port() + "(" + harmless(server.label()) + ") (" + way(answer.carried()) + ")");
		lines.add(";; WHEN: " + WHEN.format(answer.at().atZone(zone)));
		lines.add(";; MSG SIZE  rcvd: " + answer.bytes());
		lines.add("");
		return lines;
	}

	private static void pseudo(DnsAnswer.Edns edns, List<String> lines) {
		lines.add(";; OPT PSEUDOSECTION:");
		lines.add("; EDNS: version: " + edns.version() + ", flags:" + (edns.dnssecOk() ? " do" : "") + "; udp: " + edns.size());
		edns.options().forEach(option -> lines.add("; " + harmless(option)));
	}

	private static void section(String title, List<DnsAnswer.Rr> records, List<String> lines) {
		if (records.isEmpty()) {
			return;
		}
		lines.add(";; " + title + " SECTION:");
		for (DnsAnswer.Rr rr : records.subList(0, Math.min(MAX_RECORDS, records.size()))) {
			lines.add(padded(rr.name(), 24) + padded(String.valueOf(rr.ttl()), 8) + padded("IN", 8) + padded(rr.type(), 8) + rr.data());
		}
		if (records.size() > MAX_RECORDS) {
			lines.add("; … " + (records.size() - MAX_RECORDS) + " more");
		}
		lines.add("");
	}

	/// With tabs, to a column; at least one blank follows.
	private static String padded(String text, int width) {
		StringBuilder padded = new StringBuilder(text);
		int at = text.length();
		do {
			padded.append('\t');
			at = (at / TAB + 1) * TAB;
		} while (at < width);
		return padded.toString();
	}

	private static String silence(DnsAnswer answer) {
		String asked = answer.head().asked() + " " + answer.question().type();
		return answer.status() == DnsStatus.TIMEOUT ? "connection timed out; no servers could be reached (" + asked + ")"
				: "no answer to " + asked + ": " + answer.status();
	}

	private static String way(DnsAnswer.Carried carried) {
		String transport = switch (carried.transport()) {
			case UDP -> "UDP";
			case TCP -> "TCP";
			case DOT -> "TLS";
			case DOH -> "HTTPS";
		};
		return switch (carried.proof()) {
			case NONE -> transport;
			case OPPORTUNISTIC -> transport + ", " + carried.session() + ", nobody proven";
			case PROVEN -> transport + ", " + carried.session() + ", name proven";
		};
	}

	private static String harmless(String text) {
		StringBuilder out = new StringBuilder();
		text.codePoints().limit(500).forEach(c -> out.appendCodePoint(Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '\ufffd' : c));
		return out.toString();
	}
}
