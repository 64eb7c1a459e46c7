package hikkoshi.core.discover;

import java.util.List;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.model.DomainName;

/// What came of one name.
///
/// @param evidence all that was seen on its behalf, also what was seen for another name before
/// @param cutShort whether its time ran out: then there may be more than was found
public record Discovered(DomainName name, List<Evidence> evidence, boolean cutShort, Proposal proposal) {
	public Discovered {
		evidence = List.copyOf(evidence);
	}
}
