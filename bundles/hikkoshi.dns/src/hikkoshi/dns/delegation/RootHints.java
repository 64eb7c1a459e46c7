package hikkoshi.dns.delegation;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.xbill.DNS.Name;

import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.NameServer;

/// Where every way begins: the roots in force, or the public ones (the InterNIC `named.root` of 2024, B with its address of November 2023).
final class RootHints {
	private static final Map<String, List<String>> PUBLIC = new LinkedHashMap<>();

	static {
		root("a", "198.41.0.4", "2001:503:ba3e::2:30");
		root("b", "170.247.170.2", "2801:1b8:10::b");
		root("c", "192.33.4.12", "2001:500:2::c");
		root("d", "199.7.91.13", "2001:500:2d::d");
		root("e", "192.203.230.10", "2001:500:a8::e");
		root("f", "192.5.5.241", "2001:500:2f::f");
		root("g", "192.112.36.4", "2001:500:12::d0d");
		root("h", "198.97.190.53", "2001:500:1::53");
		root("i", "192.36.148.17", "2001:7fe::53");
		root("j", "192.58.128.30", "2001:503:c27::2:30");
		root("k", "193.0.14.129", "2001:7fd::1");
		root("l", "199.7.83.42", "2001:500:9f::42");
		root("m", "202.12.27.33", "2001:dc3::35");
	}

	private RootHints() {}

	private static void root(String letter, String... addresses) {
		PUBLIC.put(letter + ".root-servers.net.", List.of(addresses));
	}

	static Cut.Zone zone(DnsSettings settings) {
		List<Host> hosts = new ArrayList<>();
		if (settings.roots().isEmpty()) {
			PUBLIC.forEach((name, addresses) -> hosts.add(new Host(Name.fromConstantString(name),
					addresses.stream().map(address -> new NameServer(name.substring(0, name.length() - 1), InetAddress.ofLiteral(address), NameServer.DNS_PORT)).toList())));
		} else {
			settings.roots().forEach(root -> hosts.add(new Host(Name.root, List.of(root))));
		}
		return new Cut.Zone(Name.root, hosts);
	}
}
