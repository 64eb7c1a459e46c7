package hikkoshi.core.tests.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import hikkoshi.core.format.Parsed;
import hikkoshi.core.format.Roster;
import hikkoshi.core.format.TextFile;

class RosterTest {
	private static final String HEADER = "address,old_user,new_user,wave,note\n";

	private static List<String> faults(String text) {
		return Projects.brief(Roster.parse(text).faults()).stream().map(line -> line.substring("mailboxes.csv:".length())).toList();
	}

	private static List<Roster.Row> rows(String text) {
		return Roster.parse(text).value().orElseThrow().rows();
	}

	@Test
	void emptyUsersAreTheAddress() {
		Roster.Row row = rows(HEADER + "Ann@EXAMPLE.org,,ann-new,,\n").getFirst();
		assertThat(row.address().toString()).isEqualTo("Ann@example.org");
		assertThat(row.oldUser()).isEqualTo("Ann@example.org");
		assertThat(row.newUser()).isEqualTo("ann-new");
		assertThat(row.line()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = {",", ";", "\t"})
	void theHeaderTellsTheDelimiterAndTheOrder(String delimiter) {
		String text = "note,Wave,New-User,old user,ADDRESS\r\n\"a,b;c\td\",first,n,o,ann@example.org\r\n".replace("note,Wave,New-User,old user,ADDRESS",
				String.join(delimiter, "note", "Wave", "New-User", "old user", "ADDRESS"))
				.replace("\",first,n,o,", "\"" + String.join(delimiter, "", "first", "n", "o", ""));
		assertThat(faults(text)).isEmpty();
		Roster.Row row = rows(text).getFirst();
		assertThat(List.of(row.note(), row.wave(), row.newUser(), row.oldUser())).containsExactly("a,b;c\td", "first", "n", "o");
	}

	@Test
	void faultsNameLineAndColumn() {
		assertThat(faults(HEADER + """
				ann@example.org,,,,

				not an address,,,,
				,x,y,,
				ann@example.org,,,,
				ANN@example.org,,,,
				bob@example.org,b
				cid@example.org,"a
				b",,,
				dan@192.0.2.1,,,,
				""")).containsExactly(
				"4:1 fault.mailbox.address [not an address]",
				"5:1 fault.mailbox.no-address []",
				"6:1 fault.mailbox.duplicate [ann@example.org, 2]",
				"7:1 fault.mailbox.duplicate-case [ANN@example.org, 2]",
				"8:1 fault.csv.cells [2, 5]",
				"9:17 fault.mailbox.user [old_user]",
				"11:1 fault.mailbox.address [dan@192.0.2.1]");
	}

	@Test
	void anUnbalancedQuoteIsNamedByTheLineWhereItOpens() {
		assertThat(faults(HEADER + "a@example.org,,,,\nb@example.org,\"b,,,\nc@example.org,,,,\n")).containsExactly("3:15 fault.csv.quote []");
		assertThat(rows(HEADER + "a@example.org,,,,\nb@example.org,\"b,,,\nc@example.org,,,,\n")).as("the rest is read").hasSize(2);
		assertThat(faults(HEADER + "b@example.org,\"b,,,\nc@example.org,,,,\nd@example.org,\"d\",,,\n"))
				.containsExactly("2:15 fault.csv.after-quote [4]");
		assertThat(faults(HEADER + "b@example.org,b\"x\",,,\n")).containsExactly("2:15 fault.csv.quote-in-text []");
	}

	@ParameterizedTest
	@ValueSource(strings = {"password", "IMAP Pass", "old_password", "パスワード", "新パスワード（仮）", "pw", "PASSWD", "secret", "passphrase"})
	void aPasswordColumnIsAnError(String column) {
		assertThat(faults("address," + column + "\na@example.org,x\n")).containsExactly("1:9 fault.csv.password-column [" + column + "]");
	}

	@Test
	void headings() {
		assertThat(faults("address,passenger\na@example.org,\n")).containsExactly(
				"1:9 fault.csv.unknown-column [passenger, address, old_user, new_user, wave, note, kind, goes_to]");
		assertThat(faults("address,newuser\na@example.org,\n")).containsExactly("1:9 fault.csv.unknown-column-near [newuser, new_user]");
		assertThat(faults("address,note,note\na@example.org,,\n")).containsExactly("1:14 fault.csv.duplicate-column [note]");
		assertThat(faults("a@example.org,ann\n")).containsExactly("1:1 fault.csv.no-header []");
		assertThat(faults("wave,note\nx,y\n")).containsExactly("1:1 fault.csv.missing-column [address]");
		assertThat(faults("")).containsExactly("0:0 fault.csv.no-header []");
		assertThat(faults(HEADER)).containsExactly("0:0 fault.mailboxes.none []");
	}

	@Test
	void addressesWithoutAMailboxHaveAKindAndTargets() {
		String text = """
				address,old_user,new_user,wave,note,Kind,Goes To
				ann@example.org,,,,,,
				bob@example.org,,,,,mailbox,
				info@example.org,,,first,Reception,alias,ann@example.org
				all@example.org,,,,,group, ann@example.org  bob@example.com\t
				old@example.org,,,,,forwarder,
				*@example.org,,,,,catch-all,ann@example.org
				@example.com,,,,,catch-all,*@example.org
				""";
		assertThat(faults(text)).isEmpty();
		assertThat(rows(text)).extracting(row -> row.address() + " " + row.kind() + " " + row.goesTo() + " " + row.goesToColumn()).containsExactly(
				"ann@example.org null [] 0", "bob@example.org null [] 0", "info@example.org ALIAS [ann@example.org] 42",
				"all@example.org GROUP [ann@example.org, bob@example.com] 27", "old@example.org FORWARDER [] 0",
				"*@example.org CATCH_ALL [ann@example.org] 29", "*@example.com CATCH_ALL [*@example.org] 28");
	}

	@Test
	void kindsThatCannotBeAreNamed() {
		assertThat(faults("""
				address,old_user,kind,goes_to
				a@example.org,,allias,
				b@example.org,,catch-all,
				*@example.org,,,
				@example.com,,alias,
				c@example.org,,alias,ann@example.org bob
				d@example.org,,alias,ann@example.org;bob@example.org
				e@example.org,e,alias,
				f@example.org,f,,ann@example.org
				@,,catch-all,
				""")).containsExactly(
				"2:16 fault.roster.kind [allias, mailbox, alias, group, forwarder, catch-all]",
				"3:1 fault.roster.not-catch-all [b@example.org]",
				"4:1 fault.roster.catch-all [*@example.org]",
				"5:1 fault.roster.catch-all [*@example.com]",
				"6:22 fault.roster.goes-to [bob]",
				"7:22 fault.roster.goes-to [ann@example.org;bob@example.org]",
				"8:15 fault.roster.no-login [old_user, alias]",
				"9:18 fault.roster.mailbox-goes-to [f@example.org]",
				"10:1 fault.mailbox.address [@]");
	}

	@Test
	void encodings() {
		String text = HEADER + "ann@example.org,,,,営業部の山田さん①\n";
		for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
			byte[] marked = ("\uFEFF" + text).getBytes(charset);
			assertThat(Roster.parse(marked).faults()).as(charset.name()).isEmpty();
			assertThat(Roster.parse(marked).value().orElseThrow()).isEqualTo(Roster.parse(text).value().orElseThrow());
		}
		assertThat(Roster.parse(text.getBytes(StandardCharsets.UTF_8)).faults()).isEmpty();
		Parsed<Roster> japanese = Roster.parse(text.getBytes(Charset.forName("windows-31j")));
		assertThat(Projects.ids(japanese.faults())).containsExactly("fault.file.cp932");
		assertThat(japanese.hasErrors()).isFalse();
		assertThat(japanese.value().orElseThrow().rows().getFirst().note()).isEqualTo("営業部の山田さん①");
		byte[] neither = (HEADER + "ann@example.org,,,,").getBytes(StandardCharsets.UTF_8);
		byte[] broken = Arrays.copyOf(neither, neither.length + 2);
		broken[neither.length] = (byte) 0x81;
		broken[neither.length + 1] = (byte) 0xff;
		assertThat(Projects.brief(Roster.parse(broken).faults())).containsExactly("mailboxes.csv:2:20 fault.file.encoding []");
	}

