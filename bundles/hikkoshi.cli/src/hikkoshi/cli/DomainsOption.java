package hikkoshi.cli;

import java.util.ArrayList;
import java.util.List;

import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Migration;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.Targets;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Which domains of the migration are asked about.
final class DomainsOption {
	@Mixin
	private WaveOption wave = new WaveOption();

	@Parameters(paramLabel = "DOMAIN", arity = "0..*", descriptionKey = "audit.domains")
	private List<String> names = new ArrayList<>();

	/// What these probes are to look at: the named domains, or all, of the named wave, or of all.
	///
	/// @throws CommandFailure for a name that is no domain of the migration, and when nothing is left to ask
	List<ProbeTask<?>> tasks(Migration migration, List<Probe<?>> probes, Phrases words) throws CommandFailure {
		List<Domain> wanted = new ArrayList<>();
		for (String name : names) {
			wanted.add(ProjectOption.domain(name, migration, words));
		}
		List<ProbeTask<?>> tasks = Targets.of(migration).ofWaves(migration, wave.waves(migration, words))
				.only(target -> wanted.isEmpty() || target instanceof Domain domain && wanted.contains(domain)).tasks(probes);
		if (tasks.isEmpty()) {
			throw new CommandFailure(ExitCode.UNKNOWN, words.say("dns.nothing"));
		}
		return tasks;
	}
}
