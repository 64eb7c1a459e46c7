package hikkoshi.dns.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

import hikkoshi.core.model.Transport;
import hikkoshi.core.probe.DnsAnswer;
import hikkoshi.core.probe.DnsStatus;

/// What came back, or that nothing did.
///
/// @param parsed the answer; null when none came that could be read
/// @param took from the first datagram to the end, waiting for a place not included
/// @param bytes size of the answer, 0 when none came
/// @param carried how it travelled, or was to travel
/// @param ignored datagrams and messages thrown away while waiting: wrong id, wrong question, not an answer
/// @param detail the system's words where the status alone says too little; else empty
public record Reply(
		DnsQuery query, DnsStatus status, @Nullable Message parsed, Duration took, int bytes, DnsAnswer.Carried carried, int ignored, String detail) {
	/// In dig's order.
	private static final int[] SHOWN = {Flags.QR, Flags.AA, Flags.TC, Flags.RD, Flags.RA, Flags.AD, Flags.CD};

	/// Whether it came over TCP, by itself or below TLS.
	public boolean tcp() {
		return carried.transport() != Transport.UDP;
	}

	public Optional<Message> message() {
		return Optional.ofNullable(parsed);
	}

	/// The records of a section (`Section.ANSWER` …) without the pseudo-record of EDNS.
	public List<Record> records(int section) {
		return parsed == null ? List.of()
				: parsed.getSection(section).stream().filter(each -> section != Section.ADDITIONAL || each.getType() != org.xbill.DNS.Type.OPT).toList();
	}

	public boolean has(int flag) {
		return parsed != null && parsed.getHeader().getFlag(flag);
	}

	/// As dig prints them, e.g. `qr`, `aa`, `rd`.
	public List<String> flags() {
		List<String> shown = new ArrayList<>();
		for (int flag : SHOWN) {
			if (has(flag)) {
				shown.add(Flags.string(flag));
			}
		}
		return shown;
	}

	/// Whether the server said anything that can be read.
	public boolean answered() {
		return parsed != null;
	}

	/// As the answer to the question before it went over TCP; a failure says so.
	Reply to(DnsQuery first, String words) {
		return new Reply(first, status, parsed, took, bytes, carried, ignored, detail.isEmpty() ? "" : words + detail);
	}

	Reply with(DnsStatus other, int moreIgnored, String words) {
		return new Reply(query, other, parsed, took, bytes, carried, ignored + moreIgnored, words);
	}
}
