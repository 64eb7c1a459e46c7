package hikkoshi.rehearsal.mail;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/// Who has an account on a server, and which address is delivered to whom. Changes while the server runs; safe for use by several threads.
final class MailDirectory {

	/// What RCPT TO should be told.
	sealed interface Recipient {
		record Local(MailStore store) implements Recipient {
		}

		record Unknown() implements Recipient {
		}

		record Foreign() implements Recipient {
		}
	}

	private static final int MOST_ATTEMPTS = 10_000;

	private final Set<String> domains;
	private final InstantSource clock;
	private final AtomicLong uidValidity;
	private final Map<String, MailAccount> accounts = new HashMap<>();
	private final Map<String, String> users = new HashMap<>();
	private final Deque<LoginAttempt> attempts = new ArrayDeque<>();
	/// RFC 5321, 4.5.1: a server that delivers mail takes it for postmaster; nobody can log in there.
	private final MailStore postmaster;

	MailDirectory(Set<String> domains, InstantSource clock) {
		this.domains = domains;
		this.clock = clock;
		uidValidity = new AtomicLong(clock.instant().getEpochSecond());
		postmaster = new MailStore(uidValidity::incrementAndGet);
	}

	synchronized void add(String user, String address, char[] password) {
		if (accounts.containsKey(user) || users.containsKey(key(address))) {
			throw new IllegalStateException("this server has an account for " + user + " or " + address + " already");
		}
		accounts.put(user, new MailAccount(user, password, new MailStore(uidValidity::incrementAndGet)));
		users.put(key(address), user);
	}

	synchronized void alias(String address, String user) {
		if (!accounts.containsKey(user)) {
			throw new IllegalStateException("no account " + user);
		}
		users.put(key(address), user);
	}

	synchronized boolean remove(String user) {
		users.values().removeIf(user::equals);
		return accounts.remove(user) != null;
	}

	synchronized Set<String> users() {
		return Set.copyOf(new TreeSet<>(accounts.keySet()));
	}

	synchronized Optional<MailStore> store(String user) {
		return Optional.ofNullable(accounts.get(user)).map(MailAccount::store);
	}

	MailStore postmaster() {
		return postmaster;
	}

	synchronized List<LoginAttempt> attempts() {
		return List.copyOf(attempts);
	}

	/// The account, or null when user and password do not belong together.
	synchronized @Nullable MailAccount login(MailService service, String user, byte[] password) {
		MailAccount account = accounts.get(user);
		boolean accepted = account != null && account.accepts(password);
		if (attempts.size() == MOST_ATTEMPTS) {
			attempts.removeFirst();
		}
		attempts.addLast(new LoginAttempt(service, user, accepted, clock.instant()));
		return accepted ? account : null;
	}

	/// The same for SASL PLAIN (RFC 4616): `authorisation NUL user NUL password`, UTF-8. Null too for a malformed one or another identity's authorisation.
	@Nullable MailAccount loginPlain(MailService service, byte[] message) {
		int first = indexOf(message, 0);
		int second = first < 0 ? -1 : indexOf(message, first + 1);
		if (second < 0) {
			return null;
		}
		String authorisation = new String(message, 0, first, StandardCharsets.UTF_8);
		String user = new String(message, first + 1, second - first - 1, StandardCharsets.UTF_8);
		if (!authorisation.isEmpty() && !authorisation.equals(user)) {
			return null;
		}
		return login(service, user, Arrays.copyOfRange(message, second + 1, message.length));
	}

	synchronized Recipient recipient(String address) {
		int at = address.lastIndexOf('@');
		if (at < 0) {
			return address.equalsIgnoreCase("postmaster") ? new Recipient.Local(postmaster) : new Recipient.Foreign();
		}
		if (!domains.contains(address.substring(at + 1).toLowerCase(Locale.ROOT))) {
			return new Recipient.Foreign();
		}
		String user = users.get(key(address));
		MailAccount account = user == null ? null : accounts.get(user);
		if (account != null) {
			return new Recipient.Local(account.store());
		}
		return address.substring(0, at).equalsIgnoreCase("postmaster") ? new Recipient.Local(postmaster) : new Recipient.Unknown();
	}

	private static int indexOf(byte[] message, int from) {
		for (int i = from; i < message.length; i++) {
			if (message[i] == 0) {
				return i;
			}
		}
		return -1;
	}

	private static String key(String address) {
		return address.toLowerCase(Locale.ROOT);
	}
}
