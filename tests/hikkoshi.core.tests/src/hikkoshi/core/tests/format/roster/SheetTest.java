package hikkoshi.core.tests.format.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import hikkoshi.core.evidence.Reason;
import hikkoshi.core.format.Fault;
import hikkoshi.core.format.FaultKind;
import hikkoshi.core.format.roster.Dialect;
import hikkoshi.core.format.roster.ImportSettings;
import hikkoshi.core.format.roster.ProjectTexts;
import hikkoshi.core.format.roster.RosterImport;
import hikkoshi.core.format.roster.Sheet;
import hikkoshi.core.format.roster.SheetOptions;
import hikkoshi.core.format.roster.SheetRow;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Side;
import hikkoshi.core.text.Phrases;

/// Files of every dialect as their tools write them (in `files`), and files with every fault.
class SheetTest {
	private static final SheetOptions WITH_DOMAIN = SheetOptions.NONE.withDomain(DomainName.parse("example.org"));

	static byte[] file(String name) throws IOException {
		try (InputStream in = SheetTest.class.getResourceAsStream("files/" + name)) {
			assertThat(in).as(name).isNotNull();
			return in.readAllBytes();
		}
	}

	private static Sheet read(String name, SheetOptions options) throws Exception {
		return Sheet.read(name, file(name), options);
	}

	private static Sheet text(String text) throws Exception {
		return Sheet.read("x.txt", text.getBytes(StandardCharsets.UTF_8), SheetOptions.NONE);
	}

	/// e.g. `ann@example.org mailbox ann>ann@example.org goes= note=Ann`
	static String brief(SheetRow row) {
		return switch (row) {
			case SheetRow.Refused refused -> refused.line() + " " + refused.faults().getFirst().reason().id();
			case SheetRow.Entry entry -> entry.line() + " " + entry.address() + " " + entry.kind() + " " + entry.oldUser() + ">" + entry.newUser()
					+ (entry.goesTo() == null ? "" : " goes=" + entry.goesTo()) + (entry.note() == null || entry.note().isEmpty() ? "" : " note=" + entry.note())
					+ (entry.faults().isEmpty() ? "" : " " + entry.faults().getFirst().reason().id());
		};
	}

	private static List<String> rows(Sheet sheet) {
		return sheet.rows().stream().map(SheetTest::brief).toList();
	}

	private static List<String> passwords(Sheet sheet) {
		return sheet.passwords().stream().map(password -> password.line() + " " + password.side().token() + " " + new String(password.secret().reveal()))
				.toList();
	}

	@ParameterizedTest
	@CsvSource({"hikkoshi.csv,HIKKOSHI", "imapsync.txt,IMAPSYNC", "exchange.csv,EXCHANGE", "exchange-staged.csv,EXCHANGE_STAGED", "cpanel.csv,CPANEL",
		"cpanel-bare.csv,CPANEL", "cpanel-forwarders.csv,CPANEL_FORWARDERS", "plesk.txt,PLESK", "plesk-list.txt,PLESK", "plesk.tsv,PLESK",
		"ispmanager.csv,ISPMANAGER", "kerio.csv,KERIO", "kerio-latin.csv,KERIO", "kerio-users.csv,KERIO_USERS", "cloudm.csv,CLOUDM", "table.csv,TABLE",
		"table-cp932.csv,TABLE", "table-utf16.csv,TABLE", "addresses.txt,ADDRESSES", "passwd.txt,PASSWD", "postfix-mailboxes.txt,POSTFIX_MAILBOXES",
		"postfix-aliases.txt,POSTFIX_ALIASES", "aliases.txt,POSTFIX_ALIASES", "db.example.org,ZONE"})
	void everyDialectIsKnownByItsFile(String name, Dialect dialect) throws Exception {
		try (Sheet sheet = read(name, WITH_DOMAIN)) {
			assertThat(sheet.format().orElseThrow().dialect()).isEqualTo(dialect);
			assertThat(sheet.faults()).noneMatch(fault -> fault.severity() == Fault.Severity.ERROR);
			assertThat(sheet.rows().size() + sheet.domains().size()).isGreaterThan(1);
			Phrases english = Phrases.of(Locale.ENGLISH, List.of());
			Phrases japanese = Phrases.of(Locale.JAPANESE, List.of());
			for (Reason reason : sheet.format().orElseThrow().reasons()) {
				assertThat(english.say(reason)).doesNotContain("import.").doesNotContain("{0}");
				assertThat(japanese.say(reason)).isNotEqualTo(english.say(reason)).doesNotContain("import.");
			}
		}
	}

