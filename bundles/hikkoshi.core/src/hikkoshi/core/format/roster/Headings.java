package hikkoshi.core.format.roster;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What the headings of a table mean. Case, blanks, hyphens and underscores do not matter.
///
/// @param bare the headings without what does not matter, in the order of the file
record Headings(List<String> bare) {
	/// What a column can hold.
	enum Field {
		ADDRESS, USER, DOMAIN, OLD_USER, NEW_USER, PASSWORD, OLD_PASSWORD, NEW_PASSWORD, WAVE, NOTE, GIVEN_NAME, FAMILY_NAME, KIND, GOES_TO, SOURCE,
		TARGET, ALIASES, TYPE, MIGRATE
	}

	private static final Map<String, Field> GENERAL = general();

	Headings {
		bare = List.copyOf(bare);
	}

	static Headings of(List<String> cells) {
		return new Headings(cells.stream().map(Headings::bare).toList());
	}

	static String bare(String heading) {
		StringBuilder bare = new StringBuilder();
		heading.strip().toLowerCase(Locale.ROOT).chars().filter(c -> c > ' ' && c != '-' && c != '_' && c != '"' && c != 0x3000 && c != '\u2011')
				.limit(100).forEach(c -> bare.append((char) c));
		return bare.toString();
	}

	boolean has(String... names) {
		return bare.containsAll(List.of(names));
	}

	boolean hasAny(String... names) {
		return Set.of(names).stream().anyMatch(bare::contains);
	}

	/// Whether they are headings at all: one of them names addresses, and none of them is one.
	boolean nameAddresses() {
		return bare.stream().noneMatch(cell -> cell.indexOf('@') >= 0) && bare.stream().anyMatch(cell -> GENERAL.get(cell) == Field.ADDRESS);
	}

	/// Field to column, for a dialect.
	Map<Field, Integer> fields(Dialect dialect) {
		Map<String, Field> known = switch (dialect) {
			case HIKKOSHI -> Map.ofEntries(Map.entry("address", Field.ADDRESS), Map.entry("olduser", Field.OLD_USER), Map.entry("newuser", Field.NEW_USER),
					Map.entry("wave", Field.WAVE), Map.entry("note", Field.NOTE), Map.entry("kind", Field.KIND), Map.entry("goesto", Field.GOES_TO),
					Map.entry("password", Field.PASSWORD), Map.entry("oldpassword", Field.OLD_PASSWORD), Map.entry("newpassword", Field.NEW_PASSWORD));
			case EXCHANGE -> Map.of("emailaddress", Field.ADDRESS, "username", Field.OLD_USER, "password", Field.PASSWORD);
			case EXCHANGE_STAGED -> Map.of("emailaddress", Field.ADDRESS, "password", Field.PASSWORD);
			case CPANEL -> Map.of("email", Field.ADDRESS, "emailaddress", Field.ADDRESS, "username", Field.ADDRESS, "domain", Field.DOMAIN, "password",
					Field.PASSWORD);
			case CPANEL_FORWARDERS -> Map.of("source", Field.SOURCE, "target", Field.TARGET, "address", Field.SOURCE, "destination", Field.TARGET,
					"forwardto", Field.TARGET);
			case PLESK -> Map.of("mailname", Field.USER, "address", Field.ADDRESS, "email", Field.ADDRESS, "name", Field.DOMAIN, "domain", Field.DOMAIN,
					"domainname", Field.DOMAIN, "password", Field.PASSWORD, "pw", Field.PASSWORD);
			case KERIO_USERS -> Map.of("name", Field.ADDRESS, "password", Field.PASSWORD, "fullname", Field.NOTE, "mailaddress", Field.ALIASES);
			case CLOUDM -> Map.of("exportname", Field.OLD_USER, "importname", Field.NEW_USER, "givenname", Field.GIVEN_NAME, "familyname",
					Field.FAMILY_NAME, "password", Field.PASSWORD, "exportobjecttype", Field.TYPE, "exporttype", Field.TYPE, "migrate", Field.MIGRATE);
			case TABLE -> GENERAL;
			case IMAPSYNC, ISPMANAGER, KERIO, ADDRESSES, PASSWD, POSTFIX_MAILBOXES, POSTFIX_ALIASES, ZONE -> Map.of();
		};
		Map<Field, Integer> columns = new EnumMap<>(Field.class);
		for (int i = 0; i < bare.size(); i++) {
			Field field = known.get(bare.get(i));
			if (field != null) {
				columns.putIfAbsent(field, i);
			}
		}
		return columns;
	}

	/// As a person would know them again.
	String shown() {
		return bare.stream().filter(cell -> !cell.isEmpty()).limit(8).collect(Collectors.joining(", "));
	}

	private static Map<String, Field> general() {
		Map<String, Field> known = new HashMap<>();
		for (String word : List.of("address", "email", "mail", "emailaddress", "mailaddress", "mailbox", "emailid", "account", "emailaccount", "login",
				"primarysmtpaddress", "primaryemail", "userprincipalname", "smtpaddress", "recipient", "username", "user", "メールアドレス", "メール", "アドレス",
				"eメール", "アカウント", "メールアカウント", "ユーザー名", "ユーザ名", "電子メールアドレス", "電子メール", "adresse", "correo", "courriel")) {
			known.put(word, Field.ADDRESS);
		}
		for (String word : List.of("password", "passwort", "pass", "pw", "emailpassword", "imappassword", "パスワード", "現在のパスワード")) {
			known.put(word, Field.PASSWORD);
		}
		for (String word : List.of("name", "fullname", "displayname", "note", "comment", "description", "氏名", "名前", "表示名", "備考")) {
			known.put(word, Field.NOTE);
		}
		known.put("givenname", Field.GIVEN_NAME);
		known.put("firstname", Field.GIVEN_NAME);
		known.put("familyname", Field.FAMILY_NAME);
		known.put("lastname", Field.FAMILY_NAME);
		known.put("surname", Field.FAMILY_NAME);
		known.put("olduser", Field.OLD_USER);
		known.put("sourceuser", Field.OLD_USER);
		known.put("user1", Field.OLD_USER);
		known.put("newuser", Field.NEW_USER);
		known.put("targetuser", Field.NEW_USER);
		known.put("destinationuser", Field.NEW_USER);
		known.put("user2", Field.NEW_USER);
		known.put("oldpassword", Field.OLD_PASSWORD);
		known.put("旧パスワード", Field.OLD_PASSWORD);
		known.put("password1", Field.OLD_PASSWORD);
		known.put("newpassword", Field.NEW_PASSWORD);
		known.put("新パスワード", Field.NEW_PASSWORD);
		known.put("password2", Field.NEW_PASSWORD);
		known.put("domain", Field.DOMAIN);
		known.put("ドメイン", Field.DOMAIN);
		known.put("wave", Field.WAVE);
		known.put("kind", Field.KIND);
		known.put("goesto", Field.GOES_TO);
		return Map.copyOf(known);
	}
}
