package hikkoshi.core.canary;

import java.io.IOException;
import java.util.Set;

import hikkoshi.core.arrival.CanaryToken;
import hikkoshi.core.model.Account;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.ProbeContext;

/// Service: hands canaries over to mail servers, and takes them out of mailboxes again. The only thing in Hikkoshi that sends mail or removes a message.
///
/// Blocks; several canaries may be under way at once. An interrupt ends it at once.
public interface CanaryPost {
	/// Called when everything but the message itself has been said; when it throws, the message is not sent.
	@FunctionalInterface
	interface Intent {
		void write() throws IOException;
	}

	/// Sends one canary.
	///
	/// @return what became of it: a reason of [CanaryReasons]
	/// @throws InterruptedException when cancelled. Where the intent had been written it stays in doubt
	/// @throws IOException what the intent threw
	Finding send(Canary canary, ProbeContext context, Intent intent) throws IOException, InterruptedException;

	/// Removes canaries from INBOX and the junk folders: messages only that carry one of these tokens in their header.
	///
	/// @param tokens of canaries that the log knows as sent to this mailbox
	Finding remove(Account account, Set<CanaryToken> tokens, ProbeContext context) throws IOException, InterruptedException;
}