	@Test
	void imapsync() throws Exception {
		Sheet sheet = read("imapsync.txt", SheetOptions.NONE);
		assertThat(rows(sheet)).containsExactly("3 ann@example.org mailbox ann>ann@example.org", "4 bob@example.org mailbox bob>bob@example.org",
				"7 cid@example.org mailbox cid@example.org>cid@example.org");
		assertThat(passwords(sheet)).as("no quotes in this form").containsExactly("3 old s3cret-Ann", "3 new n3w-Ann", "4 old \"quoted\"", "4 new n3w-Bob",
				"7 old p#ss w0rd", "7 new n3w,Cid");
	}

	@Test
	void exchange() throws Exception {
		Sheet sheet = read("exchange.csv", SheetOptions.NONE);
		assertThat(rows(sheet)).containsExactly("2 ann@example.org mailbox contoso\\ann.beebe>null", "3 bob@example.org mailbox bob>null",
				"4 cid@example.org mailbox cid@example.org>null");
		assertThat(passwords(sheet)).containsExactly("2 old 2111991", "3 old p,w\"1", "4 old 3281986");
		assertThat(passwords(read("exchange-staged.csv", SheetOptions.NONE))).containsExactly("2 new Pa$$word1", "3 new Pa$$word2");
		assertThat(passwords(read("exchange.csv", SheetOptions.NONE.withPasswordSides(Set.of(Side.NEW))))).first().isEqualTo("2 new 2111991");
	}

	@Test
	void panels() throws Exception {
		assertThat(rows(read("cpanel.csv", SheetOptions.NONE))).containsExactly("2 ann@example.org mailbox null>null", "3 bob@example.org mailbox null>null");
		assertThat(passwords(read("cpanel-bare.csv", SheetOptions.NONE))).contains("1 old Passw0rd1", "1 new Passw0rd1");
		assertThat(rows(read("cpanel-forwarders.csv", SheetOptions.NONE))).containsExactly("2 info@example.org alias null>null goes=ann@example.org",
				"3 sales@example.org group null>null goes=ann@example.org bob@example.org",
				"5 out@example.org forwarder null>null goes=someone@elsewhere.example", "6 void@example.org alias null>null goes= fault.import.target");
		Sheet plesk = read("plesk.txt", SheetOptions.NONE);
		assertThat(passwords(plesk)).containsExactly("4 old s3cret-Ann");
		assertThat(plesk.hashes()).isEqualTo(1);
		assertThat(rows(read("plesk-list.txt", SheetOptions.NONE))).containsExactly("1 ann@example.org mailbox null>null", "2 bob@example.org mailbox null>null");
		assertThat(passwords(read("plesk.tsv", SheetOptions.NONE))).containsExactly("2 old s3cret-Ann", "3 old s3cret-Bob");
		assertThat(rows(read("kerio-latin.csv", SheetOptions.NONE))).last().isEqualTo("2 bob@example.org mailbox null>null note=Bob Müller");
		assertThat(rows(read("kerio-users.csv", WITH_DOMAIN))).contains("3 wood@example.org alias null>null goes=ewood@example.org");
		assertThat(rows(read("kerio-users.csv", SheetOptions.NONE))).containsOnly("2 fault.import.no-domain", "3 fault.import.no-domain",
				"4 fault.import.no-domain");
		assertThat(rows(read("cloudm.csv", SheetOptions.NONE))).containsExactly("2 ann@example.org mailbox ann>ann@example.org note=Ann Beebe",
				"3 team@example.org group null>null note=Team", "4 fault.import.skipped", "5 fault.import.type");
	}

	@Test
	void serversOwnFiles() throws Exception {
		Sheet passwd = read("passwd.txt", SheetOptions.NONE);
		assertThat(rows(passwd)).first().isEqualTo("2 ann@example.org mailbox ann@example.org>null note=Ann Beebe");
		assertThat(passwords(passwd)).as("hashes are not kept").containsExactly("3 old s3cret-Bob");
		assertThat(passwd.hashes()).isEqualTo(2);
		assertThat(rows(read("postfix-mailboxes.txt", SheetOptions.NONE))).containsExactly("2 ann@example.org mailbox null>null",
				"3 bob@example.org mailbox null>null", "5 *@example.com catch-all null>null");
		Sheet aliases = read("postfix-aliases.txt", SheetOptions.NONE);
		assertThat(rows(aliases)).containsExactly("3 postmaster@example.org alias null>null goes=ann@example.org",
				"4 team@example.org group null>null goes=ann@example.org bob@example.org cid@example.org", "8 ann@example.org mailbox null>null fault.import.copies",
				"9 out@example.org forwarder null>null goes=someone@elsewhere.example", "10 *@example.com catch-all null>null goes=*@example.org",
				"11 *@example.org catch-all null>null goes=ann@example.org");
		assertThat(aliases.domains()).extracting(domain -> domain.name().ascii()).containsExactly("example.net");
		assertThat(rows(read("aliases.txt", WITH_DOMAIN))).last().isEqualTo(
				"5 support@example.org group null>null goes=ann@example.org bob@example.org fault.import.target");
	}

