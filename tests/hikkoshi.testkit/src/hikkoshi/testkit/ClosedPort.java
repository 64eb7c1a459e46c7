package hikkoshi.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/// A port where connections are refused, for as long as this is open: it is taken but nobody listens, so no other process can come to listen there.
public final class ClosedPort implements AutoCloseable {

	private final Socket holder = new Socket();

	public ClosedPort() throws IOException {
		this(InetAddress.ofLiteral("127.0.0.1"));
	}

	public ClosedPort(InetAddress address) throws IOException {
		holder.bind(new InetSocketAddress(address, 0));
	}

	public int port() {
		return holder.getLocalPort();
	}

	@Override
	public void close() throws IOException {
		holder.close();
	}
}
