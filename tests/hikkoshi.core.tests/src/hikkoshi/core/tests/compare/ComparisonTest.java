package hikkoshi.core.tests.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.ResourceBundle;
import java.util.TreeMap;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import hikkoshi.core.compare.CompareReasons;
import hikkoshi.core.compare.Comparison;
import hikkoshi.core.compare.Comparison.Area;
import hikkoshi.core.compare.Comparison.Row;
import hikkoshi.core.compare.Comparison.State;
import hikkoshi.core.compare.Contents;
import hikkoshi.core.compare.Extensions;
import hikkoshi.core.compare.Offer;
import hikkoshi.core.compare.Profile;
import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.Facts.Tree;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.model.Account;
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
import hikkoshi.core.tests.gate.MemoryEvidence;
import hikkoshi.core.text.Phrases;

class ComparisonTest {
	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
	private static final Endpoint IMAPS = new Endpoint(Protocol.IMAP, 993, Security.TLS);
	private static final Endpoint POP3S = new Endpoint(Protocol.POP3, 995, Security.TLS);
	private static final Endpoint SUBMISSION = new Endpoint(Protocol.SUBMISSION, 587, Security.STARTTLS);
	private static final DomainName DOMAIN = DomainName.parse("example.org");

	private final MemoryEvidence evidence = new MemoryEvidence();
	private final List<Mailbox> mailboxes = new ArrayList<>(List.of(mailbox("ann")));
	private Server old = server("mx-old", Side.OLD, "192.0.2.1");
	private Server fresh = server("mx-new", Side.NEW, "192.0.2.2");

	private static Server server(String key, Side side, String addresses, Endpoint... endpoints) {
		return new Server(key, side, DomainName.parse(key + ".example.net"), Arrays.stream(addresses.split(" ")).map(InetAddress::ofLiteral).toList(),
				endpoints.length == 0 ? List.of(IMAPS) : List.of(endpoints), List.of());
	}

	private static Mailbox mailbox(String user) {
		return new Mailbox(new EmailAddress(user, DOMAIN), user, user + "@new", "main", "", 2);
	}

	private Comparison compare() {
		Migration migration = new Migration("test", List.of(old, fresh), List.of(new Domain(DOMAIN, "main", "mx-old", "mx-new")),
				List.of(new Wave("main", null)), mailboxes, DnsSettings.DEFAULT, List.of(), Policy.DEFAULT);
		return Comparison.of(migration, old, fresh, evidence, NOW);
	}

	private void holds(Server server, String user, Contents contents) {
		Account account = new Account(server, IMAPS, server.addresses().getFirst(), user, new EmailAddress("ann", DOMAIN));
		evidence.add(new Evidence(Contents.PROBE, account.id(), NOW, Duration.ofMillis(5), Outcome.PASS, Reason.of("contents.ok", 1, 1), Tree.of("login", "", contents.tree())));
	}

	private static Contents contents(String separator, String prefix, long limit, Contents.Folder... folders) {
		return new Contents(separator, prefix, List.of(folders), 0, OptionalLong.empty(), limit < 0 ? OptionalLong.empty() : OptionalLong.of(limit), List.of());
	}

	@Test
	void whatLiesInAMailboxIsComparedWhateverItsFoldersAreCalled() {
		holds(old, "ann", contents(".", "INBOX.", -1, new Contents.Folder("INBOX", "", 7, 70), new Contents.Folder("INBOX.Sent Items", "\\sent", 3, 30),
				new Contents.Folder("INBOX.work.2025", "", 2, 20)));
		holds(fresh, "ann@new", contents("/", "", 1_000, new Contents.Folder("inbox", "", 9, -1), new Contents.Folder("Sent", "\\sent", 3, -1),
				new Contents.Folder("work/2025", "", 2, -1)));

		Row row = row(Area.MAILBOX, "contents ann@example.org");

		assertThat(row.outcome()).isEqualTo(Outcome.PASS);
		assertThat(row.oldCell().text()).isEqualTo("12");
		assertThat(row.newCell().text()).isEqualTo("14");
	}

