package hikkoshi.core.format.roster;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.DomainName;

/// What a person decides about an import as a whole. Which rows are taken is decided on the plan ([RosterImport#select]).
///
/// @param domains that are missing in `migration.yaml` and are to be added to it; null for all of them. Rows of others are refused
/// @param wave of the domains that are added; empty for the one that the file names, else the default wave
/// @param waves where a domain is to get another wave than that
/// @param oldServer key of the old server of the domains that are added; empty where there is only one
/// @param newServer the same of the new side
public record ImportSettings(@Nullable Set<DomainName> domains, String wave, Map<DomainName, String> waves, String oldServer, String newServer) {
	/// Adds no domain.
	public static final ImportSettings DEFAULT = new ImportSettings(Set.of(), "", Map.of(), "", "");
	/// Adds every domain that is missing, in the default wave.
	public static final ImportSettings ADD_DOMAINS = new ImportSettings(null, "", Map.of(), "", "");

	public ImportSettings {
		domains = domains == null ? null : Set.copyOf(domains);
		waves = Map.copyOf(waves);
	}

	public ImportSettings withDomains(@Nullable Set<DomainName> others) {
		return new ImportSettings(others, wave, waves, oldServer, newServer);
	}

	public ImportSettings withWave(String other) {
		return new ImportSettings(domains, other, waves, oldServer, newServer);
	}

	public ImportSettings withWaves(Map<DomainName, String> others) {
		return new ImportSettings(domains, wave, others, oldServer, newServer);
	}

	public ImportSettings withServers(String old, String fresh) {
		return new ImportSettings(domains, wave, waves, old, fresh);
	}

	boolean adds(DomainName domain) {
		return domains == null || domains.contains(domain);
	}
}
