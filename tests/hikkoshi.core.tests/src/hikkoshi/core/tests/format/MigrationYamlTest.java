package hikkoshi.core.tests.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import hikkoshi.core.format.Fault;
import hikkoshi.core.format.MigrationYaml;
import hikkoshi.core.format.Parsed;
import hikkoshi.core.model.Authentication;
import hikkoshi.core.model.Authentication.MasterUser;
import hikkoshi.core.model.Authentication.OAuth;
import hikkoshi.core.model.DkimSelectors;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.NameServer;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Security;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.WatchSettings;
import hikkoshi.core.model.Wave;

class MigrationYamlTest {
	private static Parsed<MigrationYaml> parse(String text) {
		return MigrationYaml.parse(text, "migration.yaml");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"{label: Q, address: 192.0.2.53, transport: dot, name: DNS.Example}            | tls://dns.example@192.0.2.53",
			"{label: Q, address: 192.0.2.53, transport: dot}                               | tls://192.0.2.53",
			"{label: Q, address: '192.0.2.53#8853', transport: dot}                        | tls://192.0.2.53#8853",
			"{label: Q, address: '2001:db8::53', transport: doh, name: dns.example}        | https://dns.example@2001:db8::53/dns-query",
			"{label: Q, address: 192.0.2.53, transport: doh, path: /q, port: 8443}         | https://192.0.2.53#8443/q",
			"{label: Q, address: 192.0.2.53, transport: tcp}                               | tcp://192.0.2.53",
			"{label: Q, address: 192.0.2.53, transport: udp}                               | 192.0.2.53"})
	void aResolverHasATransport(String mapping, String place) {
		for (String written : List.of(mapping, "'" + place + "'")) {
			Parsed<MigrationYaml> parsed = parse(Projects.MIGRATION.replace("\"127.0.0.1#5300\"", written));
			assertThat(parsed.faults()).isEmpty();
			NameServer resolver = parsed.value().orElseThrow().migration().dns().resolvers().getLast();
			assertThat(resolver.place()).isEqualTo(place);
			assertThat(NameServer.parse(resolver.place()).place()).isEqualTo(place);
			assertThat(resolver.label()).isEqualTo(written.equals(mapping) ? "Q" : place);
		}
	}

	@Test
	void aSoundFileIsReadWhole() {
		Parsed<MigrationYaml> parsed = parse(Projects.MIGRATION);
		assertThat(parsed.faults()).isEmpty();
		Migration migration = parsed.value().orElseThrow().migration();
		assertThat(migration.name()).isEqualTo("Example move");
		assertThat(migration.server("mx-old").orElseThrow().side()).isEqualTo(Side.OLD);
		assertThat(migration.server("mx-old").orElseThrow().addresses())
				.containsExactly(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1"));
		assertThat(migration.server("mx-new").orElseThrow().endpoints()).containsExactly(new Endpoint(Protocol.IMAP, 993, Security.TLS),
				new Endpoint(Protocol.POP3, 995, Security.TLS), new Endpoint(Protocol.SUBMISSION, 465, Security.TLS));
		assertThat(migration.domains()).containsExactly(new Domain(new DomainName("example.org"), "first", "mx-old", "mx-new"),
				new Domain(new DomainName("example.com"), "main", "mx-old", "mx-new"));
		assertThat(migration.waves()).containsExactly(new Wave("first", Instant.parse("2026-12-01T11:00:00Z")), new Wave("main", null));
		assertThat(migration.dns().resolvers()).containsExactly(new NameServer("Quad9", InetAddress.ofLiteral("9.9.9.9"), 53),
				new NameServer("127.0.0.1#5300", InetAddress.ofLiteral("127.0.0.1"), 5300));
		assertThat(migration.policy().evidenceMaxAge()).isEqualTo(Duration.ofHours(12));
		assertThat(migration.policy().probeTimeout()).isEqualTo(Duration.ofSeconds(90));
		assertThat(migration.policy().quiet()).isEqualTo(Duration.ofDays(7));
		assertThat(migration.policy().loginsPerSecond()).as("default").isEqualTo(10);
	}

	@Test
	void whatTheAuditNeedsIsRead() {
		Parsed<MigrationYaml> parsed = parse(Projects.MIGRATION.replace("  - name: example.com\n", """
				  - name: example.com
				    dkim: {old: [s1, "20230601"], new: [mail.2026]}
				""").replace("  authoritative-port: 53\n", """
				  blocklists: [zen.spamhaus.org, zen.spamhaus.org, bl.example]
				  trust-anchors: ["20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D"]
				  watch: [usual, "_sip._tls SRV", "@ CAA TLSA"]
				  ttl-before: 1h
				"""));
		assertThat(parsed.faults()).isEmpty();
		Migration migration = parsed.value().orElseThrow().migration();
		assertThat(migration.domain(new DomainName("example.com")).orElseThrow().dkim()).isEqualTo(new DkimSelectors(List.of("s1", "20230601"), List.of("mail.2026")));
		assertThat(migration.domain(new DomainName("example.org")).orElseThrow().dkim().isEmpty()).isTrue();
		assertThat(migration.dns().blocklists()).containsExactly(new DomainName("zen.spamhaus.org"), new DomainName("bl.example"));
		assertThat(migration.dns().watch()).isEqualTo(new WatchSettings(true, List.of(new WatchSettings.Name("_sip._tls", List.of("SRV")), new WatchSettings.Name("@", List.of("CAA", "TLSA"))),
				Duration.ofHours(1)));
		assertThat(migration.dns().anchors()).hasSize(1).allMatch(anchor -> anchor.startsWith("20326 8 2 E06D"));
	}

	/// One piece of the sound file is replaced; the fault points at the mark, `^` in the replacement.
	@ParameterizedTest
	@CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, value = {
			"format: hikkoshi/1       | format: ^hikkoshi/2                    | fault.format.unknown         | hikkoshi/2;hikkoshi/1",
			"name: Example move       | ^nmae: Example move                    | fault.yaml.unknown-key-near  | nmae;name",
			"name: Example move       | name: ^123                             | fault.yaml.not-text          | name",
			"name: Example move       | ^name:                                 | fault.yaml.no-value          | name",
			"name: Example move       | name: ^[a]                             | fault.yaml.not-text          | name",
			"name: Example move       | name: a\\n^name: b                      | fault.yaml.duplicate-key     | name;2",
			"name: Example move       | name: a\\n^password: hunter2            | fault.yaml.password          | password",
			"name: Example move       | name: a\\n^zzz: 1                       | fault.yaml.unknown-key       | zzz;"
					+ "format, name, servers, domains, waves, dns, trust, policy",
			"key: mx-old              | key: ^mx/old                           | fault.key.bad                | mx/old",
			"key: mx-new              | key: ^mx-old                           | fault.server.duplicate       | mx-old;5",
			"name: mail.old.example   | name: ^mail..example                   | fault.server.name            | mail..example",
			"name: mail.old.example   | name: ^192.0.2.7                       | fault.server.name-is-address | 192.0.2.7",
			"[192.0.2.1, \"2001:db8::1\"] | [^192.0.2.256]                     | fault.address.bad            | 192.0.2.256",
			"[192.0.2.1, \"2001:db8::1\"] | [^127.1]                           | fault.yaml.not-text          | addresses",
			"[192.0.2.1, \"2001:db8::1\"] | [^\"fe80::1%eth0\"]                | fault.address.bad            | fe80::1%eth0",
			"[192.0.2.1, \"2001:db8::1\"] | [^mail.old.example]                | fault.address.name           | mail.old.example",
			"[192.0.2.1, \"2001:db8::1\"] | [^0.0.0.0]                         | fault.address.unusable       | 0.0.0.0",
			"[192.0.2.1, \"2001:db8::1\"] | [^224.0.0.1]                       | fault.address.unusable       | 224.0.0.1",
			"[192.0.2.1, \"2001:db8::1\"] | [192.0.2.1, ^192.0.2.1]            | fault.address.duplicate      | 192.0.2.1",
			"[192.0.2.1, \"2001:db8::1\"] | ^[]                                | fault.server.no-address      | mx-old",
			"[192.0.2.1, \"2001:db8::1\"] | ^192.0.2.1                         | fault.yaml.not-list          | addresses",
			"imap:143/starttls        | ^imap:143                              | fault.endpoint.bad           | imap:143",
			"imap:143/starttls        | ^imap:70000/tls                        | fault.port.bad               | 70000",
			"imap:143/starttls        | ^imap4:143/starttls                    | fault.protocol.unknown       | imap4;imap, pop3, submission, smtp",
			"imap:143/starttls        | ^imap:143/ssl                          | fault.security.unknown       | ssl;tls, starttls, none",
			"imap:143/starttls        | ^imap:993/tls                          | fault.endpoint.duplicate     | 993",
			"imap:993/tls, imap:143   | ^imap:993/starttls, imap:143           | fault.endpoint.security      | imap:993/starttls;tls",
			"imap:143/starttls        | ^imap:143/tls                          | fault.endpoint.security      | imap:143/tls;starttls",
			"imap:143/starttls        | ^imap:110/starttls                     | fault.endpoint.protocol      | imap:110/starttls;pop3",
			"imap:143/starttls        | ^imap:143/none                         | fault.endpoint.clear         | imap:143/none",
			"port: 465                | port: ^0                               | fault.yaml.number-range      | port;1;65535",
			"port: 465                | port: ^'465'                           | fault.yaml.not-number        | port",
			"pins: []                 | auth: ^ldap                            | fault.auth.method            | ldap;password, master, oauth2",
			"pins: []                 | ^auth:                                 | fault.yaml.no-value          | auth",
			"pins: []                 | auth: ^[oauth2]                        | fault.yaml.not-text          | auth",
			"pins: []                 | auth: ^master                          | fault.yaml.missing-key       | user;auth",
			"pins: []                 | auth: ^{user: admin}                   | fault.yaml.missing-key       | method;auth",
			"pins: []                 | auth: ^{method: master}                | fault.yaml.missing-key       | user;auth",
			"pins: []                 | auth: {method: master, user: ^'ad min'} | fault.auth.user             | ad min",
			"pins: []                 | auth: {method: master, user: ^42}      | fault.yaml.not-text          | user",
			"pins: []                 | auth: {method: master, user: a, form: ^plain} | fault.auth.form       | plain;separator, authzid",
			"pins: []                 | auth: {method: master, user: a, separator: ^x} | fault.auth.separator | x",
			"pins: []                 | auth: {method: master, user: ^'a%b', separator: '%'} | fault.auth.separator-in-user | a%b;%",
			"pins: []                 | auth: {method: master, user: a, form: authzid, separator: ^'*'} | fault.auth.key | separator;form: authzid",
			"pins: []                 | auth: {method: master, user: a, ^scope: b} | fault.auth.key           | scope;method: master",
			"pins: []                 | auth: {method: password, ^user: b}     | fault.auth.key               | user;method: password",
			"pins: []                 | auth: {method: oauth2, ^client-secret: s3} | fault.yaml.password      | client-secret",
			"pins: []                 | auth: {method: oauth2, ^token: s3}     | fault.yaml.password          | token",
			"pins: []                 | auth: {method: oauth2, ^clientid: c}   | fault.yaml.unknown-key-near  | clientid;client-id",
			"pins: []                 | auth: {method: oauth2, client-id: ^c}  | fault.yaml.missing-key       | token-endpoint;auth",
			"pins: []                 | auth: ^{method: oauth2, token-endpoint: 'https://a.example/t'} | fault.yaml.missing-key | client-id;auth",
			"pins: []                 | auth: {method: oauth2, client-id: c, token-endpoint: ^'http://a.example/t'} | fault.auth.token-endpoint | http://a.example/t",
			"pins: []                 | auth: {method: oauth2, client-id: c, token-endpoint: ^'https://u:p@a.example/t'} | fault.auth.token-endpoint | https://u:p@a.example/t",
			"pins: []                 | auth: {method: oauth2, client-id: c, token-endpoint: ^'https://a.example/t?client_secret=x'} | fault.yaml.password | token-endpoint",
			"pins: []                 | pins: [^abc]                           | fault.pin.bad                | abc",
			"- name: example.com      | - name: ^exa mple.com                  | fault.domain.bad             | exa mple.com",
			"- name: example.com      | - name: ^EXAMPLE.org.                  | fault.domain.duplicate       | example.org;16",
			"- name: example.com      | - ^nom: example.com                    | fault.yaml.unknown-key       | nom;name, wave, old, new, dkim",
			"wave: first              | wave: ^frist                           | fault.wave.unknown           | frist;first, main",
			"old: mx-old              | old: ^mx-new                           | fault.domain.server-side     | mx-new;old",
			"old: mx-old              | old: ^mx-odl                           | fault.domain.server-unknown  | mx-odl;old;mx-old",
			"- key: main              | - key: main\\n  - key: ^second          | fault.wave.unused            | second",
			"- key: main              | - key: main\\n  - key: ^main            | fault.wave.duplicate         | main;24",
			"2026-12-01T20:00:00+09:00 | ^2026-12-01T20:00:00                  | fault.cutover.bad            | 2026-12-01T20:00:00",
			"address: 9.9.9.9         | address: ^dns.quad9.net                | fault.address.name           | dns.quad9.net",
			"127.0.0.1#5300           | 127.0.0.1#99999                        | fault.dns.place              | 127.0.0.1#99999",
			"authoritative-port: 53   | authoritative-port: ^65536             | fault.yaml.number-range      | authoritative-port;1;65535",
			"\"127.0.0.1#5300\"       | ^tls://dns.example                     | fault.dns.resolver           | tls://dns.example",
			"\"127.0.0.1#5300\"       | {address: 192.0.2.1, transport: ^doq}  | fault.dns.transport          | doq;udp, tcp, dot, doh",
			"\"127.0.0.1#5300\"       | {address: 192.0.2.1, name: ^a.example} | fault.dns.transport-unused   | name;a.example",
			"\"127.0.0.1#5300\"       | {address: 192.0.2.1, transport: doh, path: ^x} | fault.dns.transport-part | path;x",
			"authoritative-port: 53   | blocklists: [^zen/spamhaus]            | fault.dns.blocklist          | zen/spamhaus",
			"authoritative-port: 53   | trust-anchors: [^\"20326 8 E06D\"]     | fault.dns.anchor             | 20326 8 E06D",
			"authoritative-port: 53   | watch: [usual, ^\"mail\"]           | fault.dns.watch              | mail",
			"authoritative-port: 53   | watch: [^\"mail SPF\"]               | fault.dns.watch              | mail SPF",
			"- name: example.com      | - name: example.com\\n    dkim: {old: [^\"s 1\"]} | fault.domain.selector | s 1",
			"- name: example.com      | - name: example.com\\n    dkim: {new: [a, ^A]}  | fault.domain.selector-duplicate | A",
			"- name: example.com      | - name: example.com\\n    dkim: {^nwe: [a]}     | fault.yaml.unknown-key-near  | nwe;new",
			"evidence-max-age: 12h    | evidence-max-age: ^12                  | fault.duration.bad           | 12",
			"evidence-max-age: 12h    | evidence-max-age: ^12 hours            | fault.duration.bad           | 12 hours",
			"evidence-max-age: 12h    | evidence-max-age: ^9999d               | fault.duration.range         | 9999d;1s;3650d",
			"evidence-max-age: 12h    | ^evidence-maxage: 12h                  | fault.yaml.unknown-key-near  | evidence-maxage;evidence-max-age",
			"probe-timeout: 1m30s     | probe-timeout: ^12s                    | fault.policy.timeouts        | probe-timeout;read-timeout",
			"connections-per-server: 8 | connections-per-server: ^many         | fault.yaml.not-number        | connections-per-server",
			"policy:                  | trust: [^../ca.pem]\\npolicy:           | fault.trust.outside          | ../ca.pem",
			"policy:                  | trust: [^/etc/ca.pem]\\npolicy:         | fault.trust.outside          | /etc/ca.pem",
			"policy:                  | trust: [^'C:\\ca.pem']\\npolicy:        | fault.trust.outside          | C:\\ca.pem",
			"policy:                  | extra: ^!!int 5\\npolicy:               | fault.yaml.tag               | tag:yaml.org,2002:int",
	})
	void aFaultPointsAtItsPlace(String sound, String marked, String id, String args) {
		String replacement = marked.replace("\\n", "\n");
		String spoilt = replacement.replace("^", "");
		assertThat(Projects.MIGRATION).contains(sound);
		int start = Projects.MIGRATION.indexOf(sound);
		String text = Projects.MIGRATION.substring(0, start) + spoilt + Projects.MIGRATION.substring(start + sound.length());
		List<Fault> faults = parse(text).faults();
		assertThat(Projects.ids(faults)).as(text).contains(id);
		Fault fault = faults.stream().filter(f -> f.reason().id().equals(id)).findFirst().orElseThrow();
		assertThat(String.join(";", fault.reason().args())).isEqualTo(args);
		if (marked.contains("^")) {
			String before = text.substring(0, start + replacement.indexOf('^'));
			assertThat(fault.line()).isEqualTo((int) before.chars().filter(c -> c == '\n').count() + 1);
			assertThat(fault.column()).isEqualTo(before.length() - before.lastIndexOf('\n'));
		}
	}

	@Test
	void aServerSaysHowItsMailboxesLogIn() {
		assertThat(auth("auth: password")).isEqualTo(Authentication.PASSWORD);
		assertThat(auth("")).as("default").isEqualTo(Authentication.PASSWORD);
		assertThat(auth("auth: {method: master, user: admin}")).isEqualTo(new MasterUser("admin", new MasterUser.Form.Separator("*")));
		assertThat(auth("auth: {method: master, user: admin, form: separator, separator: '%'}"))
				.isEqualTo(new MasterUser("admin", new MasterUser.Form.Separator("%")));
		assertThat(auth("auth: {method: master, user: cyrus, form: authzid}")).isEqualTo(new MasterUser("cyrus", new MasterUser.Form.AuthorizationId()));
		assertThat(auth("auth: oauth2")).isEqualTo(new OAuth(null));
		assertThat(auth("auth: {method: oauth2}")).isEqualTo(new OAuth(null));
		assertThat(auth("auth: {method: oauth2, token-endpoint: 'https://login.example/t/v2.0/token', client-id: c-1, scope: 'imap offline'}"))
				.isEqualTo(new OAuth(new OAuth.Refresh(URI.create("https://login.example/t/v2.0/token"), "c-1", "imap offline")));
	}

	private static Authentication auth(String line) {
		Parsed<MigrationYaml> parsed = parse(Projects.MIGRATION.replace("      pins: []\n", line.isEmpty() ? "" : "      " + line + "\n"));
		assertThat(parsed.faults()).as(line).isEmpty();
		return parsed.value().orElseThrow().migration().server("mx-old").orElseThrow().authentication();
	}

	@Test
	void aDomainMustSayWhichServerWhereASideHasSeveral() {
		String text = Projects.MIGRATION.replace("domains:", """
				    - key: mx-two
				      name: two.new.example
				      addresses: [192.0.2.3]
				      endpoints: [imap:993/tls]
				domains:""");
		assertThat(Projects.brief(parse(text).faults()))
				.containsExactly("migration.yaml:" + Projects.place(text, "example.com") + " fault.domain.server-which [example.com, new, mx-new, mx-two]");
	}

	@Test
	void anOldServerThatIsANewOneTooIsNamed() {
		String text = Projects.MIGRATION.replace("192.0.2.2", "192.0.2.1");
		assertThat(Projects.brief(parse(text).faults()))
				.containsExactly("migration.yaml:" + Projects.place(text, "mx-new") + " fault.server.same-place [192.0.2.1:993, mx-old, mx-new]");
	}

	@Test
	void aDomainMayBeItsNameAlone() {
		Parsed<MigrationYaml> parsed = parse(Projects.MIGRATION.replace("  - name: example.com", "  - example.com\n  - 例え.jp"));
		assertThat(parsed.faults()).isEmpty();
		assertThat(parsed.value().orElseThrow().migration().domains()).extracting(d -> d.name().ascii())
				.containsExactly("example.org", "example.com", "xn--r8jz45g.jp");
	}

	@Test
	void whatIsSoundIsReadEvenBesideFaults() {
		Parsed<MigrationYaml> parsed = parse(Projects.MIGRATION.replace("192.0.2.2", "nowhere"));
		assertThat(parsed.hasErrors()).isTrue();
		assertThat(parsed.sound()).isEmpty();
		assertThat(parsed.value().orElseThrow().migration().server("mx-old")).isPresent();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"''                         | fault.yaml.empty            | 0:0",
			"'# only a comment'         | fault.yaml.empty            | 0:0",
			"'just text'                | fault.yaml.not-mapping      | 1:1",
			"'name: a\n\tb: c'          | fault.yaml.tab              | 2:1",
			"'name: \"a\nb: c'          | fault.yaml.unclosed-quote   | 1:7",
			"'name: [a, b\nc: d'        | fault.yaml.unclosed-bracket | 1:7",
			"'name: a: b'               | fault.yaml.indent           | 1:8",
			"'name: a\n  b: c'          | fault.yaml.indent           | 2:4",
			"'name: a\nb\nc: d'         | fault.yaml.colon            | 2:1",
			"'a: &x 1\nb: *x'           | fault.yaml.alias            | 2:4",
			"'a: 1\n---\nb: 2'          | fault.yaml.documents        | 2:1",
			"'? [a]\n: b'               | fault.yaml.key              | 1:3",
			"'? a\n: b'                 | fault.yaml.key              | 1:3",
			"'a: b\u0007'               | fault.yaml.character        | 1:5",
	})
	void whatIsNoYamlIsNamedInPlainWords(String text, String id, String place) {
		Fault fault = parse(text).faults().getFirst();
		assertThat(fault.reason().id()).isEqualTo(id);
		assertThat(fault.line() + ":" + fault.column()).isEqualTo(place);
	}

	@Test
	void columnsCountAsAnEditorDoes() {
		Fault fault = parse("name: \"\uD83D\uDE00\" x").faults().getFirst();
		assertThat(fault.column()).isEqualTo(12);
	}

	@Test
	void hostileTextStaysShortAndPrintable() {
		List<Fault> faults = parse("name: a\n\"" + "k".repeat(100_000) + "\\u001b[31m\": 1\n\"x\\u202ey\": 2").faults();
		assertThat(faults).allSatisfy(fault -> assertThat(fault.reason().args()).allSatisfy(arg -> {
			assertThat(arg.length()).isLessThan(200);
			assertThat(arg).doesNotContain("\u001b", "\u202e");
		}));
	}

	@Test
	void faultsAreBounded() {
		StringBuilder text = new StringBuilder("name: a\n");
		for (int i = 0; i < 5_000; i++) {
			text.append("unknown").append(i).append(": 1\n");
		}
		List<Fault> faults = parse(text.toString()).faults();
		assertThat(faults).hasSizeLessThan(600);
		assertThat(Projects.ids(faults)).contains("fault.more-errors");
	}
}
