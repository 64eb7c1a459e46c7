package hikkoshi.workspace;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeSet;
import hikkoshi.core.text.Phrases;

/// Service: the probes of every leaf that is there, and the words for them. Leaves come and go. Safe for several threads.
public final class ProbeSets {
	private final List<ProbeSet> leaves = new CopyOnWriteArrayList<>();

	/// Called by the service registry.
	public void add(ProbeSet leaf) {
		leaves.add(leaf);
	}

	/// Called by the service registry.
	public void remove(ProbeSet leaf) {
		leaves.remove(leaf);
	}

	/// In an order that does not depend on which bundle started first.
	public List<ProbeSet> leaves() {
		return leaves.stream().sorted(Comparator.comparing((ProbeSet leaf) -> leaf.getClass().getName()).reversed()).toList();
	}

	public List<Probe<?>> probes() {
		return leaves().stream().<Probe<?>>flatMap(leaf -> leaf.probes().stream()).toList();
	}

	public Phrases phrases(Locale locale) {
		return Phrases.of(locale, leaves());
	}
}
