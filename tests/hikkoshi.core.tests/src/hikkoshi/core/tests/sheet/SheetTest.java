package hikkoshi.core.tests.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.Facts.Tree;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Authentication;
import hikkoshi.core.model.ClientNames;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Door;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Mailbox;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Target;
import hikkoshi.core.model.Wave;
import hikkoshi.core.sheet.Setup;
import hikkoshi.core.sheet.SetupPlan;
import hikkoshi.core.sheet.SheetBatch;
import hikkoshi.core.sheet.SheetFormat;
import hikkoshi.core.sheet.SideSetup;
import hikkoshi.core.tests.gate.MemoryEvidence;

/// Which names and addresses people are told, and that the files say just that.
class SheetTest {
	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
	private static final Instant CUTOVER = Instant.parse("2026-03-10T11:00:00Z");
	private static final String SHA = "ab".repeat(32);

	@TempDir
	Path folder;
	private final MemoryEvidence evidence = new MemoryEvidence();

	private static Server server(Side side, String name, @Nullable String setup, Endpoint... endpoints) {
		List<Endpoint> doors = endpoints.length > 0 ? List.of(endpoints)
				: List.of(new Endpoint(Protocol.IMAP, 143, Security.STARTTLS), new Endpoint(Protocol.IMAP, 993, Security.TLS),
						new Endpoint(Protocol.SUBMISSION, 587, Security.STARTTLS), new Endpoint(Protocol.SMTP, 25, Security.STARTTLS));
		return new Server("mx-" + side.token(), side, DomainName.parse(name),
				Stream.of("2001:db8::" + (side.ordinal() + 1), "192.0.2." + (side.ordinal() + 1)).map(InetAddress::ofLiteral).toList(), doors, List.of(),
				Authentication.PASSWORD, new ClientNames(setup == null ? null : DomainName.parse(setup), side == Side.NEW ? DomainName.parse("mail.example.org") : null));
	}

	private static Mailbox mailbox(String address, String oldUser, String newUser) {
		return new Mailbox(EmailAddress.parse(address), oldUser, newUser, "main", "", 2);
	}

	private static Migration migration(Server old, Server fresh, @Nullable Instant cutover, Mailbox... mailboxes) {
		return new Migration("test", List.of(old, fresh), List.of(new Domain(DomainName.parse("example.org"), "main", old.key(), fresh.key())),
				List.of(new Wave("main", cutover)), List.of(mailboxes), DnsSettings.DEFAULT, List.of(), Policy.DEFAULT);
	}

	private static final Mailbox ANN = mailbox("ann@example.org", "ann", "ann@example.org");

	private void seen(String probe, Target.Id target, Outcome outcome, Reason reason, Facts facts, Duration ago) {
		evidence.add(new Evidence(probe, target, NOW.minus(ago), Duration.ZERO, outcome, reason, facts));
	}

	private void leads(Server server, Outcome outcome, String id, Duration ago) {
		seen("dns.setup-name", server.id(), outcome, Reason.of(id, server.setupName(), "203.0.113.9"), Facts.NONE, ago);
	}

	private SetupPlan plan(Migration migration) {
		return new SetupPlan(migration, evidence, NOW);
	}

	private static List<String> ids(List<Reason> remarks) {
		return remarks.stream().map(Reason::id).distinct().toList();
	}

	private static SideSetup side(Setup setup, Side side) {
		return setup.sides().stream().filter(one -> one.side() == side).findFirst().orElseThrow();
	}

