package hikkoshi.core.sheet;

import java.util.List;
import java.util.Optional;

import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;

/// How a mailbox's owner reaches it on one side.
///
/// @param host what a mail program is told: a name that leads to this side alone, or the bare address
/// @param isName whether `host` is a name; a certificate does not prove a bare address
/// @param user login name of the owner, also where a technician's master user does the probing
/// @param isToken whether the server wants a sign-in by OAuth 2.0 instead of a password
/// @param receiving the best endpoint of each protocol, IMAP before POP3; empty in a migration with faults
/// @param sending the best one for submission; empty where there is none
/// @param fingerprints SHA-256 of the certificates seen at these endpoints, for people to compare; only with a bare address
public record SideSetup(
		Side side, Server server, String host, boolean isName, String user, boolean isToken, List<Endpoint> receiving, List<Endpoint> sending,
		List<String> fingerprints) {
	public SideSetup {
		receiving = List.copyOf(receiving);
		sending = List.copyOf(sending);
		fingerprints = List.copyOf(fingerprints);
	}

	public Optional<Endpoint> receiving(Protocol protocol) {
		return receiving.stream().filter(endpoint -> endpoint.protocol() == protocol).findFirst();
	}
}