	@Test
	void whatDoesNotFitOrIsMissingIsSaid() {
		Contents full = contents("/", "", -1, new Contents.Folder("INBOX", "", 7, 4_000), new Contents.Folder("work", "", 2, 96));
		holds(old, "ann", new Contents("/", "", full.folders(), 0, OptionalLong.empty(), OptionalLong.empty(), List.of(new Contents.Longer("work", 2, 50))));
		holds(fresh, "ann@new", contents("/", "", 4_095, new Contents.Folder("INBOX", "", 6, 3_000)));

		assertThat(row(Area.MAILBOX, "contents-quota ann@example.org").reason())
				.isEqualTo(Reason.of(CompareReasons.QUOTA_SMALLER, "ann@example.org", "4.0 KiB (4096 B)", "4.0 KiB (4095 B)"));
		assertThat(row(Area.MAILBOX, "contents-folders ann@example.org").reason()).isEqualTo(Reason.of(CompareReasons.FOLDERS_MISSING, "ann@example.org", 1, "work"));
		assertThat(row(Area.MAILBOX, "contents-messages ann@example.org").reason())
				.isEqualTo(Reason.of(CompareReasons.MESSAGES_FEWER, "ann@example.org", 1, "INBOX 7 → 6"));
		assertThat(row(Area.MAILBOX, "contents-longer ann@example.org").reason())
				.isEqualTo(Reason.of(CompareReasons.MESSAGES_LONGER, "ann@example.org", 2, "0.0 KiB (50 B)", "work"));
	}

	@Test
	void aSideThatWasNotCountedIsNotCalledEmpty() {
		holds(old, "ann", contents("/", "", -1, new Contents.Folder("INBOX", "", 7, 70)));

		assertThat(row(Area.MAILBOX, "contents ann@example.org").reason()).isEqualTo(Reason.of(CompareReasons.NOT_COUNTED, "ann@example.org", "mx-new"));
		assertThat(row(Area.MAILBOX, "contents ann@example.org").outcome()).isEqualTo(Outcome.UNKNOWN);
	}

	private void says(Server server, Endpoint endpoint, String... items) {
		server.addresses().forEach(address -> says(new Door(server, endpoint, address), "TLSv1.3", items));
	}

	private void says(Door door, String tls, String... items) {
		String probe = switch (door.endpoint().protocol()) {
			case IMAP -> "imap.capability";
			case POP3 -> "pop3.capa";
			case SUBMISSION, SMTP -> "smtp.ehlo";
		};
		Offer offer = Offer.of(door.endpoint().protocol(), List.of(items));
		add(probe, door.id(), Duration.ofHours(1), Outcome.PASS, Reason.of("door.ok", (Object[]) items), Tree.of("door", "", Tree.of("phase.tls", tls), offer.tree(Offer.TLS)));
	}

	private void add(String probe, Target.Id target, Duration ago, Outcome outcome, Reason reason, Tree facts) {
		evidence.add(new Evidence(probe, target, NOW.minus(ago), Duration.ZERO, outcome, reason, facts));
	}

	private void shows(Server server, String user, Profile profile, String... items) {
		Target.Id id = new Target.Id("account:" + server.side().token() + "/" + server.key() + "/imap:993+tls@192.0.2.1" + Account.idProof(server) + user);
		add("imap.profile", id, Duration.ofHours(1), Outcome.PASS, Reason.of("profile.ok", (Object[]) items),
				Tree.of("login", "", Offer.of(Protocol.IMAP, List.of(items)).tree(Offer.LOGIN), profile.tree()));
	}

	private static Profile profile(String separator, String prefix, long used, long limit) {
		return new Profile(Optional.of(separator), List.of(new Profile.Namespace("personal", prefix, separator)), OptionalLong.of(3),
				new TreeMap<>(java.util.Map.of("\\sent", prefix + "Sent")), new TreeMap<>(java.util.Map.of(".", 4L)),
				List.of(new Profile.Quota("", "STORAGE", used, limit)), new TreeMap<>(java.util.Map.of("name", "Dovecot")), new TreeSet<>(),
				OptionalLong.empty(), List.of());
	}

