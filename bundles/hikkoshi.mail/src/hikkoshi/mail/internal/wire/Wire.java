package hikkoshi.mail.internal.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import hikkoshi.core.model.Door;
import hikkoshi.core.model.IpText;
import hikkoshi.core.model.Policy;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.Reasons;

import org.jspecify.annotations.Nullable;

/// One connection to one server: lines in and out, clear or within TLS, with a bound on everything.
///
/// Connects to an IP address and proves the server's *name*. Blocks; meant for virtual threads, where an interrupt ends connect, handshake
/// and read at once (as [InterruptedException] from here). Bounds: each wait (`policy.readTimeout`), the whole probe
/// (`policy.probeTimeout`, kept by the [Watchdog] against a peer that drips), [#LINE], [#REPLY] and [#TOTAL] bytes.
/// Every way in which a peer can fail ends in a [Stop] with its own reason. For one thread.
public final class Wire implements AutoCloseable {
	/// Bytes in one line.
	public static final int LINE = 8 * 1024;
	/// Bytes in one reply.
	public static final int REPLY = 64 * 1024;
	/// Bytes that a peer may send in one probe, TLS included, unless a long reply was expected.
	public static final int TOTAL = 256 * 1024;
	/// What TLS may add at most to many short lines: a record around each.
	private static final int TLS_FACTOR = 2;

	private static final int FIRST_BUFFER = 2 * 1024;
	private static final Duration GOODBYE = Duration.ofSeconds(2);

	private final Door door;
	private ProbeContext context;
	private Journal journal;
	private Watchdog watchdog;
	private long deadline;
	private final Socket socket = new Socket();
	private @Nullable Future<?> alarm;
	private volatile boolean late;
	private boolean observing;
	private @Nullable InputStream in;
	private @Nullable OutputStream out;
	private @Nullable TlsChannel tls;
	private long received;
	/// How many bytes had come when the wait under way began.
	private long before;
	private long readNanos;
	private int replied;
	private int mostReply = REPLY;
	private long mostTotal = TOTAL;
	private byte[] buffer = new byte[FIRST_BUFFER];
	private int start;
	private int end;

	/// The probe's time runs from here.
	public Wire(Door door, ProbeContext context, Journal journal) throws IOException, InterruptedException {
		this.door = door;
		this.context = context;
		this.journal = journal;
		watchdog = Watchdog.of(context.memo());
		deadline = System.nanoTime() + context.policy().probeTimeout().toNanos();
		readNanos = context.policy().readTimeout().toNanos();
	}

	/// From here on TLS goes on whatever certificate is shown, and [Trust.Inspection#fault] says what is wrong with it: for looking only. Nothing
	/// secret may ever be sent over this connection.
	public Wire observing() {
		observing = true;
		return this;
	}

	public boolean isObserving() {
		return observing;
	}

	/// TCP to the door's address.
	public void connect() throws Stop, IOException, InterruptedException {
		journal.begin(Phase.CONNECT);
		Policy policy = context.policy();
		String address = IpText.of(door.address());
		int port = door.endpoint().port();
		journal.value(address + " " + port);
		watch();
		try {
			socket.setTcpNoDelay(true);
			socket.connect(new InetSocketAddress(door.address(), port), millis(Math.min(policy.connectTimeout().toNanos(), left())));
			in = socket.getInputStream();
			out = socket.getOutputStream();
		} catch (SocketTimeoutException e) {
			leaveIfInterrupted();
			throw new Stop(Reasons.CONNECT_TIMEOUT, address, port, policy.connectTimeout().toSeconds());
		} catch (IOException e) {
			leaveIfInterrupted();
			String words = String.valueOf(e.getMessage());
			if (late || words.contains("timed out")) {
				throw new Stop(Reasons.CONNECT_TIMEOUT, address, port, policy.connectTimeout().toSeconds());
			}
			if (words.contains("reset")) {
				// accepted and reset before we looked
				throw new Stop(Reasons.RESET, journal.phase().token());
			}
			throw words.contains("refused") ? new Stop(Reasons.REFUSED, address, port)
					: new Stop(Reasons.UNREACHABLE, address, Words.clean(words));
		}
	}

