package hikkoshi.core.model;

import java.net.InetAddress;
import java.util.List;

/// An account with somebody else (a provider of free mail, say) from which canaries may be sent, as a stranger's mail would come. Its password is kept under
/// its key, like that of a server.
///
/// @param key what files and the command line call it, unlike any server's
/// @param name what TLS must prove; resolved only when `addresses` is empty
/// @param endpoint of submission, with TLS
/// @param user of the login
/// @param from whose mail it sends
public record OutsideSender(String key, DomainName name, List<InetAddress> addresses, Endpoint endpoint, String user, EmailAddress from) {
	public OutsideSender {
		addresses = List.copyOf(addresses);
	}
}
