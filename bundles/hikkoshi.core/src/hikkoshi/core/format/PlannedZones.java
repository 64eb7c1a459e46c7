package hikkoshi.core.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import hikkoshi.core.model.Domain;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.plan.Zones;

/// The planned zones of a project, read: they say what is new before anybody has seen it.
///
/// @param plans the records of each domain that has one
/// @param faults why one cannot be read, a sentence each with the file's name
public record PlannedZones(Map<Domain, List<RecordSet>> plans, List<String> faults) {
	private static final long MOST_BYTES = 4_000_000;

	public PlannedZones {
		plans = Map.copyOf(plans);
		faults = List.copyOf(faults);
	}

	/// Blocks.
	public static PlannedZones read(Collection<Domain> domains, Path project, Zones zones) {
		Map<Domain, List<RecordSet>> plans = new LinkedHashMap<>();
		List<String> faults = new ArrayList<>();
		for (Domain domain : domains) {
			ZoneFile file = ZoneFile.of(project, domain.name());
			try {
				Optional<String> text = file.text(MOST_BYTES);
				if (text.isPresent()) {
					plans.put(domain, zones.parse(domain.name(), text.get()));
				}
			} catch (IOException e) {
				faults.add(file.path().getFileName() + ": " + e.getMessage());
			}
		}
		return new PlannedZones(plans, faults);
	}
}