	private void watch() {
		alarm = watchdog.in(context.policy().probeTimeout().toNanos(), () -> {
			late = true;
			abort();
		});
	}

	/// Nothing is asked for now: the time of the last question is over, that of the next has not begun.
	public void rest() {
		Future<?> pending = alarm;
		if (pending != null) {
			pending.cancel(false);
		}
	}

	/// Another question over the same connection: a journal, a time and bounds of its own.
	public void renew(Journal next) {
		rest();
		journal = next;
		deadline = System.nanoTime() + context.policy().probeTimeout().toNanos();
		received = 0;
		before = 0;
		replied = 0;
		watch();
	}

	/// Nothing is asked until [#wake]: gives back what memory it can, and forgets the dialogue.
	///
	/// @param resting takes the place of the journal
	public void sleep(Journal resting, Buffers buffers) {
		rest();
		journal = resting;
		if (start == end) {
			buffers.give(buffer);
			buffer = Buffers.NONE;
			start = 0;
			end = 0;
		}
		TlsChannel channel = tls;
		if (channel != null) {
			channel.sleep(resting, buffers);
		}
	}

	/// Another question of another run, over a connection that slept.
	public void wake(ProbeContext next, Journal lines, Buffers buffers) throws IOException, InterruptedException {
		context = next;
		watchdog = Watchdog.of(next.memo());
		readNanos = next.policy().readTimeout().toNanos();
		mostTotal = TOTAL;
		stir(buffers);
		TlsChannel channel = tls;
		if (channel != null) {
			channel.journal(lines);
		}
		renew(lines);
	}

	/// For a last word over a connection that slept.
	public void stir(Buffers buffers) {
		if (buffer.length == 0) {
			buffer = buffers.take(FIRST_BUFFER);
		}
		TlsChannel channel = tls;
		if (channel != null) {
			channel.wake(buffers);
		}
	}

	/// TLS from here on, with the server's name proven. Whatever the peer sent in clear text before is refused.
	public void secure() throws Stop, IOException, InterruptedException {
		boolean upgrade = received > 0;
		int injected = end - start + (upgrade ? input().available() : 0);
		if (injected > 0) {
			throw new Stop(Reasons.STARTTLS_INJECTION, injected);
		}
		journal.begin(Phase.TLS);
		tls = new TlsChannel(this, Trust.of(context), door.server(), context.clock().instant(), journal, upgrade, observing);
		tls.handshake();
	}

	public @Nullable TlsChannel tls() {
		return tls;
	}

	/// The next reply may be as long as any: call it before each.
	public void newReply() {
		replied = 0;
		mostReply = REPLY;
	}

	/// The reply that comes now may be longer than others, e.g. a list of thousands of folders. The time for the whole probe stays what it is.
	///
	/// @param bytes how long
	public void expectLong(int bytes) {
		mostReply = bytes;
		mostTotal += (long) TLS_FACTOR * bytes;
	}

	/// One line without its end (CRLF, or LF from a sloppy peer); bytes that are no UTF-8 become U+FFFD.
	///
	/// @throws Stop with CLOSED when the peer has closed, OVERSIZED, or for any other way in which no line came
	public String line() throws Stop, IOException, InterruptedException {
		before = received;
		int scanned = start;
		while (true) {
			for (; scanned < end; scanned++) {
				if (buffer[scanned] == '\n') {
					int length = scanned - start;
					int text = length > 0 && buffer[scanned - 1] == '\r' ? length - 1 : length;
					String line = new String(buffer, start, text, StandardCharsets.UTF_8);
					count(length + 1);
					start = scanned + 1;
					journal.received(line);
					return line;
				}
			}
			if (end - start >= LINE) {
				throw new Stop(Reasons.OVERSIZED, journal.phase().token(), LINE);
			}
			int shift = start;
			fill();
			scanned -= shift - start;
		}
	}