	private Row row(Area area, String feature) {
		Comparison comparison = compare();
		return comparison.rows().stream().filter(row -> row.area() == area && row.feature().equals(feature)).findFirst()
				.orElseThrow(() -> new AssertionError(feature + " is not in " + comparison.rows()));
	}

	private void both(Endpoint endpoint, String[] before, String[] after) {
		old = server("mx-old", Side.OLD, "192.0.2.1", endpoint);
		fresh = server("mx-new", Side.NEW, "192.0.2.2", endpoint);
		says(old, endpoint, before);
		says(fresh, endpoint, after);
	}

	private static String[] list(String... items) {
		return items;
	}

	@Test
	void nothingAskedIsNotKnownAndSaysWhatToRun() {
		Comparison comparison = compare();

		assertThat(comparison.worst()).isEqualTo(Outcome.UNKNOWN);
		assertThat(row(Area.IMAP, "imap:993/tls").reason()).isEqualTo(Reason.of(CompareReasons.NOT_ASKED, "imap:993/tls", "192.0.2.1", "mx-old"));
		assertThat(row(Area.MAILBOX, "profile").reason()).isEqualTo(Reason.of(CompareReasons.NO_PROFILE, "mx-old"));
		assertThat(row(Area.DOORS, "imap:993/tls").outcome()).isEqualTo(Outcome.PASS);
	}

	@Test
	void whatIsTheSameStandsLastAndPasses() {
		both(POP3S, list("UIDL", "TOP", "USER"), list("TOP", "UIDL", "USER"));

		assertThat(compare().worst()).isEqualTo(Outcome.PASS);
		assertThat(compare().rows()).noneMatch(Row::differs);
	}

	@Test
	void aMissingExtensionHasItsConsequence() {
		both(POP3S, list("UIDL", "TOP", "USER", "X-ODD 1"), list("USER"));

		assertThat(row(Area.POP3, "UIDL").reason()).isEqualTo(Reason.of("compare.lacks.pop3.uidl", "UIDL", "pop3"));
		assertThat(row(Area.POP3, "UIDL").outcome()).isEqualTo(Outcome.WARN);
		assertThat(row(Area.POP3, "X-ODD").reason()).isEqualTo(Reason.of(CompareReasons.LACKS, "X-ODD", "pop3"));
		assertThat(compare().worst()).isEqualTo(Outcome.WARN);
		assertThat(compare().rows().getFirst().outcome()).isEqualTo(Outcome.WARN);
		assertThat(compare().rows().getLast().differs()).isFalse();
	}

	@Test
	void moreThanBeforeIsFine() {
		both(POP3S, list("USER"), list("USER", "UIDL"));

		assertThat(row(Area.POP3, "UIDL").reason().id()).isEqualTo(CompareReasons.GAINS);
		assertThat(compare().worst()).isEqualTo(Outcome.PASS);
	}

	@Test
	void aSmallerSizeBounces() {
		both(SUBMISSION, list("SIZE 52428800"), list("SIZE 10240000"));
		assertThat(row(Area.SUBMISSION, "SIZE").reason()).isEqualTo(Reason.of(CompareReasons.SIZE_SMALLER, "50.0 MiB (52428800 B)", "9.8 MiB (10240000 B)"));

		both(SUBMISSION, list("SIZE 10240000"), list("SIZE 52428800"));
		assertThat(row(Area.SUBMISSION, "SIZE").outcome()).isEqualTo(Outcome.PASS);
	}