	@Test
	void aProvenNameIsToldAndTheBestDoorOfEachProtocol() {
		Server old = server(Side.OLD, "mail.old.example", null);
		Server fresh = server(Side.NEW, "mail.new.example", "new.example.org");
		leads(old, Outcome.PASS, "dns.setup.here", Duration.ofHours(1));
		leads(fresh, Outcome.PASS, "dns.setup.here", Duration.ofHours(1));
		for (Endpoint endpoint : fresh.endpoints()) {
			fresh.addresses().forEach(address -> seen("tls.client-names", new Door(fresh, endpoint, address).id(), Outcome.PASS, Reason.of("names.proven", "new.example.org"),
					Facts.NONE, Duration.ZERO));
		}
		SetupPlan plan = plan(migration(old, fresh, CUTOVER, ANN));
		Setup setup = plan.of(ANN).orElseThrow();
		assertThat(plan.remarks()).isEmpty();
		assertThat(side(setup, Side.OLD)).returns("mail.old.example", SideSetup::host).returns(true, SideSetup::isName).returns("ann", SideSetup::user);
		assertThat(side(setup, Side.NEW)).returns("new.example.org", SideSetup::host).returns("ann@example.org", SideSetup::user);
		assertThat(side(setup, Side.NEW).receiving()).containsExactly(new Endpoint(Protocol.IMAP, 993, Security.TLS));
		assertThat(side(setup, Side.NEW).sending()).containsExactly(new Endpoint(Protocol.SUBMISSION, 587, Security.STARTTLS));
		assertThat(setup.keepUntil()).isEqualTo(CUTOVER.plus(Policy.DEFAULT.quiet()));
		assertThat(setup.lastName()).isEqualTo("mail.example.org");
	}

	@Test
	void oneNameOnBothSidesLeadsToNeitherSoTheAddressIsToldWithAProvenFingerprint() {
		Server old = server(Side.OLD, "mail.example.org", null);
		Server fresh = server(Side.NEW, "mail.example.org", null);
		Tree facts = new Tree("door", "x", List.of(new Tree("phase.tls", "", List.of(new Tree("tls.certificate", "CN=leaf", List.of(Tree.of("tls.sha256", SHA))),
				new Tree("tls.certificate", "CN=ca", List.of(Tree.of("tls.sha256", "cd".repeat(32))))))));
		Endpoint imaps = new Endpoint(Protocol.IMAP, 993, Security.TLS);
		seen("imap.capability", new Door(old, imaps, old.addresses().getLast()).id(), Outcome.PASS, Reason.of("door.ok"), facts, Duration.ZERO);
		seen("imap.capability", new Door(fresh, imaps, fresh.addresses().getLast()).id(), Outcome.FAIL, Reason.of("tls.untrusted"), facts, Duration.ZERO);
		SetupPlan plan = plan(migration(old, fresh, null, ANN));
		Setup setup = plan.of(ANN).orElseThrow();
		assertThat(side(setup, Side.OLD)).returns("192.0.2.1", SideSetup::host).returns(false, SideSetup::isName).returns(List.of(SHA), SideSetup::fingerprints);
		assertThat(side(setup, Side.NEW)).as("a refused certificate is nobody's to compare with").returns(List.of(), SideSetup::fingerprints);
		assertThat(ids(plan.remarks())).containsExactly("sheet.same-name", "sheet.no-fingerprint");
		assertThat(setup.keepUntil()).isNull();
	}

	@Test
	void evidenceAgainstANameWinsStaleAndForeignEvidenceCountsForNothing() {
		Server old = server(Side.OLD, "mail.old.example", null);
		Server fresh = server(Side.NEW, "mail.new.example", null);
		leads(old, Outcome.FAIL, "dns.setup.elsewhere", Duration.ofHours(2));
		leads(fresh, Outcome.PASS, "dns.setup.here", Duration.ofDays(3));
		SetupPlan plan = plan(migration(old, fresh, null, ANN));
		Setup setup = plan.of(ANN).orElseThrow();
		assertThat(side(setup, Side.OLD).host()).isEqualTo("192.0.2.1");
		assertThat(side(setup, Side.NEW).host()).isEqualTo("mail.new.example");
		assertThat(plan.remarks()).contains(Reason.of("sheet.name-refuted", "mx-old", "192.0.2.1", "dns.setup.elsewhere", "mail.old.example", "203.0.113.9"),
				Reason.of("sheet.name-unproven", "mx-new", "mail.new.example"));

		Server renamed = server(Side.OLD, "mail.old.example", "old.example.org");
		SetupPlan again = plan(migration(renamed, fresh, null, ANN));
		assertThat(side(again.of(ANN).orElseThrow(), Side.OLD).host()).as("what was seen of the name before").isEqualTo("old.example.org");
		assertThat(ids(again.remarks())).contains("sheet.name-unproven", "sheet.certificate-unproven");
	}