	/// As [#line] for a line that a stranger wrote and the server only passes on: what is longer than a line may be is cut, and none of it goes into the
	/// journal. The bound of the reply holds for all of it.
	public String cutLine() throws Stop, IOException, InterruptedException {
		before = received;
		String kept = "";
		boolean cut = false;
		int scanned = start;
		while (true) {
			for (; scanned < end; scanned++) {
				if (buffer[scanned] == '\n') {
					int length = scanned - start;
					int text = length > 0 && buffer[scanned - 1] == '\r' ? length - 1 : length;
					String line = cut ? kept : new String(buffer, start, text, StandardCharsets.UTF_8);
					count(length + 1);
					start = scanned + 1;
					return line;
				}
			}
			if (end - start >= LINE) {
				kept = cut ? kept : new String(buffer, start, end - start, StandardCharsets.UTF_8);
				cut = true;
				count(end - start);
				start = end;
			}
			int shift = start;
			fill();
			scanned = Math.max(start, scanned - (shift - start));
		}
	}

	/// Exactly so many bytes, e.g. an IMAP literal, as text.
	public String literal(int length) throws Stop, IOException, InterruptedException {
		count(length);
		before = received;
		byte[] text = new byte[length];
		for (int missing = length; missing > 0;) {
			if (start == end) {
				fill();
			}
			int part = Math.min(missing, end - start);
			System.arraycopy(buffer, start, text, length - missing, part);
			start += part;
			missing -= part;
		}
		return new String(text, StandardCharsets.UTF_8);
	}

	/// Exactly so many bytes as they are, or fewer where the peer closes first. The bound is [#TOTAL].
	public byte[] bytes(int length) throws Stop, IOException, InterruptedException {
		before = received;
		ByteArrayOutputStream all = new ByteArrayOutputStream(Math.min(length, LINE));
		try {
			while (all.size() < length) {
				if (start == end) {
					fill();
				}
				int part = Math.min(length - all.size(), end - start);
				all.write(buffer, start, part);
				start += part;
			}
		} catch (Stop e) {
			if (!e.reason().id().equals(Reasons.CLOSED)) {
				throw e;
			}
		}
		return all.toByteArray();
	}

	/// What the peer had said when it said no line: its first words.
	public String halfLine() {
		return new String(buffer, start, end - start, StandardCharsets.UTF_8);
	}

	/// Sends a command.
	///
	/// @param shown what the transcript says; the same as the command unless that holds a secret
	/// @param command with its line ends; wiped after it was sent
	public void send(String shown, byte[] command) throws Stop, IOException, InterruptedException {
		journal.sent(shown);
		try {
			TlsChannel channel = tls;
			if (channel != null) {
				channel.write(command);
			} else {
				transmit(command, 0, command.length);
			}
		} finally {
			Arrays.fill(command, (byte) 0);
		}
	}

	/// From here on the peer may take only a moment: nothing more is wanted from it.
	public void hurry() {
		readNanos = Math.min(readNanos, GOODBYE.toNanos());
	}

	private void count(int bytes) throws Stop {
		replied += bytes;
		if (replied > mostReply) {
			throw new Stop(Reasons.OVERSIZED, journal.phase().token(), mostReply);
		}
	}

	private void fill() throws Stop, IOException, InterruptedException {
		if (start == end) {
			start = 0;
			end = 0;
		} else if (end == buffer.length && start > 0) {
			System.arraycopy(buffer, start, buffer, 0, end - start);
			end -= start;
			start = 0;
		} else if (end == buffer.length) {
			buffer = Arrays.copyOf(buffer, Math.min(buffer.length * 2, LINE));
		}
		TlsChannel channel = tls;
		int n = channel != null ? channel.read(buffer, end, buffer.length - end) : receive(buffer, end, buffer.length - end);
		if (n < 0) {
			throw new Stop(Reasons.CLOSED, journal.phase().token());
		}
		end += n;
	}

