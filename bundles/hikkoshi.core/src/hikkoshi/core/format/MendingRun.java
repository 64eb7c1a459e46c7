package hikkoshi.core.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Mends what is wrong with a migration's files as far as there is one obvious way, again and again until nothing is left that could be
/// mended: one mending may uncover the next fault. Nothing is written; the result can be shown first.
public final class MendingRun {
	/// Each round mends at least one of the faults that are listed at a time; a text that needs more is none of a migration.
	private static final int MOST_ROUNDS = 1_000;

	private final Path folder;
	private final Locale locale;
	private final Chooser chooser;

	/// Which way to mend a fault.
	public interface Chooser {
		/// @param round from 0; the texts are as the round before has left them
		/// @param ways at least one
		/// @return empty to leave the fault
		Optional<Mending> choose(int round, Fault fault, List<Mending> ways);
	}

	/// Where there is one way only.
	///
	/// @param wanted which mendings may be done, e.g. none that [Mending.Care#REMOVES]
	public MendingRun(Path folder, Locale locale, Predicate<Mending> wanted) {
		this(folder, locale, (round, fault, ways) -> Optional.of(ways.getFirst()).filter(way -> ways.size() == 1 && wanted.test(way)));
	}

	public MendingRun(Path folder, Locale locale, Chooser chooser) {
		this.folder = folder;
		this.locale = locale;
		this.chooser = chooser;
	}

	/// @param done what was mended, in order
	/// @param choices what can be mended and was not chosen to be
	/// @param texts the files that have changed
	/// @param after the project as it would be
	public record Result(List<Done> done, List<Choice> choices, Map<String, String> texts, MigrationProject after) {
		public Result {
			done = List.copyOf(done);
			choices = List.copyOf(choices);
			texts = Map.copyOf(texts);
		}
	}

	public record Done(Fault fault, Mending mending) {}

	public record Choice(Fault fault, List<Mending> mendings) {
		public Choice {
			mendings = List.copyOf(mendings);
		}
	}

	/// @param texts of the files as they are; see [Mendings]
	/// @throws IOException when the folder cannot be read
	public Result run(Map<String, String> texts) throws IOException {
		Map<String, String> now = new HashMap<>(texts);
		Set<Map<String, String>> seen = new HashSet<>();
		List<Done> done = new ArrayList<>();
		while (true) {
			MigrationProject project = MigrationFiles.load(folder, now);
			Mendings mendings = new Mendings(now, locale);
			Map<Mending, Fault> obvious = new LinkedHashMap<>();
			List<Choice> choices = new ArrayList<>();
			for (Fault fault : project.faults()) {
				List<Mending> ways = mendings.of(fault);
				if (!ways.isEmpty()) {
					chooser.choose(seen.size(), fault, ways)
							.ifPresentOrElse(way -> obvious.putIfAbsent(way, fault), () -> choices.add(new Choice(fault, ways)));
				}
			}
			Mendings.Batch batch = Mendings.together(List.copyOf(obvious.keySet()));
			// a round trip would never end
			if (batch.done().isEmpty() || !seen.add(Map.copyOf(now)) || seen.size() > MOST_ROUNDS) {
				return new Result(done, choices, changed(texts, now), project);
			}
			batch.done().forEach(mending -> done.add(new Done(obvious.get(mending), mending)));
			batch.edits().forEach((file, edits) -> now.put(file, TextEdit.apply(now.getOrDefault(file, ""), edits)));
		}
	}

	private static Map<String, String> changed(Map<String, String> before, Map<String, String> after) {
		Map<String, String> changed = new HashMap<>(after);
		before.forEach((file, text) -> changed.remove(file, text));
		return changed;
	}
}
