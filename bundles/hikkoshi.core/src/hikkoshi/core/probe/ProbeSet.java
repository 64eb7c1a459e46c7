package hikkoshi.core.probe;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Target;

/// Service: the probes of one leaf, and the words for what they say.
public interface ProbeSet {
	/// How the ids of the audit's checks begin.
	String AUDIT = "audit.";

	/// In the order in which people are shown them.
	List<Probe<?>> probes();

	/// Titles (`<probe id>.title`), help (`<probe id>.help`) and sentences (`<reason id>`, `<reason id>.remedy`) in that language, or in
	/// English when there is no such language.
	ResourceBundle texts(Locale locale);

	/// The routine probes of several leaves that look at one type of target, leaf by leaf.
	static List<Probe<?>> lookingAt(Class<? extends Target> target, List<ProbeSet> leaves) {
		return leaves.stream().flatMap(leaf -> leaf.probes().stream()).filter(probe -> probe.target() == target && probe.isRoutine()).toList();
	}

	/// Whether a probe is a check of the audit of a domain; what such a check's id begins with is [#AUDIT].
	static boolean isAudit(Probe<?> probe) {
		return probe.target() == Domain.class && probe.id().startsWith(AUDIT);
	}

	/// One probe of several leaves, routine or not.
	static Optional<Probe<?>> named(String id, List<ProbeSet> leaves) {
		return leaves.stream().flatMap(leaf -> leaf.probes().stream()).filter(probe -> probe.id().equals(id)).findFirst();
	}
}
