package hikkoshi.core.format.roster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.Addresses;
import hikkoshi.core.format.FaultKind;
import hikkoshi.core.format.roster.Headings.Field;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Recipient;
import hikkoshi.core.model.Side;

/// Tables whose header says what a column holds.
final class HeadedReader {
	/// In place of what a cell holds: under a wrong heading it may be a password.
	private static final String UNQUOTED = "…";

	private static final Set<Side> OLD = Set.of(Side.OLD);
	private static final Set<Side> NEW = Set.of(Side.NEW);

	private final Detector.Shape shape;
	private final Collector found;
	private final Relays relays;
	/// Of each field, by its ordinal; -1 for one that is not there. Asked for many times a row.
	private final int[] columns = new int[Field.values().length];
	private int width;

	HeadedReader(Detector.Shape shape, Collector found) {
		this.shape = shape;
		this.found = found;
		relays = new Relays(found);
	}

	void read(String text) throws InterruptedException {
		CellReader rows = new CellReader(text, shape.delimiter(), true, false, found);
		boolean isBegun = false;
		while (rows.next()) {
			if (isRuler(rows)) {
				continue;
			}
			if (!isBegun) {
				isBegun = true;
				Map<Field, Integer> fields = header(rows);
				if (fields.isEmpty()) {
					return;
				}
				Arrays.fill(columns, -1);
				fields.forEach((field, column) -> columns[field.ordinal()] = column);
				width = shape.header() ? rows.count() : 0;
				if (shape.header()) {
					continue;
				}
			}
			if (fits(rows)) {
				row(rows);
			}
		}
		relays.end();
	}

	/// A row that is too short or too long has cells under wrong headings; empty cells at its end do no harm.
	private boolean fits(CellReader row) {
		int cells = row.count();
		while (cells > width && width > 0 && row.value(cells - 1).isEmpty()) {
			cells--;
		}
		if (width == 0 || cells == width) {
			return true;
		}
		found.refuse(row, 0, FaultKind.CSV_CELLS, row.count(), width);
		return false;
	}

	/// The lines `+-----+` that data bases draw around tables.
	private boolean isRuler(CellReader row) {
		return shape.dialect() == Dialect.PLESK && row.value(0).startsWith("+-");
	}

	private Map<Field, Integer> header(CellReader row) {
		List<String> cells = new ArrayList<>();
		for (int i = 0; i < row.count(); i++) {
			cells.add(row.value(i));
		}
		if (!shape.header()) {
			// without a header the columns stand in their usual order
			cells = List.of(usual(shape.dialect()).split(","));
		}
		Map<Field, Integer> columns = Headings.of(cells).fields(shape.dialect());
		String missing = missing(columns);
		if (!missing.isEmpty()) {
			found.at(row.line(), 1, FaultKind.CSV_MISSING_COLUMN, missing);
			return Map.of();
		}
		return columns;
	}

	private static String usual(Dialect dialect) {
		return switch (dialect) {
			case HIKKOSHI -> "address,old_user,new_user,wave,note,kind,goes_to";
			case EXCHANGE -> "EmailAddress,UserName,Password";
			case EXCHANGE_STAGED -> "EmailAddress,Password,ForcePasswordChange";
			case KERIO_USERS -> "Name,Password,FullName,Description,MailAddress,Groups";
			case CLOUDM -> "ExportType,ExportName,ImportType,ImportName,GivenName,FamilyName,Password";
			case CPANEL_FORWARDERS -> "source,target";
			case PLESK -> "address,password";
			case CPANEL, TABLE, IMAPSYNC, ISPMANAGER, KERIO, ADDRESSES, PASSWD, POSTFIX_MAILBOXES, POSTFIX_ALIASES, ZONE -> "email,password";
		};
	}

	/// The column without which nothing can be read.
	private String missing(Map<Field, Integer> columns) {
		return switch (shape.dialect()) {
			case CPANEL_FORWARDERS -> !columns.containsKey(Field.SOURCE) ? "source" : !columns.containsKey(Field.TARGET) ? "target" : "";
			case CLOUDM -> !columns.containsKey(Field.OLD_USER) ? "ExportName" : !columns.containsKey(Field.NEW_USER) ? "ImportName" : "";
			case PLESK -> columns.containsKey(Field.ADDRESS) || columns.containsKey(Field.USER) ? "" : "address";
			case KERIO_USERS -> columns.containsKey(Field.ADDRESS) ? "" : "Name";
			case EXCHANGE, EXCHANGE_STAGED -> columns.containsKey(Field.ADDRESS) ? "" : "EmailAddress";
			case HIKKOSHI -> columns.containsKey(Field.ADDRESS) ? "" : "address";
			case CPANEL, TABLE, IMAPSYNC, ISPMANAGER, KERIO, ADDRESSES, PASSWD, POSTFIX_MAILBOXES, POSTFIX_ALIASES, ZONE ->
				columns.containsKey(Field.ADDRESS) ? "" : "email";
		};
	}

