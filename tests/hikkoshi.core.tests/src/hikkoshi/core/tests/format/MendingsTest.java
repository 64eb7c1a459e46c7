package hikkoshi.core.tests.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import hikkoshi.core.format.Fault;
import hikkoshi.core.format.FaultKind;
import hikkoshi.core.format.Mending;
import hikkoshi.core.format.MendingRun;
import hikkoshi.core.format.Mendings;
import hikkoshi.core.format.MigrationFiles;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.format.TextFiles;
import hikkoshi.core.format.TextEdit;
import hikkoshi.core.text.Phrases;

class MendingsTest {
	@TempDir
	Path folder;

	private String yaml = Projects.MIGRATION;
	private String csv = Projects.MAILBOXES;
	private String checklist = Projects.CHECKLIST;

	private Map<String, String> texts() {
		Map<String, String> texts = new HashMap<>();
		texts.put(MigrationProject.MIGRATION_FILE, yaml);
		texts.put(MigrationProject.MAILBOXES_FILE, csv);
		texts.put(MigrationProject.CHECKLIST_FILE, checklist);
		return texts;
	}

	/// The one fault of a kind that the texts have.
	private Fault fault(FaultKind kind) throws IOException {
		MigrationProject project = MigrationFiles.load(folder, texts());
		return project.faults().stream().filter(fault -> FaultKind.of(fault).orElseThrow() == kind).findFirst()
				.orElseThrow(() -> new AssertionError(kind + " is not among " + project.faults()));
	}

	private List<Mending> ways(FaultKind kind) throws IOException {
		return new Mendings(texts(), Locale.ENGLISH).of(fault(kind));
	}

	/// Mends it in the only way there is; the fault is gone afterwards.
	private Mending mend(FaultKind kind) throws IOException {
		List<Mending> ways = ways(kind);
		assertThat(ways).as(kind.toString()).hasSize(1);
		return mend(kind, ways.getFirst());
	}

