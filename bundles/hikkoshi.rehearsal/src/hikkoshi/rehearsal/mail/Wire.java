package hikkoshi.rehearsal.mail;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;

/// One connection as lines and counted bytes, before and after STARTTLS. Used by its session's thread only; `abort` may come from another.
///
/// Bytes become characters one to one (ISO 8859-1), so that nothing is lost whatever a client sends. Every read has a deadline of its own.
final class Wire implements Closeable {

	/// A line or a message is longer than the limits allow.
	static final class TooLongException extends IOException {
		private static final long serialVersionUID = 1L;

		TooLongException(String what) {
			super(what + " too long");
		}
	}

	private static final long LINGER_NANOS = 500_000_000L;
	private static final int LINGER_BYTES = 4 * 1024 * 1024;

	private final Socket raw;
	private long idleNanos;
	private Socket socket;
	private InputStream in;
	private OutputStream out;
	private final byte[] buffer = new byte[8192];
	private int start;
	private int end;
	private final ByteArrayOutputStream pending = new ByteArrayOutputStream(512);

	Wire(Socket raw, Duration idle) throws IOException {
		this.raw = raw;
		idleNanos = idle.toNanos();
		socket = raw;
		raw.setTcpNoDelay(true);
		in = raw.getInputStream();
		out = raw.getOutputStream();
	}

	boolean secure() {
		return socket != raw;
	}

	/// From now on the client may be silent for so long.
	void beIdle(Duration idle) {
		idleNanos = idle.toNanos();
	}

	/// The client's address as SMTP writes it in a Received header (RFC 5321, 4.1.3).
	String peerLiteral() {
		String host = raw.getInetAddress().getHostAddress();
		int zone = host.indexOf('%');
		String bare = zone < 0 ? host : host.substring(0, zone);
		return bare.indexOf(':') >= 0 ? "[IPv6:" + bare + "]" : "[" + bare + "]";
	}

	/// Takes the server's part in a TLS handshake. What the client sent in clear text after its STARTTLS is thrown away unread:
	/// someone on the way may have put it there (RFC 3207, 6).
	void startTls(SSLContext context) throws IOException {
		flush();
		start = 0;
		end = 0;
		SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(raw, null, raw.getPort(), true);
		tls.setUseClientMode(false);
		raw.setSoTimeout(millis(idleNanos));
		tls.startHandshake();
		socket = tls;
		in = tls.getInputStream();
		out = tls.getOutputStream();
	}

	/// The next line without its line end (CRLF, or a bare LF from a person with netcat); null when the client has gone.
	@Nullable String readLine(int most) throws IOException {
		long deadline = System.nanoTime() + idleNanos;
		ByteArrayOutputStream line = new ByteArrayOutputStream(80);
		while (true) {
			for (int i = start; i < end; i++) {
				if (buffer[i] == '\n') {
					line.write(buffer, start, i - start);
					start = i + 1;
					return withoutCr(line, most);
				}
			}
			line.write(buffer, start, end - start);
			start = end;
			if (line.size() > most + 1) {
				throw new TooLongException("line");
			}
			if (!fill(deadline)) {
				return null;
			}
		}
	}

	private static String withoutCr(ByteArrayOutputStream line, int most) throws TooLongException {
		String text = line.toString(StandardCharsets.ISO_8859_1);
		String bare = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
		if (bare.length() > most) {
			throw new TooLongException("line");
		}
		return bare;
	}

	/// Exactly so many bytes, as characters. The whole must come within the idle time plus a second for each 64 KB.
	String readExactly(int count) throws IOException {
		long deadline = System.nanoTime() + idleNanos + count / 65_536 * 1_000_000_000L;
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.min(count, 65_536));
		while (bytes.size() < count) {
			if (start == end && !fill(deadline)) {
				throw new EOFException();
			}
			int take = Math.min(end - start, count - bytes.size());
			bytes.write(buffer, start, take);
			start += take;
		}
		return bytes.toString(StandardCharsets.ISO_8859_1);
	}

	/// A message after SMTP's DATA, dots unstuffed, up to the lone dot (RFC 5321, 4.5.2). Only CRLF ends a line here: a bare LF before the dot would
	/// let one mail smuggle in another. Null when it is longer than `most`; it was read to its end then, and forgotten.
	byte @Nullable [] readMessage(int most) throws IOException {
		long deadline = System.nanoTime() + idleNanos + most / 65_536 * 1_000_000_000L;
		ByteArrayOutputStream message = new ByteArrayOutputStream();
		long seen = 0;
		At at = At.LINE_START;
		while (true) {
			if (start == end && !fill(deadline)) {
				throw new EOFException();
			}
			byte b = buffer[start++];
			if (++seen > 4L * most + 1_000_000) {
				throw new TooLongException("message");
			}
			if (at == At.LINE_START && b == '.') {
				at = At.DOT;
			} else if (at == At.DOT && b == '\r') {
				at = At.DOT_CR;
			} else if (at == At.DOT_CR && b == '\n') {
				return message.size() > most ? null : message.toByteArray();
			} else {
				if (at == At.DOT_CR) {
					put(message, (byte) '\r', most);
				}
				put(message, b, most);
				at = b == '\r' ? At.CR : at == At.CR && b == '\n' ? At.LINE_START : At.TEXT;
			}
		}
	}

	/// Where in a line of a message the reader stands.
	private enum At {
		LINE_START, TEXT, CR, DOT, DOT_CR
	}

	private static void put(ByteArrayOutputStream message, byte b, int most) {
		if (message.size() <= most) {
			message.write(b);
		}
	}

	private boolean fill(long deadline) throws IOException {
		if (pending.size() > 0) {
			flush();
		}
		long left = deadline - System.nanoTime();
		if (left <= 0) {
			throw new SocketTimeoutException("client too slow");
		}
		raw.setSoTimeout(millis(left));
		int count = in.read(buffer, 0, buffer.length);
		start = 0;
		end = Math.max(count, 0);
		return count > 0;
	}

	private static int millis(long nanos) {
		return (int) Math.max(1, Math.min(Integer.MAX_VALUE, nanos / 1_000_000));
	}

	/// Adds a line to what the next flush sends. A read flushes by itself, so a pipelining client gets its answers in one packet.
	void line(String text) throws IOException {
		text(text + "\r\n");
	}

	void text(String text) throws IOException {
		bytes(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	void bytes(byte[] bytes) throws IOException {
		pending.write(bytes);
		if (pending.size() > 64 * 1024) {
			flush();
		}
	}

	void flush() throws IOException {
		out.write(pending.toByteArray());
		out.flush();
		pending.reset();
	}

	/// Ends politely: what is pending is sent, TLS says good-bye, and what the client is still sending is read for a moment. TCP would otherwise answer
	/// unread bytes with a reset, and the client might never see our last words.
	@Override
	public void close() {
		try (raw) {
			flush();
			if (secure()) {
				socket.shutdownOutput();
			}
			raw.shutdownOutput();
			drain();
		} catch (IOException e) {
			// the client has gone already: nothing is left to be told
		}
	}

	private void drain() throws IOException {
		long deadline = System.nanoTime() + Math.min(idleNanos, LINGER_NANOS);
		InputStream left = raw.getInputStream();
		for (int budget = LINGER_BYTES; budget > 0 && System.nanoTime() < deadline;) {
			raw.setSoTimeout(millis(deadline - System.nanoTime()));
			int count = left.read(buffer);
			if (count < 0) {
				return;
			}
			budget -= count;
		}
	}
}
