package hikkoshi.core.gate;

import java.util.List;

/// A part of the checklist under a heading.
public record Phase(String key, String title, List<Step> steps) {
	public Phase {
		steps = List.copyOf(steps);
	}
}
