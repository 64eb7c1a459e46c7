package hikkoshi.dns.transport;

import java.io.IOException;

/// Looks at a message before dnsjava reads it. dnsjava follows compression pointers backwards only, so it always ends; but a pointer may lead to a
/// pointer thousands of times, for each of thousands of names: 64 KB that cost a second of CPU (measured). No server writes such chains.
final class Pointers {
	private static final int MARK = 0xc0;
	private static final int FARTHEST = 0x3fff;
	/// A pointer leads to a label; one step more is sloppy. What looks like pointers by chance (signatures, texts) makes no long chains either.
	private static final int LONGEST_CHAIN = 64;

	private Pointers() {}

	/// @throws IOException when a chain of pointers is longer than any honest one
	static void check(byte[] message) throws IOException {
		int end = Math.min(message.length - 1, FARTHEST);
		byte[] chain = new byte[Math.max(0, end)];
		for (int at = Outgoing.HEADER; at < end; at++) {
			if ((message[at] & MARK) == MARK) {
				int target = (message[at] & ~MARK & 0xff) << 8 | message[at + 1] & 0xff;
				if (target < at) {
					chain[at] = (byte) (chain[target] + 1);
					if (chain[at] > LONGEST_CHAIN) {
						throw new IOException("a chain of compression pointers");
					}
				}
			}
		}
	}
}
