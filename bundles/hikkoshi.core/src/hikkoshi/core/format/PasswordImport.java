package hikkoshi.core.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.format.PasswordSheet.Column;
import hikkoshi.core.format.PasswordSheet.Row;
import hikkoshi.core.model.Authentication;
import hikkoshi.core.model.Authentication.OAuth;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.SecretReasons;
import hikkoshi.core.secret.Secrets;

/// What a table of passwords means for a migration: which account each one is for, and what cannot be used and why. First a plan that one can
/// look at ([#entries], [#refused]), then [#store]. Nothing of it holds a secret but the sheet, which the caller closes.
public final class PasswordImport {
	/// @param line of the file
	/// @param secret the sheet's own
	public record Entry(int line, CredentialId id, Server server, Secret secret) {}

	/// @param line of the file
	public record Refused(int line, Reason reason) {}

	/// What came of an entry.
	public enum Outcome {
		STORED,
		CHANGED,
		SAME
	}

	private final Migration migration;
	private final @Nullable Side side;
	private final Map<CredentialId, Entry> entries = new LinkedHashMap<>();
	private final List<Refused> refused = new ArrayList<>();
	private final Map<String, Mailbox> mailboxes = new HashMap<>();
	private final Map<String, Set<String>> users;

	/// @param side whose passwords those are that do not say; null when each must say it
	public PasswordImport(Migration migration, PasswordSheet sheet, @Nullable Side side) {
		this.migration = migration;
		this.side = side;
		migration.mailboxes().forEach(mailbox -> mailboxes.put(mailbox.address().toString().toLowerCase(Locale.ROOT), mailbox));
		users = migration.servers().stream().collect(Collectors.toMap(Server::key, this::usersOf, (one, _) -> one));
		sheet.broken().forEach(line -> refused.add(new Refused(line, Reason.of(SecretReasons.IMPORT_LINE))));
		sheet.rows().forEach(this::plan);
	}

	/// Whose secrets a server may be asked with: its mailboxes' users, its master's, its token endpoint's client.
	private Set<String> usersOf(Server server) {
		Authentication authentication = server.authentication();
		Set<String> known = migration.mailboxes().stream().filter(mailbox -> migration.server(mailbox, server.side()).filter(server::equals).isPresent())
				.map(mailbox -> authentication.secretUser(mailbox.user(server.side()))).collect(Collectors.toSet());
		if (authentication instanceof Authentication.MasterUser master) {
			known.add(master.user());
		}
		if (authentication instanceof OAuth(OAuth.Refresh refresh) && refresh != null) {
			known.add(CredentialId.client(refresh.clientId()));
		}
		return known;
	}

	/// In the order of the file; where an account is there twice, the first one counts.
	public List<Entry> entries() {
		return List.copyOf(entries.values());
	}

	public List<Refused> refused() {
		return List.copyOf(refused);
	}

	private void plan(Row row) {
		boolean any = false;
		for (Column column : List.of(Column.PASSWORD, Column.OLD_PASSWORD, Column.NEW_PASSWORD)) {
			Optional<Secret> secret = row.secret(column);
			if (secret.isPresent()) {
				any = true;
				plan(row, column, secret.get());
			}
		}
		if (!any) {
			refuse(row, SecretReasons.IMPORT_EMPTY, who(row));
		}
	}

	private void plan(Row row, Column column, Secret secret) {
		Optional<Mailbox> mailbox = Optional.ofNullable(mailboxes.get(who(row).toLowerCase(Locale.ROOT)));
		Optional<Server> server = server(row, column, mailbox);
		if (server.isEmpty()) {
			return;
		}
		Server host = server.get();
		String own = row.text(host.side() == Side.OLD ? Column.OLD_USER : Column.NEW_USER);
		String user = !own.isEmpty() ? own : row.text(Column.USER);
		if (user.isEmpty() && mailbox.isPresent()) {
			user = host.authentication().secretUser(mailbox.get().user(host.side()));
		}
		if (user.isEmpty()) {
			user = who(row);
		}
		if (!users.getOrDefault(host.key(), Set.of()).contains(user)) {
			refuse(row, SecretReasons.IMPORT_UNKNOWN, user, host.key());
			return;
		}
		CredentialId id = new CredentialId(host.key(), user);
		Entry first = entries.get(id);
		if (first == null) {
			entries.put(id, new Entry(row.line(), id, host, secret));
		} else if (!first.secret.sameAs(secret)) {
			refuse(row, SecretReasons.IMPORT_TWICE, user, host.key(), first.line);
		}
	}

	private static String who(Row row) {
		return List.of(Column.ADDRESS, Column.USER, Column.OLD_USER, Column.NEW_USER).stream().map(row::text).filter(text -> !text.isEmpty()).findFirst()
				.orElse("");
	}

	private Optional<Server> server(Row row, Column column, Optional<Mailbox> mailbox) {
		String named = row.text(Column.SERVER);
		Optional<Side> said = switch (column) {
			case OLD_PASSWORD -> Optional.of(Side.OLD);
			case NEW_PASSWORD -> Optional.of(Side.NEW);
			default -> Arrays.stream(Side.values()).filter(each -> each.token().equalsIgnoreCase(named)).findFirst();
		};
		if (said.isEmpty() && !named.isEmpty()) {
			Optional<Server> server = migration.servers().stream()
					.filter(each -> each.key().equals(named) || each.name().ascii().equalsIgnoreCase(named) || each.name().unicode().equalsIgnoreCase(named))
					.findFirst();
			if (server.isEmpty()) {
				refuse(row, SecretReasons.IMPORT_SERVER, named);
			}
			return server;
		}
		Optional<Side> whose = said.or(() -> Optional.ofNullable(side));
		if (whose.isEmpty()) {
			refuse(row, SecretReasons.IMPORT_SIDE, who(row));
			return Optional.empty();
		}
		List<Server> servers = mailbox.flatMap(each -> migration.server(each, whose.get())).map(List::of)
				.orElseGet(() -> migration.servers().stream().filter(each -> each.side() == whose.get()).toList());
		if (servers.size() != 1) {
			refuse(row, SecretReasons.IMPORT_UNKNOWN, who(row), whose.get().token());
			return Optional.empty();
		}
		return Optional.of(servers.getFirst());
	}

	private void refuse(Row row, String id, Object... args) {
		refused.add(new Refused(row.line(), Reason.of(id, args)));
	}

	/// What keeping an entry would change.
	///
	/// @param vault of this migration
	/// @throws IOException when the vault cannot be read
	public static Outcome compare(Entry entry, Secrets vault) throws IOException {
		Optional<Secret> before = vault.find(entry.id);
		if (before.isEmpty()) {
			return Outcome.STORED;
		}
		try (Secret known = before.get()) {
			return known.sameAs(entry.secret) ? Outcome.SAME : Outcome.CHANGED;
		}
	}

	/// Keeps an entry, unless the vault knows it already.
	///
	/// @param vault of this migration
	/// @throws IOException when it could not be kept
	public static Outcome store(Entry entry, Secrets vault) throws IOException {
		Outcome outcome = compare(entry, vault);
		if (outcome != Outcome.SAME) {
			vault.store(entry.id, entry.secret);
		}
		return outcome;
	}
}
