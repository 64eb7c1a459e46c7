package hikkoshi.mail.internal.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;

/// Buffers that connections take turns with: of ten thousand that sleep, none needs one. What is given back is wiped, and too many are let go. Safe for
/// several threads.
public final class Buffers {
	/// What a connection has that needs no buffer.
	static final byte[] NONE = {};
	/// Of one size.
	private static final int MOST = 128;
	private static final int SIZES = 8;

	private final Map<Integer, Queue<byte[]>> free = new ConcurrentHashMap<>();

	byte[] take(int size) {
		Queue<byte[]> same = free.get(size);
		byte[] buffer = same == null ? null : same.poll();
		return buffer == null ? new byte[size] : buffer;
	}

	void give(byte[] buffer) {
		if (buffer.length > 0 && (free.containsKey(buffer.length) || free.size() < SIZES)) {
			Arrays.fill(buffer, (byte) 0);
			free.computeIfAbsent(buffer.length, _ -> new ArrayBlockingQueue<>(MOST)).offer(buffer);
		}
	}
}
