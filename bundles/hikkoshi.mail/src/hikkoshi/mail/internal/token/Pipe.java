package hikkoshi.mail.internal.token;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/// Reads what a process prints, so that it never waits for us: keeps so much of it and no more. Wiped on [#close].
final class Pipe implements AutoCloseable {
	private static final int CHUNK = 4 * 1024;

	private final InputStream in;
	private final byte[] kept;
	private final Thread reader;
	private int length;

	/// @param most bytes that are kept
	Pipe(InputStream in, int most) {
		this.in = in;
		kept = new byte[most];
		// of the platform: a read of a pipe does not let go of a virtual thread's carrier
		reader = Thread.ofPlatform().daemon().name("token-command-output").start(this::read);
	}

	private void read() {
		byte[] chunk = new byte[CHUNK];
		try {
			for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
				keep(chunk, n);
			}
		} catch (IOException e) {
			// closed under us: what came, came
		} finally {
			Arrays.fill(chunk, (byte) 0);
		}
	}

	private synchronized void keep(byte[] chunk, int n) {
		int part = Math.min(n, kept.length - length);
		System.arraycopy(chunk, 0, kept, length, part);
		length += part;
	}

	/// Waits until everything has been read, or so long.
	void settle(Duration most) throws InterruptedException {
		reader.join(most);
	}

	/// A copy; wipe it.
	synchronized byte[] bytes() {
		return Arrays.copyOf(kept, length);
	}

	String text() {
		return new String(bytes(), StandardCharsets.UTF_8);
	}

	@Override
	public void close() {
		try {
			in.close();
		} catch (IOException e) {
			// nobody waits for it
		}
		synchronized (this) {
			Arrays.fill(kept, (byte) 0);
			length = 0;
		}
	}
}