	/// RFC 1870: zero is no limit.
	@Test
	void noLimitBeforeAndOneNow() {
		both(SUBMISSION, list("SIZE 0"), list("SIZE 10240000"));
		assertThat(row(Area.SUBMISSION, "SIZE").reason()).isEqualTo(Reason.of(CompareReasons.SIZE_SMALLER, "∞", "9.8 MiB (10240000 B)"));

		both(SUBMISSION, list("SIZE 10240000"), list("SIZE"));
		assertThat(row(Area.SUBMISSION, "SIZE").outcome()).isEqualTo(Outcome.PASS);

		both(SUBMISSION, list("SIZE 10240000"), list("SIZE 0"));
		assertThat(row(Area.SUBMISSION, "SIZE").outcome()).isEqualTo(Outcome.PASS);
	}

	@Test
	void doorsThatDisagreeAreAWarning() {
		fresh = server("mx-new", Side.NEW, "192.0.2.2 192.0.2.3");
		says(old, IMAPS, "IMAP4rev1", "AUTH=PLAIN");
		says(new Door(fresh, IMAPS, InetAddress.ofLiteral("192.0.2.2")), "TLSv1.3", "IMAP4rev1", "AUTH=PLAIN", "AUTH=LOGIN");
		says(new Door(fresh, IMAPS, InetAddress.ofLiteral("192.0.2.3")), "TLSv1.2", "IMAP4rev1", "AUTH=LOGIN");

		Row plain = row(Area.IMAP, "AUTH=PLAIN");
		assertThat(plain.newCell().state()).isEqualTo(State.PARTLY);
		assertThat(plain.reason()).isEqualTo(Reason.of(CompareReasons.DISAGREE, "AUTH=PLAIN", "mx-new", "993 192.0.2.2", "993 192.0.2.3"));
		assertThat(row(Area.IMAP, "tls").reason()).isEqualTo(Reason.of(CompareReasons.TLS_OLDER, "TLSv1.3", "TLSv1.2"));
		assertThat(row(Area.IMAP, "AUTH=LOGIN").outcome()).isEqualTo(Outcome.PASS);
	}

	@Test
	void doorsThatNameDifferentSizes() {
		fresh = server("mx-new", Side.NEW, "192.0.2.2 192.0.2.3", SUBMISSION);
		old = server("mx-old", Side.OLD, "192.0.2.1", SUBMISSION);
		says(old, SUBMISSION, "SIZE 1000");
		says(new Door(fresh, SUBMISSION, InetAddress.ofLiteral("192.0.2.2")), "TLSv1.3", "SIZE 2000");
		says(new Door(fresh, SUBMISSION, InetAddress.ofLiteral("192.0.2.3")), "TLSv1.3", "SIZE 3000");
		assertThat(row(Area.SUBMISSION, "SIZE").reason())
				.isEqualTo(Reason.of(CompareReasons.DISAGREE_VALUE, "SIZE", "mx-new", "587 192.0.2.2: 2000; 587 192.0.2.3: 3000"));
	}

	@Test
	void staleAndFailedDoorsAreNotKnown() {
		Door door = new Door(old, IMAPS, old.addresses().getFirst());
		says(fresh, IMAPS, "IMAP4rev1");
		add("imap.capability", door.id(), Duration.ofDays(3), Outcome.PASS, Reason.of("door.ok"),
				Tree.of("door", "", Offer.of(Protocol.IMAP, List.of("IMAP4rev1")).tree(Offer.TLS)));
		assertThat(row(Area.IMAP, "imap:993/tls").reason().id()).isEqualTo(CompareReasons.STALE);
		assertThat(row(Area.IMAP, "IMAP4REV1").outcome()).isEqualTo(Outcome.UNKNOWN);

		add("imap.capability", door.id(), Duration.ofHours(1), Outcome.FAIL, Reason.of("connect.refused", "192.0.2.1", 993), Tree.of("door", ""));
		Reason reason = row(Area.IMAP, "imap:993/tls").reason();
		assertThat(reason).isEqualTo(Reason.of(CompareReasons.NOT_READ, "imap:993/tls", "192.0.2.1", "mx-old", "connect.refused", "192.0.2.1", 993));
		assertThat(Phrases.of(Locale.ENGLISH, List.of()).say(reason)).contains("refuses connections").doesNotContain("{");
	}