	@Test
	void zones() throws Exception {
		Sheet zone = read("db.example.org", SheetOptions.NONE);
		assertThat(zone.domains()).extracting(domain -> domain.name().ascii() + " " + domain.line()).containsExactly("example.org 8", "lists.example.org 13",
				"sub.example.org 19");
		assertThat(zone.rows()).isEmpty();
		Sheet renamed = Sheet.read("zone", file("db.example.org"), SheetOptions.NONE);
		assertThat(rows(renamed)).as("nobody says what @ is").contains("8 fault.import.zone-origin");
		Sheet bare = text("example.com. IN SOA ns. host. ( 1 2 3 4 5 )\nwww.example.com. A 192.0.2.1\nexample.com. 300 NS ns.example.net.\n$INCLUDE other\n");
		assertThat(bare.domains()).extracting(domain -> domain.name().ascii()).containsExactly("example.com");
		assertThat(bare.faults()).extracting(fault -> fault.reason().id()).containsExactly("fault.import.zone-include", "fault.import.zone-no-mx");
		assertThat(text("$ORIGIN a.example.\n@ SOA x y ( 1\n@ MX 1 m\n").faults()).extracting(fault -> fault.reason().id()).contains("fault.import.zone-syntax");
	}

	@Test
	void tablesWithHeadingsInAnyEncoding() throws Exception {
		for (String name : List.of("table.csv", "table-cp932.csv", "table-utf16.csv")) {
			Sheet sheet = read(name, SheetOptions.NONE);
			assertThat(rows(sheet)).as(name).containsExactly("2 yamada@example.org null null>null note=山田太郎", "3 sato@example.org null null>null note=佐藤花子");
		}
		Sheet marked = Sheet.read("x.csv", "\uFEFFemail;name\nann@example.org;Ann\n".getBytes(StandardCharsets.UTF_8), SheetOptions.NONE);
		assertThat(marked.format().orElseThrow().mark()).isTrue();
		assertThat(marked.format().orElseThrow().delimiter()).isEqualTo(';');
		Sheet asked = Sheet.read("x.csv", "email\nmüller@example.org\n".getBytes(Charset.forName("ISO-8859-1")),
				SheetOptions.NONE.withCharset(StandardCharsets.ISO_8859_1));
		assertThat(rows(asked)).containsExactly("2 müller@example.org null null>null");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '^', value = {
		"fault.import.unknown|lorem ipsum dolor sit amet",
		"fault.import.empty|email,password\\n",
		"fault.import.empty|\\n\\n",
		"fault.csv.missing-column|EmailAddress,UserName,Password\\n",
		"fault.import.cells|h1.example;u;p;h2.example;u@example.org;p;\\nh1;u;p\\nh1;u;p;h2;v@example.org;p;\\nh1;u;p;h2;w@example.org;p;\\nh1;u;p;h2;x@example.org;p;",
		"fault.import.address|email,password\\nnot an@address,x",
		"fault.import.no-domain|email,password\\nann,x",
		"fault.import.user|EmailAddress,UserName\\nann@example.org,^a\\u0001b^",
		"fault.import.type|ExportName,ImportName,ExportObjectType\\na@example.org,a@example.org,Site",
		"fault.import.skipped|ExportName,ImportName,Migrate\\na@example.org,a@example.org,FALSE",
		"fault.csv.quote|email,name\\na@example.org,\"open\\nb@example.org,x",
		"fault.csv.after-quote|email,name\\na@example.org,\"x\"y\\nb@example.org,x",
		"fault.csv.cells|email,name\\na@example.org",
		"fault.roster.kind|address,kind\\na@example.org,boss",
		"fault.roster.goes-to|address,kind,goes_to\\na@example.org,alias,b",
		"fault.roster.catch-all|address,kind\\n*@example.org,",
		"fault.roster.not-catch-all|address,kind\\na@example.org,catch-all"})
	void everyFaultHasAFile(String id, String written) throws Exception {
		String text = written.replace("\\n", "\n").replace("\\u0001", "\u0001").replace("^", "\"");
		Sheet sheet = id.equals("fault.csv.missing-column")
				? Sheet.read("x", text.replace("EmailAddress", "Mail").getBytes(StandardCharsets.UTF_8), SheetOptions.NONE.withDialect(Dialect.EXCHANGE))
				: text(text);
		List<Fault> faults = new ArrayList<>(sheet.faults());
		sheet.rows().forEach(row -> faults.addAll(row.faults()));
		assertThat(faults).extracting(fault -> fault.reason().id()).as(text).contains(id);
		assertThat(faults).allMatch(fault -> FaultKind.of(fault).isPresent());
	}

