import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Servers that misbehave in ways that real software cannot be asked to. Arguments: address and first port for TCP faults, address and port
/// of a name server that drops every question, address and base port of the real mail servers behind the proxies. Ends when it is killed.
///
/// Ports above the first: 1 accepts and says nothing; 2 drips a byte a second; 3 sends an endless banner (1 GB); 4 resets; 6 speaks HTTP;
/// 5, 7 and 8 are proxies that strip STARTTLS from IMAP, POP3 and submission; 9 is a greylist that Postfix asks (SMTPD_POLICY_README).
public final class Faults {
	private static final long GIGABYTE = 1L << 30;
	private static final int LONGEST_LINE = 1 << 16;

	private Faults() {}

	interface Talk {
		void with(Socket socket) throws IOException, InterruptedException;
	}

	public static void main(String[] args) throws Exception {
		InetAddress address = InetAddress.getByName(args[0]);
		int base = Integer.parseInt(args[1]);
		String server = args[4];
		int serverBase = Integer.parseInt(args[5]);
		serve(address, base + 1, socket -> socket.getInputStream().transferTo(OutputStream.nullOutputStream()));
		serve(address, base + 2, Faults::drip);
		serve(address, base + 3, Faults::flood);
		serve(address, base + 4, socket -> {
			socket.setSoLinger(true, 0);
			socket.close();
		});
		serve(address, base + 5, socket -> strip(socket, server, serverBase + 143));
		serve(address, base + 6, socket -> {
			socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			socket.shutdownOutput();
			socket.getInputStream().transferTo(OutputStream.nullOutputStream());
		});
		serve(address, base + 7, socket -> strip(socket, server, serverBase + 110));
		serve(address, base + 8, socket -> strip(socket, server, serverBase + 587));
		Set<String> met = ConcurrentHashMap.newKeySet();
		serve(address, base + 9, socket -> greylist(socket, met));
		try (DatagramSocket drop = new DatagramSocket(Integer.parseInt(args[3]), InetAddress.getByName(args[2]))) {
			DatagramPacket question = new DatagramPacket(new byte[4096], 4096);
			while (true) {
				drop.receive(question);
			}
		}
	}

	private static void serve(InetAddress address, int port, Talk talk) throws IOException {
		ServerSocket server = new ServerSocket();
		server.setReuseAddress(true);
		server.bind(new InetSocketAddress(address, port), 1000);
		Thread.ofVirtual().start(() -> {
			while (true) {
				try {
					Socket socket = server.accept();
					Thread.ofVirtual().start(() -> {
						try (socket) {
							talk.with(socket);
						} catch (IOException | InterruptedException e) {
							// the client went away: that is its business
						}
					});
				} catch (IOException e) {
					return;
				}
			}
		});
	}

	private static void drip(Socket socket) throws IOException, InterruptedException {
		byte[] banner = "* OK this banner never ends, a byte a second, and on and on it goes, ".getBytes(StandardCharsets.US_ASCII);
		for (int i = 0;; i++) {
			socket.getOutputStream().write(banner[i % banner.length]);
			Thread.sleep(1000);
		}
	}

	private static void flood(Socket socket) throws IOException {
		byte[] chunk = new byte[1 << 16];
		Arrays.fill(chunk, (byte) 'x');
		OutputStream out = socket.getOutputStream();
		for (long sent = 0; sent < GIGABYTE; sent += chunk.length) {
			out.write(chunk);
		}
	}

	/// A proxy that takes the offer of STARTTLS out of everything the server says, line by line.
	private static void strip(Socket client, String host, int port) throws IOException {
		try (Socket server = new Socket(host, port)) {
			Thread up = Thread.ofVirtual().start(() -> {
				try {
					client.getInputStream().transferTo(server.getOutputStream());
					server.shutdownOutput();
				} catch (IOException e) {
					// one side ended: the other follows
				}
			});
			InputStream in = new BufferedInputStream(server.getInputStream());
			for (String line = line(in); !line.isEmpty(); line = line(in)) {
				String told = line.replace(" STARTTLS", "");
				if (!line.equals("STLS\r\n") && !line.equals("250-STARTTLS\r\n")) {
					client.getOutputStream().write(told.getBytes(StandardCharsets.ISO_8859_1));
				}
			}
			up.interrupt();
		}
	}

	/// Says "later" to the first mail from a client to a recipient, as postgrey does, and lets the second pass at once.
	private static void greylist(Socket socket, Set<String> met) throws IOException {
		InputStream in = new BufferedInputStream(socket.getInputStream());
		Map<String, String> question = new HashMap<>();
		for (String line = line(in); !line.isEmpty(); line = line(in)) {
			if (!line.equals("\n")) {
				int equals = line.indexOf('=');
				question.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1).strip());
				continue;
			}
			String triple = question.get("client_address") + " " + question.get("sender") + " " + question.get("recipient");
			String action = met.add(triple) ? "DEFER_IF_PERMIT Greylisted, see https://postgrey.example/help" : "DUNNO";
			socket.getOutputStream().write(("action=" + action + "\n\n").getBytes(StandardCharsets.US_ASCII));
			question.clear();
		}
	}

	/// With its end; empty at the end of the stream.
	private static String line(InputStream in) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int b = in.read(); b >= 0; b = in.read()) {
			line.append((char) b);
			if (b == '\n' || line.length() == LONGEST_LINE) {
				break;
			}
		}
		return line.toString();
	}
}