	@Test
	void aFileIsWrittenBackAsItWasEncoded() throws IOException {
		for (String charset : List.of("UTF-8", "windows-31j", "UTF-16LE")) {
			byte[] bytes = ((charset.startsWith("UTF-16") ? "\uFEFF" : "") + "住所,é①".replace("é", charset.startsWith("w") ? "e" : "é")).getBytes(charset);
			TextFile file = TextFile.decode(bytes, "x").value().orElseThrow();
			assertThat(file.encode(file.text())).isEqualTo(bytes);
		}
		byte[] marked = "\uFEFFa".getBytes(StandardCharsets.UTF_8);
		TextFile file = TextFile.decode(marked, "x").value().orElseThrow();
		assertThat(file.text()).isEqualTo("a");
		assertThat(file.encode("b")).isEqualTo("\uFEFFb".getBytes(StandardCharsets.UTF_8));
	}

	/// Our reader keeps the place of every cell, so it is our own; Commons CSV is the judge of what it reads.
	@Test
	void readsWhatCommonsCsvWrites() throws IOException {
		Random random = new Random(932);
		String pieces = "ab ,;\t\"\n\r\u3042é";
		for (int run = 0; run < 500; run++) {
			char delimiter = ",;\t".charAt(random.nextInt(3));
			StringBuilder text = new StringBuilder();
			List<String> notes = new ArrayList<>();
			try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180.builder().setDelimiter(delimiter)
					.setRecordSeparator(random.nextBoolean() ? "\r\n" : "\n").setQuoteMode(random.nextBoolean() ? QuoteMode.ALL : QuoteMode.MINIMAL).get())) {
				printer.printRecord("note", "address", "wave");
				for (int row = 0; row < 5; row++) {
					StringBuilder note = new StringBuilder();
					for (int i = random.nextInt(8); i > 0; i--) {
						note.append(pieces.charAt(random.nextInt(pieces.length())));
					}
					notes.add(note.toString().strip());
					printer.printRecord(note, "user" + row + "@example.org", "");
				}
			}
			assertThat(faults(text.toString())).as(text.toString()).isEmpty();
			assertThat(rows(text.toString())).as(text.toString()).extracting(Roster.Row::note).isEqualTo(notes);
		}
	}

	@Test
	@Timeout(60)
	void fiftyThousandRows() {
		StringBuilder text = new StringBuilder(HEADER);
		for (int i = 0; i < 50_000; i++) {
			text.append("user").append(i).append("@example.org,user").append(i).append(",,main,\"note ").append(i).append("\"\n");
		}
		Parsed<Roster> parsed = Roster.parse(text.toString().getBytes(StandardCharsets.UTF_8));
		assertThat(parsed.faults()).isEmpty();
		assertThat(parsed.value().orElseThrow().rows()).hasSize(50_000);
	}

	@Test
	@Timeout(60)
	void hugeFilesAreAnsweredAndBounded() {
		assertThat(Projects.ids(Roster.parse(new byte[50_000_001]).faults())).containsExactly("fault.file.too-large");
		ByteArrayOutputStream rows = new ByteArrayOutputStream();
		rows.writeBytes(HEADER.getBytes(StandardCharsets.UTF_8));
		for (int i = 0; i < 1_500_000; i++) {
			rows.writeBytes((Integer.toString(i, 36) + "@a.example,,,,\n").getBytes(StandardCharsets.UTF_8));
		}
		assertThat(Projects.ids(Roster.parse(rows.toByteArray()).faults())).containsExactly("fault.csv.rows");
		String quotes = HEADER + "\"a\n".repeat(2_000_000);
		assertThat(Roster.parse(quotes).faults()).hasSizeLessThan(200).isNotEmpty();
		assertThat(Projects.ids(Roster.parse(HEADER + "\"" + "x".repeat(20_000_000)).faults())).contains("fault.csv.quote");
		assertThat(Roster.parse(HEADER + ",".repeat(10_000_000)).faults()).isNotEmpty();
	}
}