	@Test
	void noPasswordIsEverSaid() throws Exception {
		for (String name : List.of("imapsync.txt", "exchange.csv", "exchange-staged.csv", "cpanel.csv", "cpanel-bare.csv", "plesk.txt", "plesk.tsv",
				"ispmanager.csv", "kerio.csv", "kerio-users.csv", "cloudm.csv", "table.csv", "passwd.txt")) {
			for (Dialect dialect : Dialect.values()) {
				Set<String> secrets = new HashSet<>();
				Sheet right = read(name, WITH_DOMAIN);
				right.passwords().forEach(password -> secrets.add(new String(password.secret().reveal())));
				assertThat(secrets).as(name).isNotEmpty();
				// also when it is taken for what it is not, the faults do not quote cells that could be passwords
				boolean isTold = dialect.mayHoldPasswords();
				Sheet sheet = isTold ? Sheet.read(name, file(name), WITH_DOMAIN.withDialect(dialect)) : right;
				RosterImport plan = RosterImport.plan(ProjectTexts.of("name: x\n", ""), right, ImportSettings.ADD_DOMAINS);
				String said = right + " " + right.rows() + right.faults() + right.passwords() + plan + plan.rows() + plan.missingDomains() + plan.passwords()
						+ sheet.faults() + sheet.rows().stream().map(SheetRow::faults).toList();
				assertThat(secrets).as(name + " as " + dialect).noneMatch(said::contains);
				right.close();
				assertThat(right.passwords()).allMatch(password -> new String(password.secret().reveal()).chars().allMatch(c -> c == 0));
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"\"", "\"\"\"", ",;\t|:", "a@b.example\n \t", "@", "+-", "| |", "$ORIGIN", "( SOA MX ", "::::::::;", "<a@b.example", "\u0000\u0001\uFFFD"})
	@Timeout(60)
	void hostileTextsAreAnsweredInTime(String seed) throws Exception {
		String text = seed.repeat(400_000 / seed.length());
		for (Dialect dialect : Dialect.values()) {
			Sheet sheet = Sheet.read("x", text.getBytes(StandardCharsets.UTF_8), SheetOptions.NONE.withDialect(dialect));
			assertThat(sheet.rows().size()).isLessThanOrEqualTo(Sheet.MAX_ROWS);
			assertThat(sheet.faults()).hasSizeLessThan(1_000);
		}
		assertThat(text(text).rows().size()).isLessThanOrEqualTo(Sheet.MAX_ROWS);
	}

	@Test
	@Timeout(60)
	void randomBytesNeverFail() throws Exception {
		Random random = new Random(1035);
		byte[] alphabet = "ab@.example\n\r,;:|\t \"'#$<>(){}/\\IN MX SOA 0\u0000\u00e9".getBytes(StandardCharsets.UTF_8);
		for (int run = 0; run < 3_000; run++) {
			byte[] bytes = new byte[random.nextInt(200)];
			for (int i = 0; i < bytes.length; i++) {
				bytes[i] = alphabet[random.nextInt(alphabet.length)];
			}
			Dialect[] dialects = Dialect.values();
			SheetOptions options = random.nextBoolean() ? WITH_DOMAIN : SheetOptions.NONE;
			Sheet.read("x", bytes, random.nextInt(4) == 0 ? options : options.withDialect(dialects[random.nextInt(dialects.length)]));
		}
	}

	@Test
	void tooMuchIsRefused() throws Exception {
		assertThat(Sheet.read("x", new byte[Sheet.MAX_BYTES + 1], SheetOptions.NONE).faults()).extracting(fault -> fault.reason().id())
				.containsExactly("fault.file.too-large");
		Sheet wrong = text("email\n" + "x y@z\n".repeat(20_000));
		assertThat(wrong.rows()).hasSize(10_000);
		assertThat(wrong.faults()).extracting(fault -> fault.reason().id()).containsExactly("fault.more-errors");
		Thread.currentThread().interrupt();
		assertThatThrownBy(() -> text("email\na@example.org\n")).isInstanceOf(InterruptedException.class);
	}

	@Test
	void everyDialectHasANameInBothLanguages() {
		for (Locale locale : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
			Phrases words = Phrases.of(locale, List.of());
			assertThat(Arrays.stream(Dialect.values()).map(dialect -> words.say("dialect." + dialect.token()))).noneMatch(name -> name.startsWith("dialect."));
		}
		assertThat(Phrases.bundle(Sheet.class, Locale.JAPANESE).keySet()).isEqualTo(Phrases.bundle(Sheet.class, Locale.ENGLISH).keySet());
	}
}
