package hikkoshi.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import hikkoshi.core.format.ZoneFile;
import hikkoshi.core.model.Domain;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.plan.Zones;
import hikkoshi.core.text.Phrases;

/// The planned zones of a project: they say what is new before anybody has seen it.
final class PlannedZoneFiles {
	private static final long MOST_BYTES = 4_000_000;

	private PlannedZoneFiles() {}

	/// @return the records of each domain that has a planned zone
	/// @throws CommandFailure for a file that is no zone
	static Map<Domain, List<RecordSet>> read(Collection<Domain> domains, Path project, Zones zones, Phrases words) throws CommandFailure {
		Map<Domain, List<RecordSet>> plans = new LinkedHashMap<>();
		for (Domain domain : domains) {
			ZoneFile file = ZoneFile.of(project, domain.name());
			try {
				Optional<String> text = file.text(MOST_BYTES);
				if (text.isPresent()) {
					plans.put(domain, zones.parse(domain.name(), text.get()));
				}
			} catch (IOException e) {
				throw new CommandFailure(ExitCode.INPUT, words.say("plan.bad-file", file.path(), String.valueOf(e.getMessage())));
			}
		}
		return plans;
	}
}
