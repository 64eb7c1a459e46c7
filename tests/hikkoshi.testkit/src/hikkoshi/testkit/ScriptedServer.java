package hikkoshi.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;

import hikkoshi.rehearsal.net.Sessions;
import hikkoshi.testkit.Script.Rule;
import hikkoshi.testkit.Script.Step;

/// A TCP server on a free loopback port that plays a [Script] for each connection and records what was said. `close` ends everything at once.
///
/// The record holds whatever a client sent, passwords of tests included: only so can a test prove that none was sent in clear text.
public final class ScriptedServer implements AutoCloseable {

	private static final Pattern GROUP = Pattern.compile("\\$\\{(\\d)}");
	private static final int LONGEST_LINE = 1_000_000;

	private final ServerSocket listener;
	private final List<Script> scripts;
	private final Sessions sessions = new Sessions("scripted");
	private final List<Conversation> conversations = new CopyOnWriteArrayList<>();

	private ScriptedServer(ServerSocket listener, List<Script> scripts) {
		this.listener = listener;
		this.scripts = scripts;
	}

	/// Plays the first script for the first connection and so on, the last one for all others.
	public static ScriptedServer start(Script... scripts) throws IOException {
		return start(InetAddress.ofLiteral("127.0.0.1"), scripts);
	}

	public static ScriptedServer start(InetAddress address, Script... scripts) throws IOException {
		if (scripts.length == 0 || !address.isLoopbackAddress()) {
			throw new IllegalArgumentException("a script and a loopback address are needed");
		}
		ServerSocket listener = new ServerSocket();
		listener.bind(new InetSocketAddress(address, 0), 1024);
		ScriptedServer server = new ScriptedServer(listener, List.of(scripts));
		server.sessions.accept(listener, server::admit);
		return server;
	}

	public int port() {
		return listener.getLocalPort();
	}

	public InetAddress address() {
		return listener.getInetAddress();
	}

	/// Every connection so far, in the order in which they came.
	public List<Conversation> conversations() {
		return List.copyOf(conversations);
	}

	/// How many connections are open now: once a client gave up, this falls.
	public int openConnections() {
		return sessions.open();
	}

	/// All that any client sent in clear text.
	public String clearText() {
		StringBuilder all = new StringBuilder();
		conversations.forEach(each -> all.append(each.clearText()));
		return all.toString();
	}

	/// All that any client sent, decrypted.
	public String received() {
		StringBuilder all = new StringBuilder();
		conversations.forEach(each -> all.append(each.received()));
		return all.toString();
	}

	/// Lines for which no script had an answer: a test that expects none should say so.
	public List<String> surprises() {
		return conversations.stream().flatMap(each -> each.surprises().stream()).toList();
	}

	private void admit(Socket socket) {
		Conversation conversation = new Conversation(scripts.get(Math.min(conversations.size(), scripts.size() - 1)), socket);
		conversations.add(conversation);
		sessions.serve(socket, conversation::play);
	}

	@Override
	public void close() {
		sessions.close();
		// one that came in the last moment may never have begun
		conversations.stream().filter(conversation -> !conversation.begun).forEach(conversation -> conversation.over = true);
	}

	/// One connection: plays its script on its own thread; the record may be read from any thread at any time.
	public static final class Conversation {

		private final Script script;
		private final Socket raw;
		private final StringBuffer clear = new StringBuffer();
		private final StringBuffer received = new StringBuffer();
		private final List<String> surprises = new CopyOnWriteArrayList<>();
		private final AtomicLong sent = new AtomicLong();
		private volatile boolean tls;
		private volatile @Nullable String sni;
		private volatile boolean begun;
		private volatile boolean over;
		private volatile boolean clientLeft;
		private @Nullable InputStream in;
		private @Nullable OutputStream out;
		private @Nullable SSLSocket secure;
		private List<String> groups = List.of();

		private Conversation(Script script, Socket raw) {
			this.script = script;
			this.raw = raw;
		}

		/// What the client sent before TLS, without handshakes.
		public String clearText() {
			return clear.toString();
		}

		/// What the client sent, before and within TLS.
		public String received() {
			return received.toString();
		}

		public List<String> surprises() {
			return List.copyOf(surprises);
		}

		/// Bytes sent so far, without those of TLS itself: tells how much of a flood a client took.
		public long sent() {
			return sent.get();
		}

		/// Whether a TLS handshake was completed.
		public boolean secured() {
			return tls;
		}

		/// The server name that the client asked for (RFC 6066, 3); empty before TLS or without one.
		public String serverName() {
			String name = sni;
			return name == null ? "" : name;
		}

		public boolean over() {
			return over;
		}

		/// Whether the client ended the connection.
		public boolean clientLeft() {
			return clientLeft;
		}

