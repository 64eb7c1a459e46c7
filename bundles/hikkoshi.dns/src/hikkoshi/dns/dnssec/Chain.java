package hikkoshi.dns.dnssec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Everything that was said on the way from the root to a set of records, read for what is wrong with it: dnsjava calls an expired signature "keyset not
/// secured by DNSKEY", which tells nobody what to do.
final class Chain {
	private record Set(Name owner, int type) implements Comparable<Set> {
		@Override
		public int compareTo(Set other) {
			int byName = owner.compareTo(other.owner);
			return byName == 0 ? Integer.compare(type, other.type) : byName;
		}

		String words() {
			return (owner.equals(Name.root) ? "." : owner.toString(true)) + " " + Type.string(type);
		}
	}

	private final Map<Set, List<RRSIGRecord>> signatures = new LinkedHashMap<>();
	private final Map<Name, List<DSRecord>> delegations = new TreeMap<>();
	private final Map<Name, List<DNSKEYRecord>> keys = new TreeMap<>();

	private Chain() {}

	static Chain of(List<Message> said) {
		Chain chain = new Chain();
		for (Message message : said) {
			Record question = message.getQuestion();
			if (question != null && question.getType() == Type.DNSKEY) {
				chain.keys.computeIfAbsent(question.getName().canonicalize(), _ -> new ArrayList<>());
			}
			for (int section : new int[] {Section.ANSWER, Section.AUTHORITY}) {
				message.getSection(section).forEach(chain::add);
			}
		}
		return chain;
	}

	private void add(Record record) {
		Name owner = record.getName().canonicalize();
		switch (record) {
			case RRSIGRecord sig -> signatures.computeIfAbsent(new Set(owner, sig.getTypeCovered()), _ -> new ArrayList<>()).add(sig);
			case DSRecord ds -> delegations.computeIfAbsent(owner, _ -> new ArrayList<>()).add(ds);
			case DNSKEYRecord key -> keys.computeIfAbsent(owner, _ -> new ArrayList<>()).add(key);
			default -> {
				// the data itself is the validator's business
			}
		}
	}

	/// When the first set on the way loses its last signature; null when nothing is signed.
	@Nullable Instant firstEnd(Instant now) {
		return signatures.values().stream().map(all -> all.stream().map(RRSIGRecord::getExpire).max(Instant::compareTo).orElse(now)).min(Instant::compareTo)
				.orElse(null);
	}

	/// @param words what the validator says
	Security fault(String words, Instant now) {
		for (Map.Entry<Set, List<RRSIGRecord>> set : signatures.entrySet()) {
			List<RRSIGRecord> all = set.getValue();
			if (all.stream().allMatch(sig -> sig.getExpire().isBefore(now))) {
				Instant last = all.stream().map(RRSIGRecord::getExpire).max(Instant::compareTo).orElse(now);
				return bogus(Security.Why.EXPIRED, set.getKey().words(), words, last);
			}
			if (all.stream().allMatch(sig -> sig.getTimeSigned().isAfter(now))) {
				Instant first = all.stream().map(RRSIGRecord::getTimeSigned).min(Instant::compareTo).orElse(now);
				return bogus(Security.Why.NOT_YET, set.getKey().words(), words, first);
			}
		}
		for (Map.Entry<Name, List<DSRecord>> delegation : delegations.entrySet()) {
			List<DNSKEYRecord> mine = keys.get(delegation.getKey());
			String zone = delegation.getKey().toString(true);
			if (mine != null && mine.isEmpty()) {
				return bogus(Security.Why.NO_DNSKEY, zone, words, null);
			}
			if (mine != null && delegation.getValue().stream().noneMatch(ds -> mine.stream().anyMatch(key -> fits(ds, key)))) {
				return bogus(Security.Why.DS_MISMATCH, zone, words, null);
			}
			if (mine != null && !signatures.containsKey(new Set(delegation.getKey(), Type.DNSKEY))) {
				return bogus(Security.Why.UNSIGNED, zone, words, null);
			}
		}
		return words.contains("missing signature") ? bogus(Security.Why.UNSIGNED, delegations.isEmpty() ? "" : last(), words, null)
				: bogus(Security.Why.OTHER, "", words, null);
	}

	private String last() {
		return delegations.keySet().stream().reduce((_, next) -> next).map(name -> name.toString(true)).orElse("");
	}

	/// A DS with a digest that we cannot make fits, for all we know.
	private static boolean fits(DSRecord ds, DNSKEYRecord key) {
		if (ds.getFootprint() != key.getFootprint() || ds.getAlgorithm() != key.getAlgorithm()) {
			return false;
		}
		try {
			return Arrays.equals(ds.getDigest(), new DSRecord(key.getName(), key.getDClass(), 0, ds.getDigestID(), key).getDigest());
		} catch (IllegalArgumentException e) {
			return true;
		}
	}

	private static Security bogus(Security.Why why, String zone, String words, @Nullable Instant at) {
		return new Security(Security.State.BOGUS, why, zone, words, at);
	}
}
