package hikkoshi.dns.delegation;

import java.util.List;

import org.xbill.DNS.Name;

import hikkoshi.core.model.NameServer;

/// A zone's server by name.
///
/// @param glue addresses that came with the delegation and that the delegating zone may vouch for; may be empty
public record Host(Name name, List<NameServer> glue) {
	public Host {
		glue = List.copyOf(glue);
	}
}