	@Test
	void aPortThatIsGoneAndAProtocolThatIsGone() {
		old = server("mx-old", Side.OLD, "192.0.2.1", IMAPS, POP3S);
		fresh = server("mx-new", Side.NEW, "192.0.2.2", new Endpoint(Protocol.IMAP, 143, Security.STARTTLS));

		assertThat(row(Area.DOORS, "imap:993/tls").reason()).isEqualTo(Reason.of(CompareReasons.ENDPOINT_MISSING, "imap:993/tls", "imap:143/starttls"));
		assertThat(row(Area.DOORS, "pop3:995/tls").reason()).isEqualTo(Reason.of(CompareReasons.PROTOCOL_MISSING, "pop3"));
	}

	@Test
	void onlyTokensAreTaken() {
		both(SUBMISSION, list("AUTH PLAIN LOGIN"), list("AUTH XOAUTH2"));

		assertThat(row(Area.SUBMISSION, "password").reason()).isEqualTo(Reason.of(CompareReasons.TOKENS_ONLY, "XOAUTH2"));
		assertThat(row(Area.SUBMISSION, "AUTH=PLAIN").reason().id()).isEqualTo("compare.lacks.auth.plain");
	}

	@Test
	void theLoginCommandStandsForPlain() {
		both(IMAPS, list("IMAP4rev1", "AUTH=PLAIN"), list("IMAP4rev1"));
		assertThat(row(Area.IMAP, "AUTH=PLAIN").reason()).isEqualTo(Reason.of(CompareReasons.BY_COMMAND, "PLAIN"));

		both(IMAPS, list("IMAP4rev1", "AUTH=PLAIN"), list("IMAP4rev1", "LOGINDISABLED", "AUTH=PLAIN"));
		assertThat(row(Area.IMAP, "login-command").reason().id()).isEqualTo(CompareReasons.LOGIN_DISABLED);
	}

	@Test
	void addressesBeyondAsciiNeedSmtputf8() {
		both(SUBMISSION, list("SIZE 1"), list("SIZE 1"));
		assertThat(compare().worst()).isEqualTo(Outcome.PASS);
		mailboxes.add(mailbox("利用者"));
		assertThat(row(Area.SUBMISSION, "SMTPUTF8").reason()).isEqualTo(Reason.of(CompareReasons.SMTPUTF8_NEEDED, 1, "利用者@example.org"));
	}

	@Test
	void pop3KeepsAndWaits() {
		both(POP3S, list("USER", "EXPIRE NEVER", "LOGIN-DELAY 0"), list("USER", "EXPIRE 30 USER", "LOGIN-DELAY 300"));
		assertThat(row(Area.POP3, "EXPIRE").reason()).isEqualTo(Reason.of(CompareReasons.EXPIRE_SHORTER, "NEVER", "30 USER"));
		assertThat(row(Area.POP3, "LOGIN-DELAY").reason()).isEqualTo(Reason.of(CompareReasons.DELAY_LONGER, "0", "300"));
	}

	/// What a server lists before the login is not all that it can do.
	@Test
	void imapShowsMoreBehindTheLogin() {
		both(IMAPS, list("IMAP4rev1", "UIDPLUS", "AUTH=PLAIN"), list("IMAP4rev1", "AUTH=PLAIN"));
		assertThat(row(Area.IMAP, "UIDPLUS").reason()).isEqualTo(Reason.of(CompareReasons.BEHIND_LOGIN, "UIDPLUS", "mx-new"));
		assertThat(row(Area.IMAP, "UIDPLUS").outcome()).isEqualTo(Outcome.UNKNOWN);

		shows(fresh, "ann@new", profile("/", "", 0, 10), "IMAP4rev1", "UIDPLUS");
		assertThat(row(Area.IMAP, "UIDPLUS").outcome()).isEqualTo(Outcome.PASS);
		shows(fresh, "ann@new", profile("/", "", 0, 10), "IMAP4rev1", "IDLE");
		assertThat(row(Area.IMAP, "UIDPLUS").reason().id()).isEqualTo("compare.lacks.imap.uidplus");
		assertThat(row(Area.IMAP, "AUTH=PLAIN").outcome()).as("mechanisms are listed before the login").isEqualTo(Outcome.PASS);
	}

