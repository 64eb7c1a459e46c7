package hikkoshi.core.overview;

import java.util.Map;

import hikkoshi.core.gate.Standing;
import hikkoshi.core.model.Domain;

/// A domain is as good as the worst of its mailboxes. An address without a mailbox counts once a server was asked about it; one that the new
/// server does not know is a failure.
///
/// @param mailboxes how many, by how they stand
/// @param recipients aliases, groups, forwarders and catch-alls
public record DomainState(Domain domain, State state, Map<Standing, Integer> mailboxes, int recipients) {
	public DomainState {
		mailboxes = Map.copyOf(mailboxes);
	}

	public int count() {
		return mailboxes.values().stream().mapToInt(Integer::intValue).sum();
	}
}
