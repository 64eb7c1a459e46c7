package hikkoshi.rehearsal.tests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// A client that knows lines and bytes and nothing of any protocol.
final class RawClient implements AutoCloseable {

	private static final int TIMEOUT = 20_000;

	private final Socket raw;
	private Socket socket;
	private InputStream in;

	private RawClient(Socket socket) throws IOException {
		raw = socket;
		this.socket = socket;
		in = socket.getInputStream();
	}

	static RawClient connect(InetAddress address, int port) throws IOException {
		Socket socket = new Socket();
		socket.connect(new InetSocketAddress(address, port), TIMEOUT);
		socket.setSoTimeout(TIMEOUT);
		return new RawClient(socket);
	}

	/// Connects within TLS; the certificate must be for this name.
	static RawClient connect(InetAddress address, int port, SSLContext trust, String name) throws IOException {
		return connect(address, port).tls(trust, name);
	}

	RawClient tls(SSLContext trust, String name) throws IOException {
		SSLSocket tls = (SSLSocket) trust.getSocketFactory().createSocket(raw, name, raw.getPort(), true);
		SSLParameters parameters = tls.getSSLParameters();
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		tls.setSSLParameters(parameters);
		tls.startHandshake();
		socket = tls;
		in = tls.getInputStream();
		return this;
	}

	RawClient send(String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
		socket.getOutputStream().flush();
		return this;
	}

	/// The next line without CRLF; the text `<end>` when the server has closed.
	String line() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		int b = in.read();
		if (b < 0) {
			return "<end>";
		}
		while (b >= 0 && b != '\n') {
			line.write(b);
			b = in.read();
		}
		String text = line.toString(StandardCharsets.ISO_8859_1);
		return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
	}

	/// Lines up to and with the first that starts so (or the end).
	List<String> until(String start) throws IOException {
		List<String> lines = new ArrayList<>();
		do {
			lines.add(line());
		} while (!lines.getLast().startsWith(start) && !lines.getLast().equals("<end>"));
		return lines;
	}

	/// Sends a line and returns the next one.
	String ask(String line) throws IOException {
		return send(line + "\r\n").line();
	}

	/// Sends an IMAP command and returns all lines up to its tagged answer.
	List<String> imap(String command) throws IOException {
		send(command + "\r\n");
		return until(command.substring(0, command.indexOf(' ') + 1));
	}

	/// Sends an SMTP command and returns all lines of its reply.
	List<String> smtp(String command) throws IOException {
		send(command + "\r\n");
		return reply();
	}

	List<String> reply() throws IOException {
		List<String> lines = new ArrayList<>();
		do {
			lines.add(line());
		} while (lines.getLast().length() > 3 && lines.getLast().charAt(3) == '-');
		return lines;
	}

	String bytes(int count) throws IOException {
		return new String(in.readNBytes(count), StandardCharsets.ISO_8859_1);
	}

	/// Everything up to the end, errors counting as the end.
	String drain() {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		byte[] buffer = new byte[8192];
		try {
			for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
				all.write(buffer, 0, count);
			}
		} catch (IOException e) {
			// a reset is an end as well
		}
		return all.toString(StandardCharsets.ISO_8859_1);
	}

	@Override
	public void close() throws IOException {
		raw.close();
	}
}
