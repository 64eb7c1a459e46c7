package hikkoshi.dns.delegation;

import java.util.List;

import org.xbill.DNS.Name;

/// Where the way down from the root to a name ends: at a zone with its servers, or before it.
public sealed interface Cut {
	/// The deepest zone that encloses the name.
	///
	/// @param apex the zone's name
	/// @param hosts its servers as the parent names them (for the root, the hints)
	record Zone(Name apex, List<Host> hosts) implements Cut {
		public Zone {
			hosts = List.copyOf(hosts);
		}
	}

	/// The servers of a zone on the way could not or would not say what lies below.
	///
	/// @param zone whose servers were asked last
	/// @param why what each of them did, e.g. `ns1.example 192.0.2.1 TIMEOUT`; never empty
	record DeadEnd(Name zone, List<String> why) implements Cut {
		public DeadEnd {
			why = List.copyOf(why);
		}
	}
}
