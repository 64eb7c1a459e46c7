package hikkoshi.core.canary;

import hikkoshi.core.arrival.CanaryToken;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Mailbox;

/// One canary that may be sent: made by [CanaryPlan] alone, within the policy and to an address of the roster.
///
/// @param mailbox to which it goes
/// @param from whose mail it says it is: the mailbox's own address, or the one of the account outside
public record Canary(CanaryToken token, Mailbox mailbox, CanaryRoute route, CanaryWay way, EmailAddress from) {
	/// Its Message-ID, without brackets.
	public String messageId() {
		return token + "@" + from.domain();
	}
}