	/// Raw bytes from the network; -1 at the end.
	int receive(byte[] into, int offset, int length) throws Stop, IOException, InterruptedException {
		leaveIfInterrupted();
		long left = left();
		if (left <= 0) {
			throw tooLate();
		}
		try {
			socket.setSoTimeout(millis(Math.min(left, readNanos)));
			int n = input().read(into, offset, length);
			if (n > 0) {
				received += n;
				if (received > mostTotal) {
					throw new Stop(Reasons.OVERSIZED, journal.phase().token(), mostTotal);
				}
			}
			return n;
		} catch (SocketTimeoutException e) {
			leaveIfInterrupted();
			throw left() <= TimeUnit.MILLISECONDS.toNanos(1) ? tooLate()
					: new Stop(Reasons.READ_TIMEOUT, journal.phase().token(), TimeUnit.NANOSECONDS.toSeconds(readNanos));
		} catch (IOException e) {
			throw trouble(e);
		}
	}

	void transmit(byte[] from, int offset, int length) throws Stop, IOException, InterruptedException {
		leaveIfInterrupted();
		try {
			OutputStream sink = out;
			if (sink == null) {
				throw new IllegalStateException("not connected");
			}
			sink.write(from, offset, length);
		} catch (IOException e) {
			throw trouble(e);
		}
	}

	/// Bytes have come since the last handshake message or command was waited for.
	void waitBegins() {
		before = received;
	}

	private InputStream input() {
		InputStream source = in;
		if (source == null) {
			throw new IllegalStateException("not connected");
		}
		return source;
	}

	/// An interrupt and the watchdog both show as a socket that was closed under the reader: they are told from the peer's doings first.
	private Exception classify(IOException e) throws InterruptedException {
		leaveIfInterrupted();
		if (late) {
			return tooLate();
		}
		String words = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
		if (words.contains("reset") || words.contains("broken pipe") || words.contains("abort")) {
			return new Stop(Reasons.RESET, journal.phase().token());
		}
		if (words.contains("timed out")) {
			return new Stop(Reasons.READ_TIMEOUT, journal.phase().token(), TimeUnit.NANOSECONDS.toSeconds(readNanos));
		}
		if (words.contains("unreachable") || words.contains("no route")) {
			return new Stop(Reasons.UNREACHABLE, IpText.of(door.address()), Words.clean(words));
		}
		return e;
	}

	private IOException trouble(IOException e) throws Stop, InterruptedException {
		Exception kind = classify(e);
		if (kind instanceof Stop stop) {
			throw stop;
		}
		return e;
	}

	private Stop tooLate() {
		long seconds = context.policy().probeTimeout().toSeconds();
		return received == before ? new Stop(Reasons.READ_TIMEOUT, journal.phase().token(), seconds)
				: new Stop(Reasons.TOO_SLOW, journal.phase().token(), seconds, received - before);
	}

	private long left() {
		return deadline - System.nanoTime();
	}

	private static int millis(long nanos) {
		// 0 would mean "for ever"
		return Math.clamp(TimeUnit.NANOSECONDS.toMillis(nanos), 1, Integer.MAX_VALUE);
	}

	private static void leaveIfInterrupted() throws InterruptedException {
		if (Thread.interrupted()) {
			throw new InterruptedException();
		}
	}

	/// Ends TLS properly, for a peer that has behaved.
	public void farewell() throws Stop, IOException, InterruptedException {
		TlsChannel channel = tls;
		if (channel != null) {
			channel.closeOutbound();
		}
	}

	private void abort() {
		try {
			socket.close();
		} catch (IOException e) {
			// nobody is left to tell: the reader learns from its own exception
		}
	}

	@Override
	public void close() {
		rest();
		abort();
		Arrays.fill(buffer, (byte) 0);
	}
}
