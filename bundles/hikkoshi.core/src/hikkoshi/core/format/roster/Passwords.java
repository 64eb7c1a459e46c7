package hikkoshi.core.format.roster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Side;
import hikkoshi.core.secret.Secret;

/// The passwords of one file, their characters one behind the other: most imports only count them, and three objects for each of 50,000 were a
/// quarter of what an import keeps. They become [Secret]s when somebody asks for them. Wiped when closed. Filled by one thread, then safe for
/// several.
final class Passwords implements AutoCloseable {
	private char[] characters = new char[0];
	private int length;
	private int[] starts = new int[16];
	private int[] ends = new int[16];
	private int[] lines = new int[16];
	private final List<EmailAddress> addresses = new ArrayList<>();
	private final List<Side> sides = new ArrayList<>();
	private List<Sheet.Password> secrets = List.of();

	/// @param password is copied once, whatever the number of sides
	void add(int line, EmailAddress address, Iterable<Side> where, char[] password) {
		int start = length;
		room(password.length);
		System.arraycopy(password, 0, characters, start, password.length);
		length += password.length;
		for (Side side : where) {
			int count = sides.size();
			if (count == starts.length) {
				starts = Arrays.copyOf(starts, 2 * count);
				ends = Arrays.copyOf(ends, 2 * count);
				lines = Arrays.copyOf(lines, 2 * count);
			}
			starts[count] = start;
			ends[count] = length;
			lines[count] = line;
			addresses.add(address);
			sides.add(side);
		}
	}

	private void room(int more) {
		if (characters.length - length < more) {
			char[] wider = Arrays.copyOf(characters, Math.max(2 * characters.length, length + more + 1_024));
			Arrays.fill(characters, '\0');
			characters = wider;
		}
	}

	boolean isEmpty() {
		return sides.isEmpty();
	}

	/// The line of each.
	IntStream lines() {
		return Arrays.stream(lines, 0, sides.size());
	}

	/// The same list, with the same secrets, each time.
	synchronized List<Sheet.Password> secrets() {
		if (secrets.size() < sides.size()) {
			List<Sheet.Password> made = new ArrayList<>(sides.size());
			for (int i = 0; i < sides.size(); i++) {
				char[] password = Arrays.copyOfRange(characters, starts[i], ends[i]);
				made.add(new Sheet.Password(lines[i], addresses.get(i), sides.get(i), Secret.of(password)));
				Arrays.fill(password, '\0');
			}
			secrets = List.copyOf(made);
		}
		return secrets;
	}

	@Override
	public synchronized void close() {
		Arrays.fill(characters, '\0');
		secrets.forEach(password -> password.secret().close());
	}
}