		private void play() {
			begun = true;
			try {
				raw.setTcpNoDelay(true);
				in = raw.getInputStream();
				out = raw.getOutputStream();
				for (Step step : script.steps()) {
					if (!play(step)) {
						return;
					}
				}
			} catch (IOException e) {
				clientLeft = !raw.isClosed();
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
			} finally {
				over = true;
			}
		}

		/// False when the connection should end.
		private boolean play(Step step) throws IOException, InterruptedException {
			switch (step) {
			case Step.Send(String text) -> send(substituted(text).getBytes(StandardCharsets.ISO_8859_1));
			case Step.Expect(Pattern wanted) -> {
				String line = line();
				if (!match(wanted, line)) {
					surprises.add(line);
					return false;
				}
			}
			case Step.Serve(List<Rule> rules) -> {
				return serve(rules);
			}
			case Step.AwaitData() -> {
				return read() >= 0;
			}
			case Step.Close() -> {
				SSLSocket secured = secure;
				if (secured != null) {
					secured.shutdownOutput();
				}
				raw.shutdownOutput();
				swallow();
				return false;
			}
			case Step.Reset() -> {
				raw.setSoLinger(true, 0);
				raw.close();
				return false;
			}
			case Step.Stall() -> {
				swallow();
				return false;
			}
			case Step.Pause(var time) -> Thread.sleep(time);
			case Step.Drip(String text, var interval) -> {
				for (byte b : text.getBytes(StandardCharsets.ISO_8859_1)) {
					send(new byte[] { b });
					Thread.sleep(interval);
				}
			}
			case Step.Flood(String chunk, long bytes) -> {
				byte[] flood = chunk.repeat(Math.max(1, 65_536 / chunk.length())).getBytes(StandardCharsets.ISO_8859_1);
				for (long left = bytes; left > 0; left -= flood.length) {
					send(flood);
				}
			}
			case Step.StartTls(SSLContext context) -> startTls(context);
			}
			return true;
		}

		private boolean serve(List<Rule> rules) throws IOException, InterruptedException {
			while (true) {
				String line = line();
				Rule fitting = null;
				for (Rule rule : rules) {
					if (match(rule.line(), line)) {
						fitting = rule;
						break;
					}
				}
				if (fitting == null) {
					surprises.add(line);
					return false;
				}
				for (Step step : fitting.steps()) {
					if (!play(step)) {
						return false;
					}
				}
				if (fitting.leave()) {
					return true;
				}
			}
		}

		private boolean match(Pattern pattern, String line) {
			Matcher matcher = pattern.matcher(line);
			if (!matcher.matches()) {
				return false;
			}
			if (matcher.groupCount() > 0) {
				List<String> found = new ArrayList<>();
				for (int i = 1; i <= matcher.groupCount(); i++) {
					found.add(matcher.group(i) == null ? "" : matcher.group(i));
				}
				groups = found;
			}
			return true;
		}

		private String substituted(String text) {
			return GROUP.matcher(text).replaceAll((MatchResult match) -> {
				int number = Integer.parseInt(match.group(1));
				return Matcher.quoteReplacement(number > groups.size() ? "" : groups.get(number - 1));
			});
		}

		private void send(byte[] bytes) throws IOException {
			OutputStream stream = out;
			if (stream == null) {
				throw new IllegalStateException("not connected");
			}
			stream.write(bytes);
			stream.flush();
			sent.addAndGet(bytes.length);
		}

		private int read() throws IOException {
			InputStream stream = in;
			int b = stream == null ? -1 : stream.read();
			if (b >= 0) {
				received.append((char) b);
				if (!tls) {
					clear.append((char) b);
				}
			}
			return b;
		}

		private String line() throws IOException {
			ByteArrayOutputStream line = new ByteArrayOutputStream();
			for (int b = read(); b != '\n'; b = read()) {
				if (b < 0) {
					clientLeft = true;
					throw new EOFException();
				}
				if (line.size() > LONGEST_LINE) {
					throw new IOException("a client that never ends its line");
				}
				line.write(b);
			}
			String text = line.toString(StandardCharsets.ISO_8859_1);
			return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
		}

		private void swallow() throws IOException {
			while (read() >= 0) {
				if (received.length() > LONGEST_LINE) {
					throw new IOException("a client that never ends");
				}
			}
			clientLeft = true;
		}

		private void startTls(SSLContext context) throws IOException {
			SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(raw, null, raw.getPort(), true);
			socket.setUseClientMode(false);
			socket.startHandshake();
			sni = socket.getSession() instanceof ExtendedSSLSession session
					? session.getRequestedServerNames().stream().map(name -> new String(name.getEncoded(), StandardCharsets.US_ASCII)).findFirst().orElse("")
					: "";
			tls = true;
			secure = socket;
			in = socket.getInputStream();
			out = socket.getOutputStream();
		}
	}
}
