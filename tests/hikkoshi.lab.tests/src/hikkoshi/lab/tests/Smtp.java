package hikkoshi.lab.tests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// The least that hands a mail to a server, in somebody else's name where the server allows it (Postfix: XCLIENT), so that a test can be many senders.
final class Smtp implements AutoCloseable {
	private static final int PATIENCE_MILLIS = 20_000;

	private final Socket socket;
	private final BufferedReader in;

	private Smtp(Socket socket) throws IOException {
		this.socket = socket;
		socket.setSoTimeout(PATIENCE_MILLIS);
		in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
		expect("2", reply());
	}

	/// @param name that the server is to believe it found for the address; empty for none
	static Smtp as(String name, String address, InetAddress server, int port) throws IOException {
		Smtp smtp = new Smtp(new Socket(server, port));
		smtp.say("2", "EHLO client.test");
		smtp.say("2", "XCLIENT NAME=" + (name.isEmpty() ? "[UNAVAILABLE]" : name) + " ADDR=" + address);
		smtp.say("2", "EHLO " + (name.isEmpty() ? "[" + address + "]" : name));
		return smtp;
	}

	/// With a login, over implicit TLS. Whether the certificate is right is other tests' business.
	static Smtp login(InetAddress server, int port, String user, String password) throws IOException, GeneralSecurityException {
		SSLContext tls = SSLContext.getInstance("TLS");
		tls.init(null, new TrustManager[] {new Anybody()}, null);
		Smtp smtp = new Smtp(tls.getSocketFactory().createSocket(server, port));
		smtp.say("2", "EHLO client.test");
		smtp.say("2", "AUTH PLAIN " + Base64.getEncoder().encodeToString(("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8)));
		return smtp;
	}

	/// @throws IOException when it was not taken
	void send(String from, String to, String id) throws IOException {
		say("2", "MAIL FROM:<" + from + ">");
		say("2", "RCPT TO:<" + to + ">");
		say("3", "DATA");
		say("2", "From: <" + from + ">\r\nTo: <" + to + ">\r\nSubject: hello\r\nMessage-ID: <" + id + ">\r\n\r\nhello\r\n.");
		say("2", "QUIT");
	}

	private void say(String expected, String line) throws IOException {
		socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
		socket.getOutputStream().flush();
		expect(expected, reply());
	}

	private static void expect(String expected, String reply) throws IOException {
		if (!reply.startsWith(expected)) {
			throw new IOException(reply);
		}
	}

	private String reply() throws IOException {
		String line = in.readLine();
		while (line != null && line.length() > 3 && line.charAt(3) == '-') {
			line = in.readLine();
		}
		return String.valueOf(line);
	}

	@Override
	public void close() throws IOException {
		socket.close();
	}

	private static final class Anybody implements X509TrustManager {
		@Override
		public void checkClientTrusted(java.security.cert.X509Certificate[] chain, String type) {
			// a server of the lab
		}

		@Override
		public void checkServerTrusted(java.security.cert.X509Certificate[] chain, String type) {
			// a server of the lab
		}

		@Override
		public java.security.cert.X509Certificate[] getAcceptedIssuers() {
			return new java.security.cert.X509Certificate[0];
		}
	}
}
