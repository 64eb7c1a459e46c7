package hikkoshi.cli;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Wave;
import hikkoshi.core.text.Phrases;
import picocli.CommandLine.Option;

/// Which waves a command is about.
final class WaveOption {
	@Option(names = "--wave", paramLabel = "WAVE", descriptionKey = "wave")
	private @Nullable String key;

	/// The named wave, or all of them.
	List<String> waves(Migration migration, Phrases words) throws CommandFailure {
		List<String> all = migration.waves().stream().map(Wave::key).toList();
		if (key == null) {
			return all;
		}
		if (!all.contains(key)) {
			throw new CommandFailure(ExitCode.USAGE, words.say("cli.no-wave", key, all.stream().collect(Collectors.joining(", "))));
		}
		return List.of(key);
	}

	/// The one wave that is meant; it must be named when there are several.
	String one(Migration migration, Phrases words) throws CommandFailure {
		List<String> waves = waves(migration, words);
		if (waves.size() != 1) {
			throw new CommandFailure(ExitCode.USAGE, words.say("cli.which-wave", String.join(", ", waves)));
		}
		return waves.getFirst();
	}
}