	private Mending mend(FaultKind kind, Mending way) throws IOException {
		String words = Phrases.of(Locale.ENGLISH, List.of()).say(way.what());
		assertThat(words).isNotBlank().doesNotStartWith("mend.").doesNotContain("{");
		way.edits().forEach((file, edits) -> {
			switch (file) {
				case MigrationProject.MIGRATION_FILE -> yaml = TextEdit.apply(yaml, edits);
				case MigrationProject.MAILBOXES_FILE -> csv = TextEdit.apply(csv, edits);
				default -> checklist = TextEdit.apply(checklist, edits);
			}
		});
		assertThat(MigrationFiles.load(folder, texts()).faults()).as(words).noneMatch(fault -> FaultKind.of(fault).orElseThrow() == kind);
		return way;
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"YAML_UNKNOWN_KEY_NEAR | quiet: 72h | quite: 72h | quiet: 72h",
			"YAML_NOT_TEXT | name: Example move | name: 2026 | name: \"2026\"",
			"YAML_NOT_NUMBER | canaries: 3 | canaries: \"3\" | canaries: 3",
			"YAML_NOT_LIST | addresses: [192.0.2.2] | addresses: 192.0.2.2, 192.0.2.3 | addresses: [192.0.2.2, 192.0.2.3]",
			"DURATION_BAD | quiet: 72h | quiet: 72 hours | quiet: 72h",
			"ADDRESS_DUPLICATE | addresses: [192.0.2.2] | addresses: [192.0.2.2, 192.0.2.2] | addresses: [192.0.2.2]",
			"ENDPOINT_BAD | imap:993/tls | imaps | imap:993/tls",
			"ENDPOINT_BAD | imap:993/tls | imap:993 | imap:993/tls",
			"PROTOCOL_UNKNOWN | imap:993/tls | impa:993/tls | imap:993/tls",
			"SECURITY_UNKNOWN | imap:993/tls | imap:993/ssl | imap:993/tls",
			"ENDPOINT_SECURITY | imap:993/tls | imap:993/starttls | imap:993/tls",
			"ENDPOINT_PROTOCOL | imap:993/tls | pop3:993/tls | imap:993/tls",
			"CUTOVER_BAD | cutover: 2026-12-01T20:00:00+09:00 | cutover: 2026/12/01 20:00 +0900 | cutover: \"2026-12-01T20:00+09:00\"",
			"NAME_SERVER_BAD | 9.9.9.9 | 9.9.9.9:53 | 9.9.9.9#53",
			"DOMAIN_BAD | name: example.org | name: \"@example.org\" | name: \"example.org\"",
			"DURATION_BAD | quiet: 72h | quiet: 3 days | quiet: \"3d\""})
	void aWordOfMigrationYaml(FaultKind kind, String sound, String broken, String mended) throws IOException {
		yaml = SAMPLE;
		assertThat(yaml).contains(sound);
		String before = yaml;
		yaml = yaml.replaceFirst(Pattern.quote(sound), Matcher.quoteReplacement(broken));
		mend(kind);
		assertThat(yaml).isEqualTo(before.replaceFirst(Pattern.quote(sound), Matcher.quoteReplacement(mended)));
	}

	private static final String SAMPLE = """
			format: hikkoshi/1
			name: Example move
			servers:
			  old:
			    - key: mx-old   # the old one
			      name: mail.old.example
			      addresses: [192.0.2.1]
			      endpoints: [imap:143/starttls]
			  new:
			    - key: mx-new
			      name: mail.new.example
			      addresses: [192.0.2.2]
			      endpoints:
			        - imap:993/tls
			domains:
			  - name: example.org
			    wave: first
			  - example.com
			waves:
			  - key: first
			    cutover: 2026-12-01T20:00:00+09:00
			  - key: main
			dns:
			  resolvers: [{label: Quad9, address: 9.9.9.9}]
			policy:
			  quiet: 72h
			  canaries: 3
			""";

	@Test
	void aWordThatCouldBeAnythingIsAPersonsToMend() throws IOException {
		for (String[] change : new String[][] {{"quiet: 72h", "quiet: 72"}, {"cutover: 2026-12-01T20:00:00+09:00", "cutover: 2026-12-01T20:00:00"},
				{"imap:993/tls", "imap:1993"}, {"example.com", "example..com"}}) {
			yaml = SAMPLE.replace(change[0], change[1]);
			MigrationProject project = MigrationFiles.load(folder, texts());
			assertThat(project.hasErrors()).as(change[1]).isTrue();
			Mendings mendings = new Mendings(texts(), Locale.ENGLISH);
			assertThat(project.faults().stream().filter(fault -> fault.severity() == Fault.Severity.ERROR && fault.file().endsWith(".yaml"))
					.flatMap(fault -> mendings.of(fault).stream())).as(change[1]).isEmpty();
		}
	}

	@Test
	void aKeyIsNotRenamedOverOneThatIsThere() throws IOException {
		yaml = SAMPLE + "  quite: 1h\n";
		assertThat(ways(FaultKind.YAML_UNKNOWN_KEY_NEAR)).isEmpty();
	}

	@Test
	void theSecurityOfAnEndpointInLongForm() throws IOException {
		yaml = SAMPLE.replace("- imap:993/tls", "- protocol: imap\n          port: 993\n          security: starttls   # really?");
		mend(FaultKind.ENDPOINT_SECURITY);
		assertThat(yaml).contains("security: tls   # really?");
	}

	@Test
	void whatIsThereTwiceAndSaysTheSameGoesOnce() throws IOException {
		yaml = SAMPLE.replace("  - example.com\n", "  - example.com\n  - example.org\n");
		mend(FaultKind.DOMAIN_DUPLICATE);
		assertThat(yaml).isEqualTo(SAMPLE);
		yaml = SAMPLE.replace("- imap:993/tls", "- imap:993/tls\n        - imap:993/tls");
		mend(FaultKind.ENDPOINT_DUPLICATE);
		assertThat(yaml).isEqualTo(SAMPLE);
		yaml = SAMPLE.replace("  quiet: 72h\n", "  quiet: 72h\n  quiet: 72h\n");
		mend(FaultKind.YAML_DUPLICATE_KEY);
		assertThat(yaml).isEqualTo(SAMPLE);
	}

	@Test
	void whatIsThereTwiceButSaysSomethingElseStays() throws IOException {
		yaml = SAMPLE.replace("  - example.com\n", "  - example.com\n  - name: example.org\n    wave: main\n");
		assertThat(ways(FaultKind.DOMAIN_DUPLICATE)).isEmpty();
		yaml = SAMPLE.replace("- imap:993/tls", "- imap:993/tls\n        - pop3:993/tls");
		assertThat(ways(FaultKind.ENDPOINT_DUPLICATE)).isEmpty();
		yaml = SAMPLE.replace("  quiet: 72h\n", "  quiet: 72h\n  quiet: 1h\n");
		assertThat(ways(FaultKind.YAML_DUPLICATE_KEY)).isEmpty();
		// a comment is somebody's word, too
		yaml = SAMPLE.replace("  - example.com\n", "  - example.com\n  - example.org   # Ann asked for it\n");
		assertThat(ways(FaultKind.DOMAIN_DUPLICATE)).isEmpty();
	}

	@Test
	void aPasswordIsRemovedOnlyWhenAsked() throws IOException {
		yaml = SAMPLE.replace("      name: mail.new.example\n", "      name: mail.new.example\n      password: hunter2\n");
		Mending way = mend(FaultKind.YAML_PASSWORD);
		assertThat(way.care()).isEqualTo(Mending.Care.REMOVES);
		assertThat(yaml).isEqualTo(SAMPLE);
		assertThat(way.what().toString()).doesNotContain("hunter2");
		csv = "address,Password,note\r\nann@example.org,hunter2,x\r\nbob@example.com,\"a,b\",\r\n";
		assertThat(mend(FaultKind.CSV_PASSWORD_COLUMN).care()).isEqualTo(Mending.Care.REMOVES);
		assertThat(csv).isEqualTo("address,note\r\nann@example.org,x\r\nbob@example.com,\r\n");
		csv = "password;address\nhunter2;ann@example.org\n;bob@example.com\n";
		mend(FaultKind.CSV_PASSWORD_COLUMN);
		assertThat(csv).isEqualTo("address\nann@example.org\nbob@example.com\n");
	}

	@Test
	void theFormatLineStandsAtTheTop() throws IOException {
		yaml = "# about it\n" + SAMPLE.replace("format: hikkoshi/1\n", "");
		mend(FaultKind.FORMAT_MISSING);
		assertThat(yaml).isEqualTo("# about it\n" + SAMPLE);
	}

	@Test
	void tabsAreSpaces() throws IOException {
		yaml = SAMPLE.replace("  quiet: 72h", "\tquiet: 72h").replace("  canaries: 3", "\tcanaries: 3");
		mend(FaultKind.YAML_TAB);
		assertThat(yaml).isEqualTo(SAMPLE);
	}

	@Test
	void serversOfADomainThatAreSwapped() throws IOException {
		yaml = SAMPLE.replace("    wave: first\n", "    wave: first\n    old: mx-new\n    new: mx-old\n");
		mend(FaultKind.DOMAIN_SERVER_SIDE);
		assertThat(yaml).contains("    old: mx-old\n    new: mx-new\n");
		yaml = SAMPLE.replace("    wave: first\n", "    wave: first\n    old: mx_old\n");
		mend(FaultKind.DOMAIN_SERVER_UNKNOWN);
		assertThat(yaml).contains("    old: mx-old\n");
	}

	@Test
	void aWaveIsMisspeltOrNew() throws IOException {
		yaml = SAMPLE.replace("wave: first", "wave: frist");
		List<Mending> ways = ways(FaultKind.WAVE_UNKNOWN);
		assertThat(ways).extracting(way -> way.what().id()).containsExactly("mend.replace", "mend.add-wave");
		mend(FaultKind.WAVE_UNKNOWN, ways.getFirst());
		assertThat(yaml).isEqualTo(SAMPLE);
		yaml = SAMPLE.replace("wave: first", "wave: spring");
		mend(FaultKind.WAVE_UNKNOWN);
		assertThat(yaml).contains("  - key: main\n  - key: spring\n");
	}

	@Test
	void timeoutsFitIntoEachOther() throws IOException {
		yaml = SAMPLE + "  read-timeout: 2m\n  probe-timeout: 30s\n";
		mend(FaultKind.POLICY_TIMEOUTS);
		assertThat(yaml).contains("probe-timeout: 2m");
	}

	@Test
	void aDomainThatOnlyMailboxesKnow() throws IOException {
		yaml = SAMPLE;
		csv = "address,wave\nann@example.org,\nbob@third.example,main\nbob@exmaple.org,\ncarl@日本語.example,\n";
		List<Fault> faults = MigrationFiles.load(folder, texts()).faults().stream().filter(f -> FaultKind.of(f).orElseThrow() == FaultKind.MAILBOX_DOMAIN)
				.toList();
		Mendings mendings = new Mendings(texts(), Locale.ENGLISH);
		assertThat(mendings.of(faults.get(0))).extracting(Mending::what).extracting(Object::toString).singleElement().asString().contains("third.example, main");
		assertThat(mendings.of(faults.get(1))).extracting(way -> way.what().id()).containsExactly("mend.replace", "mend.add-domain-in-wave",
				"mend.add-domain-in-wave");
		assertThat(mendings.of(faults.get(2))).hasSize(2);
		Mendings.Batch batch = Mendings.together(faults.stream().map(fault -> mendings.of(fault).getFirst()).toList());
		batch.edits().forEach((file, edits) -> {
			if (file.equals(MigrationProject.MIGRATION_FILE)) {
				yaml = TextEdit.apply(yaml, edits);
			} else {
				csv = TextEdit.apply(csv, edits);
			}
		});
		assertThat(MigrationFiles.load(folder, texts()).hasErrors()).isFalse();
		assertThat(csv).contains("bob@example.org").doesNotContain("exmaple");
		assertThat(yaml).contains("third.example").contains("日本語.example");
	}

	@Test
	void aDomainIsNotAddedWhereAServerMustBeChosen() throws IOException {
		yaml = SAMPLE.replace("domains:\n", "    - key: mx-2\n      name: two.new.example\n      addresses: [192.0.2.3]\n      endpoints: [imap:993/tls]\ndomains:\n")
				.replace("    wave: first\n", "    wave: first\n    new: mx-2\n");
		csv = "address\nbob@third.example\n";
		assertThat(ways(FaultKind.MAILBOX_DOMAIN)).isEmpty();
	}

	@Test
	void theSameDomainOfManyMailboxesIsAddedOnce() throws IOException {
		yaml = SAMPLE.replace("waves:\n  - key: first\n    cutover: 2026-12-01T20:00:00+09:00\n  - key: main\n", "").replace("    wave: first\n", "");
		csv = "address\na@third.example\nb@third.example\nc@fourth.example\n";
		MendingRun.Result result = new MendingRun(folder, Locale.ENGLISH, way -> true).run(texts());
		assertThat(result.done()).hasSize(2);
		assertThat(result.texts().get(MigrationProject.MIGRATION_FILE)).containsOnlyOnce("third.example").containsOnlyOnce("fourth.example");
		assertThat(result.after().hasErrors()).isFalse();
	}

	@Test
	void aSecondLineOfAnAddressGoesWhenItSaysNothingNew() throws IOException {
		csv = "address,old_user,note\r\nann@example.org,ann@example.org,boss\r\nbob@example.com,,\r\nann@EXAMPLE.org,,\r\n";
		mend(FaultKind.MAILBOX_DUPLICATE);
		assertThat(csv).isEqualTo("address,old_user,note\r\nann@example.org,ann@example.org,boss\r\nbob@example.com,,\r\n");
		csv = "address,note\nann@example.org,boss\nbob@example.com,\nann@example.org,another note";
		assertThat(ways(FaultKind.MAILBOX_DUPLICATE)).isEmpty();
		csv = "address,old_user\nann@example.org,ann\nbob@example.com,\nann@example.org,";
		assertThat(ways(FaultKind.MAILBOX_DUPLICATE)).isEmpty();
	}

	@Test
	void cellsOfTheRoster() throws IOException {
		csv = "adress,old_user,note\nann@example.org,ann,\n\"Bob <bob@example.com>\",bob\n,,\n";
		mend(FaultKind.CSV_UNKNOWN_COLUMN_NEAR);
		mend(FaultKind.CSV_CELLS);
		mend(FaultKind.MAILBOX_ADDRESS);
		mend(FaultKind.MAILBOX_NO_ADDRESS);
		assertThat(csv).isEqualTo("address,old_user,note\nann@example.org,ann,\n\"bob@example.com\",bob,\n");
		csv = "email,note\nann@example.org,said \"hi\"\nbob@example.com,x,,\n";
		mend(FaultKind.CSV_MISSING_COLUMN);
		mend(FaultKind.CSV_QUOTE_IN_TEXT);
		mend(FaultKind.CSV_CELLS);
		assertThat(csv).isEqualTo("address,note\nann@example.org,\"said \"\"hi\"\"\"\nbob@example.com,x\n");
		csv = "address,note\nann@example.org,x,more\n";
		assertThat(ways(FaultKind.CSV_CELLS)).isEmpty();
		csv = "address,kind\nann@example.org,\nbob@example.com,alais\n";
		mend(FaultKind.ROSTER_KIND);
		csv = "ann@example.org\nbob@example.com\n";
		mend(FaultKind.CSV_NO_HEADER);
		assertThat(csv).isEqualTo("address\nann@example.org\nbob@example.com\n");
	}

	@Test
	void aMailboxMovesWithItsDomain() throws IOException {
		yaml = SAMPLE;
		csv = "address,wave\nann@example.org,\"main\"\nbob@example.com,\n";
		mend(FaultKind.MAILBOX_WAVE);
		assertThat(csv).isEqualTo("address,wave\nann@example.org,\"first\"\nbob@example.com,\n");
	}

	@Test
	void aGateWantsWhatAServerLacks() throws IOException {
		yaml = SAMPLE;
		checklist = """
				format: hikkoshi-checklist/1
				phases:
				  - key: cutover
				    title: Cutover
				    steps:
				      - key: prove
				        title: Prove
				        gates:
				          - accounts: {protocols: [imap, pop3]}
				          - steps: [proof]
				""";
		List<Mending> ways = ways(FaultKind.GATE_NOT_SERVED);
		assertThat(ways).extracting(way -> way.what().id()).containsExactly("mend.add-endpoint", "mend.gate-without");
		mend(FaultKind.GATE_NOT_SERVED, ways.get(1));
		assertThat(checklist).contains("{protocols: [imap]}");
		mend(FaultKind.GATE_STEP_UNKNOWN);
	}

	@Test
	void filesThatAreMissingComeFromTheirTemplates() throws IOException {
		Files.writeString(folder.resolve(MigrationProject.MIGRATION_FILE), SAMPLE);
		MendingRun.Result result = new MendingRun(folder, Locale.JAPANESE, way -> true).run(TextFiles.read(folder).texts());
		assertThat(result.texts()).containsOnlyKeys(MigrationProject.MAILBOXES_FILE, MigrationProject.CHECKLIST_FILE);
		assertThat(result.after().checklist()).isPresent();
	}

	@Test
	void aFaultOfTextsThatHaveChangedSinceHasNoMending() throws IOException {
		csv = "address,note\nann@example.org,a\nbob@example.com,b\nann@example.org,\n";
		Fault fault = fault(FaultKind.MAILBOX_DUPLICATE);
		csv = "address,note\nann@example.org,a\n";
		assertThat(new Mendings(texts(), Locale.ENGLISH).of(fault)).isEmpty();
		yaml = "";
		assertThat(new Mendings(texts(), Locale.ENGLISH).of(new Fault(MigrationProject.MIGRATION_FILE, 90, 4, Fault.Severity.ERROR, fault.reason()))).isEmpty();
	}

	@Test
	void theEncodingOfAFileStays() throws IOException {
		Charset japanese = Charset.forName("windows-31j");
		Projects.write(folder, SAMPLE, "", Projects.CHECKLIST);
		Files.write(folder.resolve(MigrationProject.MAILBOXES_FILE), "adress,note\r\nann@example.org,社長\r\nbob@example.com,\r\n".getBytes(japanese));
		TextFiles files = TextFiles.read(folder);
		MendingRun.Result result = new MendingRun(folder, Locale.ENGLISH, way -> way.care() == Mending.Care.PLAIN).run(files.texts());
		files.write(result.texts());
		assertThat(Files.readString(folder.resolve(MigrationProject.MAILBOXES_FILE), japanese)).isEqualTo("address,note\r\nann@example.org,社長\r\nbob@example.com,\r\n");
		assertThat(Files.readString(folder.resolve(MigrationProject.MIGRATION_FILE), StandardCharsets.UTF_8)).isEqualTo(SAMPLE);
	}

	@Test
	void moreFaultsThanAreListedAreMendedAllTheSame() throws IOException {
		StringBuilder rows = new StringBuilder("address,old_user,note\n");
		for (int i = 0; i < 3_000; i++) {
			rows.append("u").append(i).append("@example.org,u").append(i).append('\n');
		}
		yaml = SAMPLE;
		csv = rows + "bob@example.com,,\n";
		MendingRun.Result result = new MendingRun(folder, Locale.ENGLISH, way -> true).run(texts());
		assertThat(result.done()).hasSize(3_000);
		assertThat(result.after().faults()).noneMatch(fault -> fault.file().equals(MigrationProject.MAILBOXES_FILE));
	}
}