	private int column(Field field) {
		return columns[field.ordinal()];
	}

	/// Null when there is no such column.
	private @Nullable String said(CellReader row, Field field) {
		int column = column(field);
		return column < 0 ? null : plain(row.value(column));
	}

	/// Without the guard that keeps a spreadsheet from taking a cell for a formula.
	private String plain(String cell) {
		return shape.dialect() == Dialect.HIKKOSHI || shape.dialect() == Dialect.EXCHANGE ? Guard.open(cell) : cell;
	}

	private void row(CellReader row) {
		switch (shape.dialect()) {
			case CPANEL_FORWARDERS -> relays.add(row.line(), row.column(column(Field.SOURCE)), row.value(column(Field.SOURCE)),
					List.of(row.value(column(Field.TARGET))));
			case CLOUDM -> cloudm(row);
			case KERIO_USERS -> kerio(row);
			case HIKKOSHI, TABLE -> ours(row);
			case EXCHANGE, EXCHANGE_STAGED, CPANEL, PLESK -> mailbox(row);
			case IMAPSYNC, ISPMANAGER, KERIO, ADDRESSES, PASSWD, POSTFIX_MAILBOXES, POSTFIX_ALIASES, ZONE -> throw new IllegalStateException();
		}
	}

	private Optional<EmailAddress> address(CellReader row) {
		int column = column(Field.ADDRESS) >= 0 ? column(Field.ADDRESS) : column(Field.USER);
		String text = plain(row.value(column));
		String domain = row.value(column(Field.DOMAIN));
		if (!domain.isEmpty() && text.indexOf('@') < 0) {
			text += "@" + domain;
		}
		return found.addressOf(text, row.line(), row.line(column), row.column(column));
	}

	private void mailbox(CellReader row) {
		Optional<EmailAddress> address = address(row);
		String user = said(row, Field.OLD_USER);
		if (address.isEmpty() || user != null && !found.mayLogIn(row, column(Field.OLD_USER), user)) {
			return;
		}
		found.mailbox(row.line(), address.get(), user == null || user.isEmpty() ? null : user, null, null);
		passwords(row, address.get());
	}

	private void passwords(CellReader row, EmailAddress address) {
		password(row, Field.PASSWORD, address, found.sides());
		password(row, Field.OLD_PASSWORD, address, OLD);
		password(row, Field.NEW_PASSWORD, address, NEW);
	}

	private void password(CellReader row, Field field, EmailAddress address, Set<Side> sides) {
		int column = column(field);
		if (column < 0) {
			return;
		}
		char[] characters = shape.dialect() == Dialect.PLESK && shape.delimiter() == '|' ? row.value(column).toCharArray() : row.characters(column);
		boolean isGuarded = shape.dialect() == Dialect.HIKKOSHI || shape.dialect() == Dialect.EXCHANGE;
		found.password(isGuarded ? Guard.open(characters) : characters, row.line(), address, sides);
	}

