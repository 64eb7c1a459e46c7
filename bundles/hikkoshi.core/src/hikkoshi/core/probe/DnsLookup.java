package hikkoshi.core.probe;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;

import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.NameServer;

/// Service: free questions to DNS, for the look-up view and `hikkoshi dns`. Blocks; an interrupt ends it at once. Safe for several threads.
public interface DnsLookup {
	/// Asks one server. "No answer" is an answer with its [DnsStatus].
	///
	/// @throws IllegalArgumentException when name or type cannot be asked for; the message says why
	default DnsAnswer ask(DnsQuestion question) throws IOException, InterruptedException {
		return ask(question, List.of());
	}

	/// @param anchors authorities to trust besides the platform's, for transports with TLS
	DnsAnswer ask(DnsQuestion question, List<X509Certificate> anchors) throws IOException, InterruptedException;

	/// The zone's servers, found by delegation from the root hints in force, not by any resolver's word. Each address is one entry, labelled
	/// with the server's name.
	///
	/// @throws IOException when the delegation could not be followed; the message names the server where it ended and why
	List<NameServer> authoritative(DomainName zone, DnsSettings settings) throws IOException, InterruptedException;

	/// The resolvers this machine is set up to use; may be empty.
	List<NameServer> systemResolvers();
}
