package hikkoshi.core.format.roster;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

import hikkoshi.core.model.Side;

/// In which form a file lists mailboxes. Its name for people is the text `dialect.<token>`.
public enum Dialect {
	/// Our own columns: `address`, `old_user`, `new_user`, `wave`, `note`, `kind`, `goes_to`; also with passwords, as [RosterExport] writes it.
	HIKKOSHI(',', true, Lists.ALL, Side.OLD, Side.NEW),
	/// `host1;user1;password1;host2;user2;password2;options;`, as imapsync's loops read it: no header, no quotes.
	IMAPSYNC(';', false, Lists.MAILBOXES, Side.OLD, Side.NEW),
	/// The batch of an IMAP migration of Exchange Online: `EmailAddress,UserName,Password`.
	EXCHANGE(',', true, Lists.MAILBOXES, Side.OLD),
	/// The batch of a staged Exchange migration: `EmailAddress,Password,ForcePasswordChange`.
	EXCHANGE_STAGED(',', true, Lists.MAILBOXES, Side.NEW),
	/// What cPanel's Address Importer takes for accounts: address or user, domain, password, quota, with a header or without one.
	CPANEL(',', true, Lists.MAILBOXES, Side.OLD, Side.NEW),
	/// The same for forwarders: source, target.
	CPANEL_FORWARDERS(',', true, Lists.RECIPIENTS),
	/// Plesk's `mail_auth_view`, `plesk bin mail --list`, and tables of its data base.
	PLESK('|', true, Lists.MAILBOXES, Side.OLD),
	/// What ispmanager imports: `address,password`, no header.
	ISPMANAGER(',', false, Lists.MAILBOXES, Side.OLD),
	/// What Kerio's IMAP migration tool takes: `address;password;Full Name`, no header.
	KERIO(';', false, Lists.MAILBOXES, Side.OLD),
	/// What Kerio Connect imports and exports: `Name;Password;FullName;Description;MailAddress;Groups`.
	KERIO_USERS(';', true, Lists.ALL, Side.OLD),
	/// The items of CloudM Migrate: `Migrate,ExportObjectType,…,ExportName,ImportName,GivenName,FamilyName,Password`.
	CLOUDM(',', true, Lists.ALL, Side.NEW),
	/// Any other table whose header names a column of addresses.
	TABLE(',', true, Lists.MAILBOXES, Side.OLD),
	/// E-mail addresses, one or more a line, with names or without.
	ADDRESSES('\0', false, Lists.MAILBOXES),
	/// Dovecot's passwd-file and its kin: `user:{SCHEME}hash:uid:gid:gecos:home:shell:extra`. Hashes are not kept.
	PASSWD(':', false, Lists.MAILBOXES, Side.OLD),
	/// A table of Postfix' `virtual_mailbox_maps`: address and path.
	POSTFIX_MAILBOXES('\0', false, Lists.ALL),
	/// A table of Postfix' `virtual_alias_maps` (virtual(5)), or aliases(5): address and targets.
	POSTFIX_ALIASES('\0', false, Lists.RECIPIENTS),
	/// A master file of DNS (RFC 1035, 5): the domains that receive mail.
	ZONE('\0', false, Lists.NOTHING);

	/// What a dialect lists, and so what may be missing in it.
	enum Lists {
		MAILBOXES, RECIPIENTS, ALL, NOTHING
	}

	private final char delimiter;
	private final boolean headed;
	private final Lists lists;
	private final Set<Side> passwords;

	Dialect(char delimiter, boolean headed, Lists lists, Side... passwords) {
		this.delimiter = delimiter;
		this.headed = headed;
		this.lists = lists;
		Set<Side> sides = EnumSet.noneOf(Side.class);
		sides.addAll(java.util.List.of(passwords));
		this.passwords = Set.copyOf(sides);
	}

	/// e.g. `exchange-staged`
	public String token() {
		return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
	}

	public static Optional<Dialect> of(String token) {
		for (Dialect dialect : values()) {
			if (dialect.token().equals(token)) {
				return Optional.of(dialect);
			}
		}
		return Optional.empty();
	}

	/// The usual one; 0 where there are no cells.
	char delimiter() {
		return delimiter;
	}

	/// Whether another delimiter than the usual one, or a header, may be asked for.
	public boolean isTable() {
		return delimiter != '\0' && this != PASSWD && this != PLESK;
	}

	/// Whether it usually has a header.
	boolean isHeaded() {
		return headed;
	}

	/// Whether such a file may hold passwords.
	public boolean mayHoldPasswords() {
		return !passwords.isEmpty();
	}

	/// On which side a password of such a file, when it does not say so itself, lets one in. A guess that a person may correct.
	public Set<Side> passwordSides() {
		return passwords;
	}

	boolean listsMailboxes() {
		return lists == Lists.MAILBOXES || lists == Lists.ALL;
	}

	boolean listsRecipients() {
		return lists == Lists.RECIPIENTS || lists == Lists.ALL;
	}
}
