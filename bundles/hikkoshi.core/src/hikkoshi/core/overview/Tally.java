package hikkoshi.core.overview;

import java.util.Map;

import hikkoshi.core.gate.Standing;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Side;

/// How many mailboxes stand how, for one protocol on one side. A mailbox is as good there as the worst of its logins: every address of the
/// server counts.
public record Tally(Side side, Protocol protocol, Map<Standing, Integer> mailboxes) {
	public Tally {
		mailboxes = Map.copyOf(mailboxes);
	}

	public int count(Standing standing) {
		return mailboxes.getOrDefault(standing, 0);
	}

	public int proven() {
		return count(Standing.PROVEN) + count(Standing.WARNED);
	}

	public int total() {
		return mailboxes.values().stream().mapToInt(Integer::intValue).sum();
	}
}
