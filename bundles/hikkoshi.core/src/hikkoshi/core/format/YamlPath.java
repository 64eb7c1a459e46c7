package hikkoshi.core.format;

import java.util.ArrayList;
import java.util.List;

/// The way from the root of a YAML text to a piece of it: keys of mappings and indexes (from 0) of lists.
///
/// @param steps each a String or an Integer
public record YamlPath(List<Object> steps) {
	public static final YamlPath ROOT = new YamlPath(List.of());

	/// @throws IllegalArgumentException when a step is neither a key nor an index
	public YamlPath {
		steps = List.copyOf(steps);
		for (Object step : steps) {
			if (!(step instanceof String || step instanceof Integer index && index >= 0)) {
				throw new IllegalArgumentException("neither key nor index: " + step);
			}
		}
	}

	/// e.g. `YamlPath.of("servers", "old", 0, "name")`
	public static YamlPath of(Object... steps) {
		return new YamlPath(List.of(steps));
	}

	public YamlPath then(Object... more) {
		List<Object> all = new ArrayList<>(steps);
		all.addAll(List.of(more));
		return new YamlPath(all);
	}

	boolean isRoot() {
		return steps.isEmpty();
	}

	YamlPath parent() {
		return new YamlPath(steps.subList(0, steps.size() - 1));
	}

	Object last() {
		return steps.getLast();
	}

	/// e.g. `servers/old/0/name`
	@Override
	public String toString() {
		return String.join("/", steps.stream().map(String::valueOf).toList());
	}
}
