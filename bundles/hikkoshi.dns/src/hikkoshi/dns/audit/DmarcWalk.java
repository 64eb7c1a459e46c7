package hikkoshi.dns.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.xbill.DNS.Name;

/// Where the DMARC record of a domain stands: at the domain, at its organizational domain, or at the public suffix above (RFC 9989, 4.10, the DNS
/// tree walk; RFC 7489 took a list of public suffixes for that). Of several records at one name none counts.
///
/// @param steps what was asked, from the domain upwards; ends where a record says so (`psd=y`, `psd=n`) or at the top
record DmarcWalk(List<Step> steps) {
	/// Labels that are left of a longer name once it was asked for itself: no name makes for more than eight questions.
	private static final int WALKED_LABELS = 7;

	/// @param records the DMARC records at `_dmarc` below the domain
	record Step(Name domain, List<String> records) {
		Name name() {
			return Questions.below("_dmarc", domain);
		}

		/// Empty when there is none, or more than one, or what cannot be read.
		Optional<Tags> tags() {
			return records.size() == 1 ? Tags.parse(records.getFirst()) : Optional.empty();
		}

		private boolean says(String psd) {
			return tags().filter(tags -> tags.get("psd").equalsIgnoreCase(psd)).isPresent();
		}

		private boolean counts() {
			return records.size() == 1;
		}
	}

	DmarcWalk {
		steps = List.copyOf(steps);
	}

	/// The whole walk.
	static DmarcWalk from(Name domain, Questions dns) throws Unanswered, IOException, InterruptedException {
		return walk(domain, dns, false);
	}

	/// As far as it takes to know which record applies: no further when the domain has one.
	static DmarcWalk policy(Name domain, Questions dns) throws Unanswered, IOException, InterruptedException {
		return walk(domain, dns, true);
	}

	private static DmarcWalk walk(Name start, Questions dns, boolean own) throws Unanswered, IOException, InterruptedException {
		List<Step> steps = new ArrayList<>();
		for (Name domain : targets(start)) {
			Step step = new Step(domain, dns.texts(Questions.below("_dmarc", domain)).stream().filter(text -> text.matches("(?i)v\\s*=\\s*DMARC1\\s*(;.*)?")).toList());
			steps.add(step);
			if (step.says("y") || step.says("n") || own && steps.size() == 1 && !step.records().isEmpty()) {
				break;
			}
		}
		return new DmarcWalk(steps);
	}

	/// The domain, then what is above it up to the top-level domain, at most eight names.
	static List<Name> targets(Name domain) {
		List<Name> targets = new ArrayList<>();
		// the root counts as a label of a Name
		for (Name target = domain; target.labels() > 1; target = new Name(target, Math.max(1, target.labels() - 1 - WALKED_LABELS))) {
			targets.add(target);
		}
		return targets;
	}

	/// The domain whose names all belong together, as alignment and the consent to reports see it (RFC 9989, 4.10.2). Of a whole walk.
	Name organizational() {
		Name start = steps.getFirst().domain();
		Name found = start;
		for (Step step : steps) {
			if (step.says("n")) {
				return step.domain();
			}
			if (step.says("y") && !step.domain().equals(start)) {
				return new Name(start, start.labels() - step.domain().labels() - 1);
			}
			if (step.counts()) {
				found = step.domain();
			}
		}
		return found;
	}

	/// The record that applies to mail of the domain: its own, that of its organizational domain, or of the public suffix (RFC 9989, 4.10.1).
	Optional<Step> applied() {
		Step own = steps.getFirst();
		if (!own.records().isEmpty()) {
			return Optional.of(own);
		}
		Name organizational = organizational();
		return steps.stream().filter(step -> step.counts() && step.domain().equals(organizational)).findFirst()
				.or(() -> steps.stream().filter(step -> step.says("y")).findFirst());
	}

	/// A name with several records, all of which receivers ignore.
	Optional<Step> several() {
		return steps.stream().filter(step -> step.records().size() > 1).findFirst();
	}
}
