package hikkoshi.dns.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

import hikkoshi.core.model.Side;
import hikkoshi.dns.delegation.Resolved;

/// The keys that both servers sign with (RFC 6376, RFC 8463): the old ones stay for as long as mail signed with them is on its way.
final class DkimChecks {
	/// Selectors that software and providers use when nobody chooses one. A hint, no more: they are asked for only where none is listed.
	static final List<String> USUAL = List.of("default", "mail", "dkim", "selector1", "selector2", "google", "k1", "s1", "s2", "key1");
	private static final int LEAST_BITS = 1_024;
	private static final int WANTED_BITS = 2_048;

	private DkimChecks() {}

	/// @param owner where the record stands when the selector is an alias
	private record Selected(Side side, String selector, Name name, Name owner, boolean alias, List<String> records) {
		String place() {
			return side.token() + " " + selector;
		}

		String words() {
			return name.toString(true) + (alias ? " → " + owner.toString(true) : "");
		}
	}

	/// Whether somebody has said which selectors there are.
	static Verdict selectors(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<String> old = subject.domain().dkim().of(Side.OLD);
		List<String> fresh = subject.domain().dkim().of(Side.NEW);
		if (!old.isEmpty() && !fresh.isEmpty()) {
			dns.known(name(subject, old.getFirst()), Type.TXT);
			return Verdict.pass("audit.dkim.selectors.ok", subject.domain().name(), String.join(", ", old), String.join(", ", fresh));
		}
		List<String> seen = new ArrayList<>();
		for (String usual : USUAL) {
			boolean key = dns.texts(name(subject, usual)).stream().anyMatch(text -> DkimKey.parse(text).problem().isEmpty());
			if (key && !old.contains(usual) && !fresh.contains(usual)) {
				seen.add(usual);
			}
		}
		String hint = seen.isEmpty() ? "–" : String.join(", ", seen);
		if (old.isEmpty() && fresh.isEmpty()) {
			return Verdict.warn("audit.dkim.selectors.none", subject.domain().name(), hint);
		}
		return Verdict.warn(old.isEmpty() ? "audit.dkim.selectors.no-old" : "audit.dkim.selectors.no-new", subject.domain().name(), hint);
	}

	/// Every selector of a side has a record.
	static Verdict present(Side side, Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<Selected> all = selected(subject, dns).stream().filter(each -> each.side() == side).toList();
		if (all.isEmpty()) {
			return Verdict.moot(subject, "DKIM (" + side.token() + ")");
		}
		List<String> missing = all.stream().filter(each -> each.records().isEmpty()).map(Selected::words).toList();
		String check = "audit.dkim." + side.token();
		return missing.isEmpty() ? Verdict.pass(check + ".ok", subject.domain().name(), String.join(", ", all.stream().map(Selected::words).toList()))
				: Verdict.fail(check + ".missing", subject.domain().name(), String.join(", ", missing));
	}

	/// Which of several a verifier takes is undefined (RFC 6376, 3.6.2.2).
	static Verdict single(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<Selected> all = selected(subject, dns).stream().filter(each -> !each.records().isEmpty()).toList();
		List<String> several = all.stream().filter(each -> each.records().size() > 1).map(each -> each.words() + " (" + each.records().size() + ")").toList();
		return all.isEmpty() ? Verdict.moot(subject, "DKIM") : several.isEmpty() ? Verdict.pass("audit.dkim.single.ok", subject.domain().name())
				: Verdict.fail("audit.dkim.single.several", subject.domain().name(), String.join(", ", several));
	}

	static Verdict syntax(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<String> all = new ArrayList<>();
		List<String> bad = new ArrayList<>();
		for (Selected each : selected(subject, dns)) {
			for (String record : each.records()) {
				DkimKey key = DkimKey.parse(record);
				all.add(each.place());
				if (!key.problem().isEmpty()) {
					bad.add(each.words() + ": " + key.problem());
				}
			}
		}
		return all.isEmpty() ? Verdict.moot(subject, "DKIM") : bad.isEmpty() ? Verdict.pass("audit.dkim.syntax.ok", subject.domain().name(), String.join(", ", all))
				: Verdict.fail("audit.dkim.syntax.bad", subject.domain().name(), String.join(", ", bad));
	}