	@Test
	void theNameThatWillMoveIsNotTold() {
		Server old = server(Side.OLD, "mail.example.org", null);
		leads(old, Outcome.PASS, "dns.setup.here", Duration.ZERO);
		SetupPlan plan = plan(migration(old, server(Side.NEW, "mail.new.example", null), null, ANN));
		assertThat(side(plan.of(ANN).orElseThrow(), Side.OLD).host()).isEqualTo("192.0.2.1");
		assertThat(ids(plan.remarks())).contains("sheet.moving-name");
	}

	@Test
	void aServerThatCannotReceiveOrSendOrProtectIsRemarkedOnce() {
		Server old = server(Side.OLD, "mail.old.example", null, new Endpoint(Protocol.POP3, 110, Security.NONE));
		Server fresh = server(Side.NEW, "mail.new.example", null, new Endpoint(Protocol.SMTP, 25, Security.STARTTLS));
		SetupPlan plan = plan(migration(old, fresh, null, ANN));
		plan.of(ANN);
		plan.of(mailbox("bob@example.org", "bob", "bob"));
		assertThat(plan.remarks()).contains(Reason.of("sheet.no-sending", "mx-old"), Reason.of("sheet.clear-text", "mx-old", "pop3:110/none"),
				Reason.of("sheet.no-receiving", "mx-new"), Reason.of("sheet.no-sending", "mx-new")).doesNotHaveDuplicates();
	}

	private SheetBatch.Written write(Migration migration, Set<SheetFormat> formats, Locale... languages) throws Exception {
		SheetBatch.Options options = new SheetBatch.Options(formats, List.of(languages), ZoneId.of("Asia/Tokyo"), null);
		return new SheetBatch(plan(migration), options, null, folder).write(migration.mailboxes(), _ -> { });
	}

	private String read(String name) throws IOException {
		return Files.readString(folder.resolve(name));
	}