	@Test
	void theBaseOfRev2HoldsWhatOnceWereExtensions() {
		both(IMAPS, list("IMAP4rev1"), list("IMAP4rev1"));
		shows(old, "ann", profile("/", "", 0, 10), "IMAP4rev1", "UIDPLUS", "CONDSTORE", "ACL", "THREAD=REFS");
		shows(fresh, "ann@new", profile("/", "", 0, 10), "IMAP4rev1", "IMAP4rev2", "QRESYNC");

		assertThat(row(Area.IMAP, "UIDPLUS").outcome()).isEqualTo(Outcome.PASS);
		assertThat(row(Area.IMAP, "CONDSTORE").outcome()).isEqualTo(Outcome.PASS);
		assertThat(row(Area.IMAP, "ACL").reason().id()).isEqualTo("compare.lacks.imap.acl");
		assertThat(row(Area.IMAP, "THREAD=REFS").reason().id()).isEqualTo("compare.lacks.imap.thread");
	}

	@Test
	void foldersAndQuotas() {
		both(IMAPS, list("IMAP4rev1"), list("IMAP4rev1"));
		shows(old, "ann", profile("/", "", 2048, 4096), "IMAP4rev1");
		shows(fresh, "ann@new", profile(".", "INBOX.", 0, 1024), "IMAP4rev1");

		assertThat(row(Area.MAILBOX, "separator").reason()).isEqualTo(Reason.of(CompareReasons.SEPARATOR, "/", ".", 4));
		assertThat(row(Area.MAILBOX, "prefix").reason()).isEqualTo(Reason.of(CompareReasons.PREFIX, "\"\"", "\"INBOX.\""));
		assertThat(row(Area.MAILBOX, "\\sent").outcome()).as("only its prefix and separator differ").isEqualTo(Outcome.PASS);
		assertThat(row(Area.MAILBOX, "quota ann@example.org").reason())
				.isEqualTo(Reason.of(CompareReasons.QUOTA_SMALLER, "ann@example.org", "2.0 MiB (2097152 B)", "1.0 MiB (1048576 B)"));
		assertThat(row(Area.MAILBOX, "software").outcome()).isEqualTo(Outcome.PASS);
	}

	@Test
	void everyReasonAndExtensionHasWordsInBothLanguages() throws IllegalAccessException {
		ResourceBundle english = Phrases.bundle(Comparison.class, Locale.ENGLISH);
		ResourceBundle japanese = Phrases.bundle(Comparison.class, Locale.JAPANESE);
		assertThat(new TreeSet<>(japanese.keySet())).isEqualTo(new TreeSet<>(english.keySet()));
		for (String key : english.keySet()) {
			assertThat(new MessageFormat(japanese.getString(key)).getFormats()).as(key).hasSameSizeAs(new MessageFormat(english.getString(key)).getFormats());
			assertThat(english.getString(key) + japanese.getString(key)).as(key).isNotBlank().doesNotContain("'");
			assertThat(key.endsWith(".args") || !key.startsWith("compare.lacks.") || !japanese.getString(key).equals(english.getString(key))).as(key).isTrue();
		}
		for (var field : CompareReasons.class.getFields()) {
			assertThat(english.keySet()).contains((String) field.get(null));
		}
		Extensions.keys().forEach(key -> assertThat(english.keySet()).contains(CompareReasons.LACKS + "." + key));
		assertThat(english.keySet().stream().filter(key -> key.startsWith("compare.lacks.") && !key.endsWith(".args") && !key.endsWith(".remedy"))
				.map(key -> key.substring("compare.lacks.".length()))).containsExactlyInAnyOrderElementsOf(Extensions.keys());
		for (Area area : Area.values()) {
			assertThat(english.keySet()).contains("compare.area." + area.token());
		}
	}
}
