package hikkoshi.core.probe;

import java.io.IOException;

import hikkoshi.core.model.Target;

/// A probe with its target: one thing to do in a run.
public record ProbeTask<T extends Target>(Probe<T> probe, T target) {
	Finding examine(ProbeContext context) throws IOException, InterruptedException {
		return probe.examine(target, context);
	}
}
