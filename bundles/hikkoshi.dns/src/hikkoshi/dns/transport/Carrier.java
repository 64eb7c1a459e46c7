package hikkoshi.dns.transport;

import hikkoshi.core.model.NameServer;
import hikkoshi.core.model.Transport;

/// How one question travels.
public sealed interface Carrier {
	/// Datagrams, TCP after truncation.
	Carrier UDP = new Udp();
	Carrier TCP = new Tcp();

	Transport transport();

	static Carrier of(NameServer server) {
		return of(server, false);
	}

	/// @param get whether DoH asks by GET
	static Carrier of(NameServer server, boolean get) {
		return switch (server.transport()) {
			case UDP -> UDP;
			case TCP -> TCP;
			case DOT -> new Tls(server.tlsName());
			case DOH -> new Https(server.tlsName(), server.path(), get);
		};
	}

	record Udp() implements Carrier {
		@Override
		public Transport transport() {
			return Transport.UDP;
		}
	}

	record Tcp() implements Carrier {
		@Override
		public Transport transport() {
			return Transport.TCP;
		}
	}

	/// @param name what the certificate must prove; empty when anybody may answer
	record Tls(String name) implements Carrier {
		@Override
		public Transport transport() {
			return Transport.DOT;
		}
	}

	/// @param name what the certificate must prove; empty for the address
	record Https(String name, String path, boolean get) implements Carrier {
		@Override
		public Transport transport() {
			return Transport.DOH;
		}
	}
}
