package hikkoshi.dns;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.xbill.DNS.Type;

import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.probe.DnsStatus;
import hikkoshi.core.probe.Finding;

/// What a survey proves. A pure function, the worst news first.
///
/// @param answer the records all agree on, or what each group of servers says
/// @param ttl the highest at an authoritative server, seconds
/// @param extra what else there is to say
record Judgement(DnsReasons reason, String domain, String answer, long ttl, int type, String extra) {
	private static final int LONGEST = 2_000;

	static Judgement of(Survey survey) {
		List<Voice> all = survey.authoritative();
		List<Voice> spoke = all.stream().filter(Voice::spoke).toList();
		String domain = survey.domain().name().ascii();
		if (survey.end() != null) {
			return new Judgement(DnsReasons.DELEGATION, domain, survey.end().zone().toString(), 0, survey.type(), String.join("; ", survey.end().why()));
		}
		Map<String, List<Voice>> groups = spoke.stream().collect(Collectors.groupingBy(Judgement::said, TreeMap::new, Collectors.toList()));
		long ttl = spoke.stream().mapToLong(Voice::ttl).max().orElse(0);
		if (groups.size() > 1) {
			String each = groups.entrySet().stream().map(group -> names(group.getValue()) + ": " + group.getKey()).collect(Collectors.joining("; "));
			boolean serials = survey.type() == Type.SOA && spoke.stream().map(Judgement::withoutSerial).distinct().count() == 1;
			return new Judgement(serials ? DnsReasons.SOA_SERIALS : DnsReasons.DISAGREE, domain, each, ttl, survey.type(), each);
		}
		String answer = spoke.isEmpty() || spoke.getFirst().status() != DnsStatus.ANSWER ? "" : groups.keySet().iterator().next();
		Judgement agreed = new Judgement(DnsReasons.ANSWER, domain, answer, ttl, survey.type(), "");
		List<Voice> lame = only(all, voice -> voice.status() == DnsStatus.LAME && voice.at() != null);
		if (!lame.isEmpty()) {
			return agreed.because(DnsReasons.LAME, names(lame));
		}
		List<Voice> nowhere = only(all, voice -> voice.at() == null && (voice.status() == DnsStatus.NXDOMAIN || voice.status() == DnsStatus.NO_DATA));
		if (!nowhere.isEmpty()) {
			return agreed.because(DnsReasons.NO_ADDRESS, names(nowhere));
		}
		List<Voice> refusing = only(all, voice -> voice.at() != null && Set.of(DnsStatus.REFUSED, DnsStatus.FORMERR, DnsStatus.NOTIMP, DnsStatus.OTHER_RCODE).contains(voice.status()));
		if (!refusing.isEmpty()) {
			return agreed.because(DnsReasons.REFUSED, statuses(refusing));
		}
		List<Voice> failing = only(all, voice -> voice.at() != null && voice.status() == DnsStatus.SERVFAIL);
		if (!failing.isEmpty()) {
			return agreed.because(DnsReasons.SERVFAIL, names(failing));
		}
		return agreed.withSilence(survey, spoke).withContent(survey, spoke);
	}

	Judgement because(DnsReasons other, String why) {
		return new Judgement(other, domain, answer, ttl, type, why);
	}

	private Judgement withSilence(Survey survey, List<Voice> spoke) {
		List<Voice> silent = only(survey.authoritative(), Voice::silent);
		if (spoke.isEmpty()) {
			return because(DnsReasons.SILENT, silent.isEmpty() ? domain : statuses(silent));
		}
		Set<String> heard = spoke.stream().map(Voice::server).collect(Collectors.toSet());
		List<Voice> mute = only(silent, voice -> !heard.contains(voice.server()));
		if (!mute.isEmpty()) {
			return because(DnsReasons.SOME_SILENT, statuses(mute));
		}
		List<Voice> odd = only(silent, voice -> !survey.excused(voice));
		return odd.isEmpty() ? this : because(DnsReasons.ADDRESS_SILENT, statuses(odd));
	}

	private Judgement withContent(Survey survey, List<Voice> spoke) {
		if (spoke.isEmpty()) {
			return this;
		}
		DnsStatus status = spoke.getFirst().status();
		if (status == DnsStatus.NXDOMAIN) {
			return because(DnsReasons.NXDOMAIN, extra);
		}
		if (reason != DnsReasons.ANSWER) {
			return this;
		}
		if (status == DnsStatus.ANSWER && spoke.getFirst().records().stream().anyMatch(each -> each.getType() != type)) {
			return because(DnsReasons.ALIAS, "");
		}
		if (spoke.stream().mapToLong(Voice::ttl).distinct().count() > 1) {
			return because(DnsReasons.TTLS_DIFFER,
					spoke.stream().map(voice -> voice.name() + " " + voice.ttl() + " s").collect(Collectors.joining(", ")));
		}
		List<Voice> others = only(survey.resolvers(), voice -> voice.spoke() && !said(voice).equals(said(spoke.getFirst())));
		if (!others.isEmpty()) {
			return because(status == DnsStatus.NO_DATA ? DnsReasons.NO_DATA_RESOLVERS_DIFFER : DnsReasons.RESOLVERS_DIFFER, others.stream().map(voice -> voice.name() + ": " + said(voice)).collect(Collectors.joining("; ")));
		}
		return status == DnsStatus.NO_DATA ? because(DnsReasons.NO_DATA, "") : this;
	}

	private static List<Voice> only(List<Voice> voices, Predicate<Voice> wanted) {
		return voices.stream().filter(wanted).toList();
	}

	/// A server's answer in one line, the same for servers that say the same.
	private static String said(Voice voice) {
		return switch (voice.status()) {
			case ANSWER -> String.join(", ", voice.data());
			case NO_DATA, NXDOMAIN, SERVFAIL, REFUSED, FORMERR, NOTIMP, OTHER_RCODE, LAME, TIMEOUT, UNREACHABLE, MISMATCHED, MALFORMED, ALIAS_LOOP, UNTRUSTED, NO_TLS, HTTP_ERROR, NOT_DNS, TOO_LONG -> voice.status().name();
		};
	}

	/// The serial is the third of an SOA's fields (RFC 1035, 3.3.13).
	private static String withoutSerial(Voice voice) {
		return said(voice).replaceFirst("^(\\S+ \\S+) \\d+", "$1");
	}

	private static String names(List<Voice> voices) {
		return voices.stream().map(Voice::name).distinct().collect(Collectors.joining(", "));
	}

	private static String statuses(List<Voice> voices) {
		return voices.stream().map(voice -> voice.name() + " " + voice.status() + voice.detail()).distinct().collect(Collectors.joining(", "));
	}

	Finding finding(Facts facts) {
		return new Finding(reason.outcome(), Reason.of(reason.id(), domain, bounded(answer), ttl, Type.string(type), bounded(extra)), facts);
	}

	/// 64 KB of TXT is too much for a reason, but what was left out must still tell one answer from another.
	private static String bounded(String text) {
		if (text.length() <= LONGEST) {
			return text;
		}
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return text.substring(0, LONGEST) + "… (SHA-256 " + HexFormat.of().formatHex(digest) + ")";
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}
}