	static Verdict revoked(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<String> revoked = keys(subject, dns, DkimKey::revoked);
		return keys(subject, dns, _ -> true).isEmpty() ? Verdict.moot(subject, "DKIM")
				: revoked.isEmpty() ? Verdict.pass("audit.dkim.revoked.ok", subject.domain().name())
						: Verdict.fail("audit.dkim.revoked.empty", subject.domain().name(), String.join(", ", revoked));
	}

	/// RFC 8301, 3.2: verifiers must not take less than 1,024 bits; signers should use 2,048.
	static Verdict length(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<String> all = new ArrayList<>();
		List<String> broken = new ArrayList<>();
		List<String> weak = new ArrayList<>();
		for (Selected each : selected(subject, dns)) {
			for (String record : each.records()) {
				DkimKey key = DkimKey.parse(record);
				if (!key.problem().isEmpty() || key.revoked()) {
					continue;
				}
				String words = each.place() + ": " + key.algorithm() + (key.bits() > 0 ? " " + key.bits() : "");
				all.add(words);
				if (key.bits() > 0 && key.bits() < WANTED_BITS) {
					(key.bits() < LEAST_BITS ? broken : weak).add(words);
				}
			}
		}
		return all.isEmpty() ? Verdict.moot(subject, "DKIM")
				: !broken.isEmpty() ? Verdict.fail("audit.dkim.length.broken", subject.domain().name(), String.join(", ", broken))
						: !weak.isEmpty() ? Verdict.warn("audit.dkim.length.weak", subject.domain().name(), String.join(", ", weak))
								: Verdict.pass("audit.dkim.length.ok", subject.domain().name(), String.join(", ", all));
	}

	/// What a key's owner says about its use: testing, not for mail, not with SHA-256, not for subdomains.
	static Verdict flags(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<String> useless = keys(subject, dns, key -> !key.forMail() || !key.sha256());
		List<String> testing = keys(subject, dns, key -> key.flags().contains("y"));
		List<String> strict = keys(subject, dns, key -> key.flags().contains("s"));
		if (keys(subject, dns, _ -> true).isEmpty()) {
			return Verdict.moot(subject, "DKIM");
		}
		return !useless.isEmpty() ? Verdict.fail("audit.dkim.flags.useless", subject.domain().name(), String.join(", ", useless))
				: !testing.isEmpty() ? Verdict.warn("audit.dkim.flags.testing", subject.domain().name(), String.join(", ", testing))
						: !strict.isEmpty() ? Verdict.pass("audit.dkim.flags.strict", subject.domain().name(), String.join(", ", strict))
								: Verdict.pass("audit.dkim.flags.ok", subject.domain().name());
	}

	/// The selectors with a readable key that is such.
	private static List<String> keys(Subject subject, Questions dns, Predicate<DkimKey> such) throws Unanswered, IOException, InterruptedException {
		List<String> found = new ArrayList<>();
		for (Selected each : selected(subject, dns)) {
			if (each.records().stream().map(DkimKey::parse).anyMatch(key -> key.problem().isEmpty() && such.test(key))) {
				found.add(each.words());
			}
		}
		return found;
	}

	private static List<Selected> selected(Subject subject, Questions dns) throws Unanswered, IOException, InterruptedException {
		List<Selected> all = new ArrayList<>();
		for (Side side : Side.values()) {
			for (String selector : subject.domain().dkim().of(side)) {
				Name name = name(subject, selector);
				Resolved answer = dns.known(name, Type.TXT);
				all.add(new Selected(side, selector, name, answer.owner(), answer.alias(), dns.texts(name)));
			}
		}
		return all;
	}

	private static Name name(Subject subject, String selector) {
		return subject.below(selector + "._domainkey");
	}
}
