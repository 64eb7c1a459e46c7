package hikkoshi.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/// A row of the log as it stands in the file, all but its hash.
///
/// A *whole* row holds an observation; a *repeat* says that the same was seen once more and points to the whole row, its own columns null.
///
/// @param run the row that began this unbroken run of equal outcomes
/// @param whole the row that holds the observation; `row` itself in a whole row
/// @param nth how many observations of the run there are, with this one
record Row(
		long row,
		long run,
		long whole,
		long nth,
		@Nullable String probe,
		@Nullable String target,
		@Nullable String outcome,
		@Nullable String reason,
		@Nullable String facts,
		String at,
		String took) {
	/// What the first row carries in place of a hash of the one before.
	private static final byte[] GENESIS = new byte[32];

	static final String COLUMNS = "row, run, whole, nth, probe, target, outcome, reason, facts, at, took, hash";

	private static final byte NULL = 0;
	private static final byte NUMBER = 1;
	private static final byte TEXT = 2;

	static byte[] genesis() {
		return GENESIS.clone();
	}

	static Row read(ResultSet result) throws SQLException {
		return new Row(result.getLong(1), result.getLong(2), result.getLong(3), result.getLong(4), result.getString(5), result.getString(6),
				result.getString(7), result.getString(8), result.getString(9), result.getString(10), result.getString(11));
	}

	boolean isRepeat() {
		return whole != row;
	}

	/// SHA-256 of the hash before and every column in order: a number as 0x01 and 8 bytes, big-endian; a text as 0x02, its length in 4 bytes,
	/// big-endian, and its UTF-8 bytes; null as 0x00. So no two different rows have the same bytes.
	byte[] hash(byte[] before) {
		MessageDigest digest = sha256();
		digest.update(before);
		for (long number : new long[] {row, run, whole, nth}) {
			digest.update(NUMBER);
			digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
		}
		for (String text : new @Nullable String[] {probe, target, outcome, reason, facts, at, took}) {
			if (text == null) {
				digest.update(NULL);
			} else {
				byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
				digest.update(TEXT);
				digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
				digest.update(bytes);
			}
		}
		return digest.digest();
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("every Java has SHA-256", e);
		}
	}
}
