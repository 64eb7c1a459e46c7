package hikkoshi.mail.internal.wire;

import java.net.InetAddress;
import java.util.List;

import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Door;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;

/// Doors of servers that are in no migration yet: only their name, address and port matter to a wire.
public final class Doors {
	private Doors() {}

	public static Door of(DomainName name, InetAddress address, int port, Security security) {
		Endpoint endpoint = new Endpoint(Protocol.SMTP, port, security);
		return new Door(new Server("discovered", Side.OLD, name, List.of(address), List.of(endpoint), List.of()), endpoint, address);
	}
}
