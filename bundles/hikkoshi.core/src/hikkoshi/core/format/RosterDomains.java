package hikkoshi.core.format;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Wave;

/// What `migration.yaml` says that matters to a row of `mailboxes.csv`: which domains move, from where to where, in which wave.
///
/// @param isKnown whether the file could be read at all; if not, no row is held against it
/// @param domains those without faults
/// @param named all that the file lists
/// @param waves keys
public record RosterDomains(boolean isKnown, Map<DomainName, Domain> domains, Set<DomainName> named, List<String> waves) {
	/// Nothing is known.
	public static final RosterDomains UNKNOWN = new RosterDomains(false, Map.of(), Set.of(), List.of());

	public RosterDomains {
		domains = Map.copyOf(domains);
		named = Set.copyOf(named);
		waves = List.copyOf(waves);
	}

	public static RosterDomains of(Parsed<MigrationYaml> read) {
		if (read.value().isEmpty()) {
			return UNKNOWN;
		}
		MigrationYaml yaml = read.value().get();
		Map<DomainName, Domain> domains = new HashMap<>();
		yaml.migration().domains().forEach(domain -> domains.put(domain.name(), domain));
		return new RosterDomains(true, domains, yaml.domainPlaces().keySet(), yaml.migration().waves().stream().map(Wave::key).toList());
	}
}