	private List<String> names() throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(file -> file.getFileName().toString()).sorted().toList();
		}
	}

	private static Migration usual(Mailbox... mailboxes) {
		return migration(server(Side.OLD, "mail.old.example", null), server(Side.NEW, "mail.new.example", null), CUTOVER, mailboxes);
	}

	@Test
	void theSheetSaysBothAccountsAndWhenToDeleteWhich() throws Exception {
		SheetBatch.Written written = write(usual(ANN), EnumSet.of(SheetFormat.HTML), Locale.ENGLISH, Locale.JAPANESE);
		assertThat(written.files()).isEqualTo(2);
		assertThat(names()).containsExactly("ann@example.org.en.html", "ann@example.org.ja.html");
		String english = read("ann@example.org.en.html");
		assertThat(english).contains("<html lang=\"en\">", ">mail.old.example<", ">mail.new.example<", ">993<", "SSL/TLS", ">587<", "STARTTLS", "ann@example.org (old)")
				.contains("Tuesday, March 10, 2026").contains("not before Friday, March 13, 2026").contains("JST").doesNotContain("<script");
		assertThat(read("ann@example.org.ja.html")).contains("<html lang=\"ja\">", "旧アカウント", "2026年3月10日火曜日", ">mail.old.example<");
		// every id has words: an id that has none would stand there itself
		assertThat(english).doesNotContainPattern(">sheet\\.[a-z.0-9-]+<");
		assertThat(read("ann@example.org.ja.html")).doesNotContainPattern(">sheet\\.[a-z.0-9-]+<");
	}

	@Test
	void aHostileLoginNameIsTextEverywhere() throws Exception {
		Mailbox odd = mailbox("o'neil&co@example.org", "<script>alert(1)</script>\u202egro", "a\"b");
		write(usual(odd), EnumSet.complementOf(EnumSet.of(SheetFormat.PDF)), Locale.ENGLISH);
		assertThat(names()).contains("o%27neil%26co@example.org.html");
		assertThat(read("o%27neil%26co@example.org.html")).contains("&lt;script&gt;alert(1)&lt;/script&gt;[U+202E]gro", "a&quot;b").doesNotContain("<script", "\u202e");
		Document profile = parse(read("o%27neil%26co@example.org.mobileconfig"));
		assertThat(texts(profile, "string")).contains("<script>alert(1)</script>[U+202E]gro", "a\"b", "o'neil&co@example.org");
	}

	@Test
	void aProfileHoldsBothAccountsAndKeepsItsIdentity() throws Exception {
		write(usual(ANN), EnumSet.of(SheetFormat.APPLE), Locale.ENGLISH);
		String first = read("ann@example.org.mobileconfig");
		Document profile = parse(first);
		assertThat(texts(profile, "string")).contains("com.apple.mail.managed", "EmailTypeIMAP", "mail.old.example", "mail.new.example", "ann", "ann@example.org");
		assertThat(texts(profile, "integer")).contains("993", "587");
		assertThat(first).doesNotContain("<key>IncomingPassword<", "<key>OutgoingPassword<");
		write(usual(ANN), EnumSet.of(SheetFormat.APPLE), Locale.ENGLISH);
		assertThat(read("ann@example.org.mobileconfig")).isEqualTo(first);
	}

	@Test
	void oneConfigForADomainWhereLoginNamesAreOfOneKindElseOneEach() throws Exception {
		write(usual(ANN, mailbox("bob@example.org", "bob", "bob@example.org")), EnumSet.of(SheetFormat.THUNDERBIRD), Locale.ENGLISH);
		assertThat(names()).containsExactly("example.org.new.xml", "example.org.old.xml");
		assertThat(texts(parse(read("example.org.old.xml")), "username")).containsOnly("%EMAILLOCALPART%");
		assertThat(texts(parse(read("example.org.new.xml")), "username")).containsOnly("%EMAILADDRESS%");
		assertThat(texts(parse(read("example.org.new.xml")), "socketType")).containsExactly("SSL", "STARTTLS");

		Files.delete(folder.resolve("example.org.old.xml"));
		write(usual(ANN, mailbox("bob@example.org", "u0002", "bob@example.org")), EnumSet.of(SheetFormat.THUNDERBIRD), Locale.ENGLISH);
		assertThat(names()).containsExactly("ann@example.org.old.xml", "bob@example.org.old.xml", "example.org.new.xml");
		assertThat(texts(parse(read("bob@example.org.old.xml")), "username")).containsOnly("u0002");
	}

	@Test
	void aServerWithOAuthAsksForNoPasswordAndGetsNoProfile() throws Exception {
		Server old = server(Side.OLD, "mail.old.example", null);
		Server fresh = server(Side.NEW, "mail.new.example", null);
		Server token = new Server(fresh.key(), fresh.side(), fresh.name(), fresh.addresses(), fresh.endpoints(), List.of(), new Authentication.OAuth(null));
		Server oldToken = new Server(old.key(), old.side(), old.name(), old.addresses(), old.endpoints(), List.of(), new Authentication.OAuth(null));
		SheetBatch.Written written = write(migration(oldToken, token, CUTOVER, ANN), EnumSet.of(SheetFormat.HTML, SheetFormat.APPLE, SheetFormat.THUNDERBIRD), Locale.ENGLISH);
		assertThat(names()).contains("ann@example.org.html").doesNotContain("ann@example.org.mobileconfig");
		assertThat(read("ann@example.org.html")).contains("OAuth 2.0");
		assertThat(texts(parse(read("example.org.new.xml")), "authentication")).containsOnly("OAuth2");
		assertThat(written.remarks()).contains(Reason.of("sheet.no-profile", "ann@example.org"));
	}

	@Test
	void addressesThatDifferInCaseOnlyGetFilesOfTheirOwn() throws Exception {
		write(usual(mailbox("Ann@example.org", "a", "a"), ANN, mailbox("a/b@example.org", "b", "b")), EnumSet.of(SheetFormat.HTML), Locale.ENGLISH);
		assertThat(names()).containsExactly("Ann@example.org.html", "a%2Fb@example.org.html", "ann@example.org-2.html");
	}

	@Test
	void anInterruptEndsTheBatch() {
		Thread.currentThread().interrupt();
		assertThatThrownBy(() -> write(usual(ANN), EnumSet.of(SheetFormat.HTML), Locale.ENGLISH)).isInstanceOf(InterruptedException.class);
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	private static Document parse(String xml) throws Exception {
		DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
		factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
		return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
	}

	private static List<String> texts(Document document, String element) {
		var nodes = document.getElementsByTagName(element);
		return Stream.iterate(0, i -> i + 1).limit(nodes.getLength()).map(i -> nodes.item(i).getTextContent()).toList();
	}
}
