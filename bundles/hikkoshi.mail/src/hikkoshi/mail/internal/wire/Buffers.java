package hikkoshi.mail.internal.wire;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/// Buffers that connections take turns with: of ten thousand that sleep, none needs one. What is given back is wiped, and too many are let go. Safe for
/// several threads.
public final class Buffers {
	/// What a connection has that needs no buffer.
	static final byte[] NONE = {};
	/// Of one size.
	private static final int MOST = 128;
	private static final int SIZES = 8;

	private record Shelf(int size, Queue<byte[]> free) {}

	/// Replaced when there is a new size: a handful at most, read for every look.
	private volatile Shelf[] shelves = {};

	byte[] take(int size) {
		for (Shelf shelf : shelves) {
			if (shelf.size() == size) {
				byte[] buffer = shelf.free().poll();
				return buffer == null ? new byte[size] : buffer;
			}
		}
		return new byte[size];
	}

	void give(byte[] buffer) {
		if (buffer.length == 0) {
			return;
		}
		Arrays.fill(buffer, (byte) 0);
		for (Shelf shelf : shelves) {
			if (shelf.size() == buffer.length) {
				shelf.free().offer(buffer);
				return;
			}
		}
		add(buffer);
	}

	private synchronized void add(byte[] buffer) {
		if (shelves.length < SIZES && Arrays.stream(shelves).noneMatch(shelf -> shelf.size() == buffer.length)) {
			Shelf[] more = Arrays.copyOf(shelves, shelves.length + 1);
			more[shelves.length] = new Shelf(buffer.length, new ArrayBlockingQueue<>(MOST));
			more[shelves.length].free().add(buffer);
			shelves = more;
		}
	}
}
