package hikkoshi.mail.internal.token;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import hikkoshi.core.secret.Secret;

/// A form as it goes over the wire (`application/x-www-form-urlencoded`, RFC 6749, appendix B), secrets included; wiped on [#close].
final class Form implements AutoCloseable {
	private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
	private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
	private static final int MOST_PER_BYTE = 3;

	private byte[] bytes = new byte[0];

	Form field(String name, String value) {
		return field(name, encoded(value.toCharArray()));
	}

	Form field(String name, Secret value) {
		return field(name, encoded(value));
	}

	private Form field(String name, byte[] value) {
		byte[] head = ((bytes.length == 0 ? "" : "&") + name + "=").getBytes(StandardCharsets.US_ASCII);
		byte[] longer = ByteBuffer.allocate(bytes.length + head.length + value.length).put(bytes).put(head).put(value).array();
		Arrays.fill(bytes, (byte) 0);
		Arrays.fill(value, (byte) 0);
		bytes = longer;
		return this;
	}

	byte[] bytes() {
		return bytes;
	}

	/// Wipe it.
	static byte[] encoded(Secret secret) {
		char[] characters = secret.reveal();
		try {
			return encoded(characters);
		} finally {
			Arrays.fill(characters, '\0');
		}
	}

	static byte[] encoded(char[] text) {
		ByteBuffer utf8 = StandardCharsets.UTF_8.encode(CharBuffer.wrap(text));
		byte[] out = new byte[utf8.remaining() * MOST_PER_BYTE];
		int length = 0;
		while (utf8.hasRemaining()) {
			byte b = utf8.get();
			if (b >= 0 && PLAIN.indexOf(b) >= 0) {
				out[length++] = b;
			} else {
				out[length++] = '%';
				out[length++] = HEX[(b & 0xff) >> 4];
				out[length++] = HEX[b & 0xf];
			}
		}
		byte[] exact = Arrays.copyOf(out, length);
		Arrays.fill(out, (byte) 0);
		Arrays.fill(utf8.array(), (byte) 0);
		return exact;
	}

	@Override
	public void close() {
		Arrays.fill(bytes, (byte) 0);
	}
}