	private void ours(CellReader row) {
		Optional<EmailAddress> address = address(row);
		if (address.isEmpty()) {
			return;
		}
		String kind = said(row, Field.KIND);
		String goesTo = said(row, Field.GOES_TO);
		boolean isMailbox = kind == null || kind.isEmpty() || kind.equals(Recipient.MAILBOX_TOKEN);
		if (!isMailbox && Recipient.Kind.of(String.valueOf(kind)).isEmpty()) {
			found.refuse(row, column(Field.KIND), FaultKind.ROSTER_KIND, UNQUOTED, Recipient.MAILBOX_TOKEN + ", alias, group, forwarder, catch-all");
			return;
		}
		if (Addresses.isCatchAll(address.get()) != Recipient.Kind.CATCH_ALL.token().equals(kind)) {
			boolean isOne = !Addresses.isCatchAll(address.get());
			found.refuse(row, column(Field.ADDRESS), isOne ? FaultKind.ROSTER_NOT_CATCH_ALL : FaultKind.ROSTER_CATCH_ALL, address.get());
			return;
		}
		Optional<String> targets = targets(row, isMailbox ? null : goesTo);
		String oldUser = isMailbox ? said(row, Field.OLD_USER) : null;
		String newUser = isMailbox ? said(row, Field.NEW_USER) : null;
		if (targets.isEmpty() || oldUser != null && !found.mayLogIn(row, column(Field.OLD_USER), oldUser)
				|| newUser != null && !found.mayLogIn(row, column(Field.NEW_USER), newUser)) {
			return;
		}
		found.add(new SheetRow.Entry(row.line(), address.get(), oldUser, newUser, said(row, Field.WAVE), note(row),
				kind == null ? null : kind.isEmpty() ? Recipient.MAILBOX_TOKEN : kind, goesTo == null || isMailbox ? null : targets.get(), List.of()));
		passwords(row, address.get());
	}

	private Optional<String> targets(CellReader row, @Nullable String goesTo) {
		if (goesTo == null || goesTo.isEmpty()) {
			return Optional.of("");
		}
		List<String> targets = new ArrayList<>();
		for (String word : goesTo.split("\\s+")) {
			Optional<EmailAddress> target = found.addresses().parseAny(word);
			if (target.isEmpty()) {
				found.refuse(row, column(Field.GOES_TO), FaultKind.ROSTER_GOES_TO, UNQUOTED);
				return Optional.empty();
			}
			targets.add(target.get().toString());
		}
		return Optional.of(String.join(" ", targets));
	}

	private @Nullable String note(CellReader row) {
		if (column(Field.GIVEN_NAME) >= 0 || column(Field.FAMILY_NAME) >= 0) {
			return (row.value(column(Field.GIVEN_NAME)) + " " + row.value(column(Field.FAMILY_NAME))).strip();
		}
		return said(row, Field.NOTE);
	}

	private void cloudm(CellReader row) {
		String from = row.value(column(Field.OLD_USER));
		String to = row.value(column(Field.NEW_USER));
		String type = row.value(column(Field.TYPE)).toLowerCase(Locale.ROOT);
		if (row.value(column(Field.MIGRATE)).equalsIgnoreCase("false")) {
			found.refuse(row, column(Field.MIGRATE), FaultKind.IMPORT_SKIPPED);
			return;
		}
		if (!type.isEmpty() && !type.equals("user") && !type.equals("group") && !type.contains("mailbox")) {
			found.refuse(row, column(Field.TYPE), FaultKind.IMPORT_TYPE, UNQUOTED);
			return;
		}
		boolean isNewAddress = to.indexOf('@') >= 0 || from.indexOf('@') < 0;
		Optional<EmailAddress> address = found.addressOf(row, column(isNewAddress && !to.isEmpty() ? Field.NEW_USER : Field.OLD_USER));
		if (address.isEmpty() || !found.mayLogIn(row, column(Field.OLD_USER), from) || !found.mayLogIn(row, column(Field.NEW_USER), to)) {
			return;
		}
		String note = note(row);
		String noted = note == null || note.isEmpty() ? null : note;
		if (type.equals("group")) {
			found.add(new SheetRow.Entry(row.line(), address.get(), null, null, null, noted, Recipient.Kind.GROUP.token(), null, List.of()));
			return;
		}
		found.mailbox(row.line(), address.get(), from.isEmpty() ? null : from, to.isEmpty() ? null : to, noted);
		passwords(row, address.get());
	}

	/// The name is the login and the first address; further addresses are aliases of it.
	private void kerio(CellReader row) {
		Optional<EmailAddress> address = address(row);
		if (address.isEmpty()) {
			return;
		}
		String note = said(row, Field.NOTE);
		found.mailbox(row.line(), address.get(), null, null, note == null || note.isEmpty() ? null : note);
		passwords(row, address.get());
		for (String word : row.value(column(Field.ALIASES)).split("[,\\s]+")) {
			String name = word.indexOf('@') < 0 ? word + "@" + address.get().domain() : word;
			if (!word.isEmpty() && !name.equalsIgnoreCase(address.get().toString())) {
				relays.add(row.line(), row.column(column(Field.ALIASES)), name, List.of(address.get().toString()));
			}
		}
	}
}
