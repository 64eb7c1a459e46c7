package hikkoshi.core.plan;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.ProbeContext;

/// Service: zones as they are, and as they are planned. Blocks where it asks DNS; an interrupt ends it. Safe for several threads.
public interface Zones {
	/// Reads a master file (RFC 1035, 5); `$INCLUDE` is refused.
	///
	/// @throws IOException when it is none; the message names the line and what is wrong
	List<RecordSet> parse(DomainName origin, String masterFile) throws IOException;

	/// What is wrong with the data of one record; empty when it can be published. Asks nobody.
	///
	/// @return in the words of whoever reads master files
	Optional<String> fault(DomainName zone, Text record);

	/// A record as a master file has it.
	///
	/// @param owner absolute
	/// @param origin absolute: what relative names in the data belong to
	record Text(String owner, long ttl, String type, String data, String origin) {}

	/// What the authoritative servers hold, name by name: nobody may list a stranger's zone.
	Live live(Collection<RecordSet.Key> wanted, ProbeContext context) throws IOException, InterruptedException;

	/// What would change if a plan became public: on the names that it lists and those that mail depends on.
	default ZonePlan plan(Domain domain, Collection<RecordSet> planned, ProbeContext context) throws IOException, InterruptedException {
		Set<RecordSet.Key> wanted = new LinkedHashSet<>(mailNames(domain));
		planned.forEach(set -> wanted.add(set.key()));
		wanted.add(new RecordSet.Key(domain.name().ascii() + ".", "SOA"));
		return ZonePlan.of(domain.name(), live(wanted, context), planned, context.servers());
	}

	/// @param unanswered what nobody said anything about: neither there nor absent
	record Live(List<RecordSet> sets, List<RecordSet.Key> unanswered) {
		public Live {
			sets = sets.stream().sorted().toList();
			unanswered = List.copyOf(unanswered);
		}
	}

	/// Every check of the audit, on the planned zone instead of the live one; all other names are asked live.
	///
	/// @return id of the check to what it says, in the order of the audit
	/// @throws IOException when the plan cannot be read
	Map<String, Finding> audit(Domain domain, String masterFile, ProbeContext context) throws IOException, InterruptedException;

	/// Names and types of a domain that mail depends on: what a plan is compared on besides the names it lists.
	default List<RecordSet.Key> mailNames(Domain domain) {
		return MailNames.keys(domain);
	}
}
