package hikkoshi.dns.tests.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.evidence.Facts;
import hikkoshi.core.evidence.NoEvidence;
import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.evidence.Reason;
import hikkoshi.core.evidence.Sighting;
import hikkoshi.core.model.DkimSelectors;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Endpoint;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Target;
import hikkoshi.core.plan.Leftover;
import hikkoshi.core.probe.DnsStatus;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.text.Phrases;
import hikkoshi.dns.audit.Audit;
import hikkoshi.dns.audit.AuditDns;
import hikkoshi.dns.audit.PlannedDns;
import hikkoshi.dns.audit.Subject;
import hikkoshi.dns.delegation.Resolved;
import hikkoshi.dns.dnssec.Security;
import hikkoshi.dns.policy.PolicyFetch.Fetched;

/// Every check on a zone in good order, and on the same zone with one thing wrong.
class AuditTest {
	private static final Set<String> SEEN = new HashSet<>();
	private static final String GOOD = """
			@ 3600 SOA ns1 hostmaster 1 3600 900 604800 300
			@ 3600 NS ns1
			@ 3600 NS ns2
			ns1 3600 A 198.51.100.1
			ns2 3600 A 203.0.113.1
			@ 300 MX 10 mail
			mail 300 A 20.0.0.1
			mail 300 AAAA 2a00::1
			@ 300 TXT "v=spf1 ip4:20.0.0.1 ip6:2a00::1 " "ip4:20.0.0.2 ip6:2a00::2 -all"
			o1._domainkey 300 TXT "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAjvFgu4VuxBqon6f/AfEgRC5gDnaeVWgq67ElndHzRQm7XkgfvV6vhqEl5pnxowEI6OAejxcCKIllOu7WKiab" "iJdfSt5dMIVpWxceabCbNedz9Qwi5HU3m39QDrcmfv5fcU39IW32" "Q/96FapgVNJmAjo2NXiSQsFKfzxkK9JrWsrfxqQrDRLinghXv0JyOknQey/ze4P0+HRKMBmunfJw60whX5XcfldlQ93Jl4IWhhncZ1swVyQgDg4nEU0bflCtWeTeBB/az22faEPEOUwsc8r0oxptt419VOIl43hSK5+ddLNCFd8wdRXc14qw91ETfJR+FtqzNYdvMW6SQ7NI+wIDAQAB"
			n1._domainkey 300 TXT "v=DKIM1; k=ed25519; p=AKHqRu4B6fe/Zznti+rxArXE5NdTqHZYtDovV9dGLGM="
			_dmarc 300 TXT "v=DMARC1; p=reject; rua=mailto:dmarc@example.org"
			_mta-sts 300 TXT "v=STSv1; id=20261124"
			mta-sts 300 A 198.51.100.7
			_smtp._tls 300 TXT "v=TLSRPTv1; rua=mailto:tls@example.org"
			_25._tcp.mail 300 TLSA 3 1 1 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
			@ 300 CAA 0 issue "letsencrypt.org"
			autodiscover 300 A 20.0.0.2
			autoconfig 300 A 20.0.0.2
			_imaps._tcp 300 SRV 0 1 993 mail2
			_pop3._tcp 300 SRV 0 0 0 .
			mail2 300 A 20.0.0.2
			""";
	private static final String REVERSE = """
			2.0.0.20.in-addr.arpa. 300 PTR mail.new.example.
			2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.a.2.ip6.arpa. 300 PTR mail.new.example.
			""";

	private static final String BLOCKLIST = """
			2.0.0.127 300 A 127.0.0.2
			2.0.0.0.0.0.f.7.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0 300 A 127.0.0.2
			""";
	private static final String RSA_1024 = "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC49Kxe/7bLPXWlnzVdwuJN9l2zsEouLTRSFCwA8dIrmMi0oQ1+AIPqsnv2Fx+NDIBr+1P/stFmbl1uvZofbYM/"
			+ "csG8flNmc+/SdhHUr2W+KAdxUE2gIsCuEBZ9uIcJMws164/jU+uBYr31Ab78VfvfuhsFYs/pXtAsDEb59pNP0wIDAQAB";
	private static final String RSA_768 = "MHwwDQYJKoZIhvcNAQEBBQADawAwaAJhAMeYTeZIOcjdwbjiKYW4fDMM9tt4LQLC71qXteNHacvssm0DdTDSDUWb3trdHJ/cFbS6AcnqBJb6n0fxYvk2fS7iZeD8"
			+ "ivXuaRRHj5PjL9sOvl2lgJT4lhH4lG+36rAA+wIDAQAB";

	private static final String SHA1 = "00ff".repeat(10);
	private static final String SHA256 = "00ff".repeat(16);

	private static Server server(Side side, String v4, String v6) {
		return new Server("mx-" + side.token(), side, DomainName.parse("mail." + side.token() + ".example"),
				List.of(InetAddress.ofLiteral(v4), InetAddress.ofLiteral(v6)),
				List.of(new Endpoint(Protocol.SMTP, 25, hikkoshi.core.model.Security.STARTTLS), new Endpoint(Protocol.SUBMISSION, 465, hikkoshi.core.model.Security.TLS)), List.of());
	}

	private static Subject subject() {
		return subject(new DkimSelectors(List.of("o1"), List.of("n1")));
	}

	private static Subject subject(DkimSelectors dkim) {
		return subject(dkim, new Doors(Map.of("old", PRESENT, "new", PRESENT)));
	}

	private static Subject subject(DkimSelectors dkim, EvidenceView evidence) {
		return new Subject(new Domain(DomainName.parse("example.org"), "main", "mx-old", "mx-new", dkim), Optional.of(server(Side.OLD, "20.0.0.1", "2a00::1")),
				Optional.of(server(Side.NEW, "20.0.0.2", "2a00::2")), Duration.ofMinutes(5), Instant.parse("2026-11-24T00:00:00Z"),
				List.of(DomainName.parse("bl.example")), evidence);
	}

	/// All other names, which do not exist, and the policy that the domain's host serves.
	private record Elsewhere(Fetched policy) implements AuditDns {
		static final String POLICY = "version: STSv1\r\nmode: enforce\r\nmx: mail.example.org\r\nmax_age: 86400\r\n";

		Elsewhere() {
			this(new Fetched.Policy(POLICY, "text/plain; charset=utf-8", "198.51.100.7:443"));
		}

		@Override
		public Resolved resolve(Name name, int type) {
			return nobody(name, DnsStatus.NXDOMAIN);
		}

		@Override
		public Fetched policy(String host, List<InetAddress> addresses) {
			return policy;
		}
	}

	/// What the doors of the servers were seen to show.
	private record Doors(Map<String, String> keys) implements EvidenceView {
		@Override
		public Optional<Sighting> latest(String probe, Target.Id target) {
			String side = target.value().startsWith("door:old/") ? "old" : "new";
			String place = side + (target.value().contains("submission:") ? " submission" : "");
			if (!probe.equals("smtp.ehlo") || !keys.containsKey(place)) {
				return Optional.empty();
			}
			Facts.Tree certificate = new Facts.Tree("tls.certificate", "CN=mail", List.of(Facts.Tree.of("tls.sha256", "aa"), Facts.Tree.of("tls.spki-sha256", keys.get(place)),
					Facts.Tree.of("tls.issuer", keys.getOrDefault("issuer", "CN=R11,O=Let's Encrypt")),
					new Facts.Tree("tls.names", "1", List.of(Facts.Tree.of("tls.certificate-name", keys.getOrDefault("name", "mail.example.org"))))));
			Facts.Tree facts = new Facts.Tree("door", "", List.of(new Facts.Tree("phase.tls", "TLSv1.3", List.of(new Facts.Tree("tls.chain", "1", List.of(certificate))))));
			Evidence evidence = new Evidence(probe, target, Instant.EPOCH, Duration.ZERO, Outcome.PASS, Reason.of("door.ok"), facts);
			return Optional.of(new Sighting(1, evidence, Instant.EPOCH, Instant.EPOCH, 1));
		}

		@Override
		public List<Sighting> latest() {
			return List.of();
		}

		@Override
		public List<Sighting> history(String probe, Target.Id target, int limit) {
			return List.of();
		}

		@Override
		public long lastRow() {
			return 0;
		}

		@Override
		public List<Sighting> since(long row, int limit) {
			return List.of();
		}
	}

	private static final String PRESENT = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
	private static final String OTHER = "ff".repeat(32);

	private static Resolved nobody(Name name, DnsStatus status) {
		return new Resolved(status, false, name, List.of(), "elsewhere", List.of(), 0, 0, "");
	}

	private static Finding check(String id, String zone) throws IOException, InterruptedException {
		return check(id, zone, new Elsewhere());
	}

	private static Finding check(String id, String zone, AuditDns others) throws IOException, InterruptedException {
		return check(id, zone, REVERSE, others);
	}

	private static Finding check(String id, String zone, String reverse, AuditDns others) throws IOException, InterruptedException {
		return check(id, subject(), zone, reverse, BLOCKLIST, others);
	}

	private static Finding check(String id, Subject subject, String zone, String reverse, String blocklist, AuditDns others)
			throws IOException, InterruptedException {
		AuditDns dns = new PlannedDns(others).with(Name.fromConstantString("example.org."), zone)
				.with(Name.fromConstantString("arpa."), reverse)
				.with(Name.fromConstantString("bl.example."), blocklist)
				.with(Name.fromConstantString("new.example."), "mail 300 A 20.0.0.2\nmail 300 AAAA 2a00::2");
		Finding finding = Audit.check(id, subject, dns);
		SEEN.add(finding.reason().id());
		return finding;
	}

	@AfterAll
	static void everyReasonThatHasWordsWasSeen() {
		Set<String> never = new TreeSet<>(texts(Locale.ENGLISH).keySet());
		never.removeIf(key -> key.startsWith("fact.") || key.endsWith(".title") || key.endsWith(".help") || key.endsWith(".remedy") || key.endsWith(".args") || SEEN.contains(key));
		assertThat(never).as("words for what no check says").isEmpty();
	}

	private static ResourceBundle texts(Locale locale) {
		return new Audit().texts(locale);
	}

	@Test
	void aGoodZoneFailsNowhere() throws Exception {
		List<String> bad = new ArrayList<>();
		for (Probe<?> probe : new Audit().probes()) {
			Finding finding = check(probe.id(), GOOD);
			Set<String> expected = Set.of("audit.leftovers", "audit.leftovers.end");
			if (finding.outcome() != Outcome.PASS && !expected.contains(probe.id())) {
				bad.add(finding.reason().toString());
			}
			assertThat(((Facts.Table) finding.facts()).rows()).as(probe.id()).isNotEmpty();
		}
		assertThat(bad).isEmpty();
	}

	@Test
	void theAnswersBehindAJudgementAreItsFacts() throws Exception {
		Facts.Table facts = (Facts.Table) check("audit.mx.resolves", GOOD).facts();
		assertThat(facts.columns()).containsExactly("name", "type", "status", "ttl", "data", "server");
		assertThat(facts.rows()).containsExactly(
				List.of("example.org", "MX", "ANSWER", "300", "10 mail.example.org.", "planned"),
				List.of("mail.example.org", "A", "ANSWER", "300", "20.0.0.1", "planned"),
				List.of("mail.example.org", "AAAA", "ANSWER", "300", "2a00::1", "planned"));
	}

	@Test
	void whatNobodyAnswersIsUnknownAndNeverAFault() throws Exception {
		for (Probe<?> probe : new Audit().probes()) {
			Finding finding = Audit.check(probe.id(), subject(), (name, _) -> nobody(name, DnsStatus.TIMEOUT));
			SEEN.add(finding.reason().id());
			assertThat(finding.outcome()).as(probe.id()).isEqualTo(Outcome.UNKNOWN);
			assertThat(finding.reason().id()).isIn("audit.unanswered", "audit.blocklist.broken");
		}
	}

	/// `-` takes lines away that begin with the text, `+` adds one.
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			audit.mx.present       | -@ 300 MX                                              | FAIL | none
			audit.mx.present       | -@ 300 MX; +@ 300 A 20.0.0.1                           | WARN | implicit
			audit.mx.null          | -@ 300 MX; +@ 300 MX 0 .                               | FAIL | refuses
			audit.mx.null          | +@ 300 MX 0 .                                          | FAIL | mixed
			audit.mx.resolves      | +@ 300 MX 20 gone                                      | FAIL | none
			audit.mx.resolves      | -@ 300 MX                                              | PASS | moot
			audit.mx.alias         | +@ 300 MX 20 alias; +alias 300 CNAME mail              | FAIL | alias
			audit.mx.literal       | +@ 300 MX 20 192.0.2.1.                                | FAIL | literal
			audit.mx.literal       | +@ 300 MX 20 192.0.2.1                                 | FAIL | literal
			audit.mx.public        | +mail 300 A 10.0.0.1                                   | FAIL | private
			audit.mx.public        | +mail 300 AAAA fd00::1                                 | FAIL | private
			audit.mx.public        | +mail 300 A 100.64.0.1                                 | FAIL | private
			audit.mx.duplicates    | +@ 300 MX 20 backup; +backup 300 A 20.0.0.1            | WARN | same
			audit.mx.sides         | +@ 300 MX 0 .                                          | PASS | old
			audit.mx.sides         | -mail 300 A; +mail 300 A 20.0.0.2; -mail 300 AAAA      | PASS | new
			audit.mx.sides         | +@ 300 MX 20 backup; +backup 300 A 20.0.0.2            | FAIL | both
			audit.mx.sides         | +@ 300 MX 20 backup; +backup 300 A 20.9.9.9            | WARN | mixed
			audit.mx.sides         | -mail 300 A; -mail 300 AAAA; +mail 300 A 20.9.9.9      | WARN | other
			audit.mx.families      | -mail 300 A 20; +mail 300 A 20.0.0.2                   | FAIL | torn
			audit.mx.ttl           | -@ 300 MX; +@ 3600 MX 10 mail                          | WARN | high
			audit.mx.ttl           | -mail 300; +mail 7200 A 20.0.0.1                       | WARN | high
			audit.spf.present      | -@ 300 TXT                                             | WARN | none
			audit.spf.single       | +@ 300 TXT "v=spf1 -all"                               | FAIL | several
			audit.spf.single       | +@ 300 TXT "v=spf10 other"                             | PASS | ok
			audit.spf.syntax       | -@ 300 TXT; +@ 300 TXT "v=spf1 ip4:1.2.3 -all"         | FAIL | bad
			audit.spf.syntax       | -@ 300 TXT; +@ 300 TXT "v=spf1 include:gone.example.org -all" | FAIL | no-target
			audit.spf.syntax       | -@ 300 TXT; +@ 300 TXT "v=spf1 include:x.example.org -all"; +x 300 TXT "v=spf1 -all"; +x 300 TXT "v=spf1 ~all" | FAIL | several
			audit.spf.limits       | -@ 300 TXT; +@ 300 TXT "v=spf1 a a a a a a a a a a a -all"; +@ 300 A 20.9.9.9; +@ 300 AAAA 2a00::9 | FAIL | lookups
			audit.spf.limits       | -@ 300 TXT; +@ 300 TXT "v=spf1 a a a a a a a a a -all"; +@ 300 A 20.9.9.9 | WARN | near
			audit.spf.limits       | -@ 300 TXT; +@ 300 TXT "v=spf1 a:a.example.org a:b.example.org a:c.example.org -all" | FAIL | voids
			audit.spf.limits       | -@ 300 TXT; +@ 300 TXT "v=spf1 mx -all"; +@ 300 MX 1 m1; +@ 300 MX 1 m2; +@ 300 MX 1 m3; +@ 300 MX 1 m4; +@ 300 MX 1 m5; +@ 300 MX 1 m6; +@ 300 MX 1 m7; +@ 300 MX 1 m8; +@ 300 MX 1 m9; +@ 300 MX 1 m10 | FAIL | mx
			audit.spf.old          | -@ 300 TXT; +@ 300 TXT "v=spf1 ip4:20.0.0.2 ip6:2a00::2 -all" | FAIL | fails
			audit.spf.new          | -@ 300 TXT; +@ 300 TXT "v=spf1 ip4:20.0.0.1 ip4:20.0.0.2 -all" | FAIL | fails
			audit.spf.all          | -@ 300 TXT; +@ 300 TXT "v=spf1 +all"                   | FAIL | open
			audit.spf.all          | -@ 300 TXT; +@ 300 TXT "v=spf1 mx"                     | WARN | neutral
			audit.spf.ptr          | -@ 300 TXT; +@ 300 TXT "v=spf1 ptr:example.org -all"   | WARN | used
			audit.spf.obsolete-type | +@ 300 SPF "v=spf1 -all"                              | WARN | used
			audit.dkim.old         | -o1._domainkey                                         | FAIL | missing
			audit.dkim.old         | -o1._domainkey; +o1._domainkey 300 CNAME gone.provider.example. | FAIL | missing
			audit.dkim.old         | -o1._domainkey; +o1._domainkey 300 CNAME real; +real 300 TXT "p=" | PASS | ok
			audit.dkim.new         | -n1._domainkey                                         | FAIL | missing
			audit.dkim.single      | +n1._domainkey 300 TXT "v=DKIM1; p=AAAA"               | FAIL | several
			audit.dkim.single      | -n1._domainkey; -o1._domainkey                         | PASS | moot
			audit.dkim.syntax      | -n1._domainkey; +n1._domainkey 300 TXT "v=DKIM2; p=AAAA" | FAIL | bad
			audit.dkim.syntax      | -n1._domainkey; +n1._domainkey 300 TXT "k=rsa; v=DKIM1; p="  | FAIL | bad
			audit.dkim.syntax      | -n1._domainkey; +n1._domainkey 300 TXT "v=DKIM1; p=; p=" | FAIL | bad
			audit.dkim.syntax      | -n1._domainkey; +n1._domainkey 300 TXT "v=DKIM1; k=rsa"  | FAIL | bad
			audit.dkim.syntax      | -n1._domainkey; +n1._domainkey 300 TXT "v=DKIM1; k=dsa; p=AAAA"  | FAIL | bad
			audit.dkim.syntax      | -n1._domainkey; +n1._domainkey 300 TXT "v=DKIM1; p=AKHqRu4B6fe/Zznti+rxArXE5NdTqHZYtDovV9dGLGM=" | FAIL | bad
			audit.dkim.syntax      | -n1._domainkey; +n1._domainkey 300 TXT "v=DKIM1; k=ed25519; p=AAAA" | FAIL | bad
			audit.dkim.syntax      | -n1._domainkey; +n1._domainkey 300 TXT "v=DKIM1; p=\"MIGf\"" | FAIL | bad
			audit.dkim.syntax      | -n1._domainkey; +n1._domainkey 300 TXT "v=spf1 -all"    | FAIL | bad
			audit.dkim.syntax      | -n1._domainkey; +n1._domainkey 300 TXT "v = DKIM1 ; t = s ; p = MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC49Kxe/7bLPXWlnzVdwuJN9l2zsEouLTRSFCwA8dIrmMi0oQ1+AIPqsnv2Fx+NDIBr+1P/stFmbl1uvZofbYM/ csG8flNmc+/SdhHUr2W+KAdxUE2gIsCuEBZ9uIcJMws164/jU+uBYr31Ab78VfvfuhsFYs/pXtAsDEb59pNP0wIDAQAB ;" | PASS | ok
			audit.dkim.revoked     | -n1._domainkey; +n1._domainkey 300 TXT "v=DKIM1; p="    | FAIL | empty
			audit.dkim.length      | -n1._domainkey; +n1._domainkey 300 TXT "p=RSA1024"      | WARN | weak
			audit.dkim.length      | -n1._domainkey; +n1._domainkey 300 TXT "p=RSA768"       | FAIL | broken
			audit.dkim.flags       | -n1._domainkey; +n1._domainkey 300 TXT "t=y:s; p=RSA1024" | WARN | testing
			audit.dkim.flags       | -n1._domainkey; +n1._domainkey 300 TXT "t=s; p=RSA1024" | PASS | strict
			audit.dkim.flags       | -n1._domainkey; +n1._domainkey 300 TXT "s=tlsrpt; p=RSA1024" | FAIL | useless
			audit.dkim.flags       | -n1._domainkey; +n1._domainkey 300 TXT "h=sha1; p=RSA1024" | FAIL | useless
			audit.dmarc.present    | -_dmarc                                                | WARN | none
			audit.dmarc.single     | +_dmarc 300 TXT "v=DMARC1; p=none"                     | FAIL | several
			audit.dmarc.syntax     | -_dmarc; +_dmarc 300 TXT "v=DMARC1; p=refuse"          | FAIL | bad
			audit.dmarc.syntax     | -_dmarc; +_dmarc 300 TXT "v=DMARC1; p=none; rua=dmarc@example.org" | FAIL | bad
			audit.dmarc.syntax     | -_dmarc; +_dmarc 300 TXT "v=DMARC1; p=none; nonsense"  | FAIL | bad
			audit.dmarc.syntax     | -_dmarc; +_dmarc 300 TXT "v=DMARC1; p=none; pct=101"   | FAIL | bad
			audit.dmarc.policy     | -_dmarc; +_dmarc 300 TXT "v=DMARC1; p=none"            | WARN | none
			audit.dmarc.reports    | -_dmarc; +_dmarc 300 TXT "v=DMARC1; p=none"            | WARN | none
			audit.dmarc.reports    | -_dmarc; +_dmarc 300 TXT "v=DMARC1; p=none; rua=mailto:a@reports.example" | FAIL | refused
			audit.dmarc.reports    | -_dmarc; +_dmarc 300 TXT "v=DMARC1; p=none; rua=mailto:a@example.org; ruf=mailto:a@reports.example" | FAIL | refused
			audit.dmarc.reports    | -_dmarc; +_dmarc 300 TXT "v=DMARC1; p=none; rua=mailto:a@example.org; ruf=mailto:b@example.org" | PASS | ok
			audit.dmarc.syntax     | -_dmarc; +_dmarc 300 TXT "v=DMARC1; p=none; psd=x"     | FAIL | bad
			audit.dmarc.syntax     | -_dmarc; +_dmarc 300 TXT "v=DMARC1; p=none; psd=n"     | PASS | ok
			audit.dmarc.syntax     | -_dmarc; +_dmarc 300 TXT "v=DMARC1; p=none; t=maybe"   | FAIL | bad
			audit.dmarc.policy     | -_dmarc; +_dmarc 300 TXT "v=DMARC1; p=reject; t=y"     | WARN | testing
			audit.dmarc.policy     | -_dmarc; +_dmarc 300 TXT "v=DMARC1; p=reject; psd=y"   | WARN | suffix
			audit.mta-sts.record   | -_mta-sts; +_mta-sts 300 TXT "v=STSv1; id=a-b"         | FAIL | bad
			audit.mta-sts.record   | -mta-sts                                               | FAIL | no-host
			audit.mta-sts.record   | -_mta-sts                                              | PASS | moot
			audit.tls-rpt.record   | -_smtp; +_smtp._tls 300 TXT "v=TLSRPTv1; rua=ftp://x"  | FAIL | bad
			audit.tls-rpt.record   | -_smtp; +_smtp._tls 300 TXT "v=TLSRPTv1; rua=mailto:nobody" | FAIL | bad
			audit.tls-rpt.record   | -_smtp; +_smtp._tls 300 TXT "v=TLSRPTv1; rua=mailto:a@example.org,ftp://x" | FAIL | bad
			audit.tls-rpt.record   | -_smtp; +_smtp._tls 300 TXT "v=TLSRPTv1; rua=mailto:a@example.org!10m" | FAIL | bad
			audit.tls-rpt.record   | -_smtp; +_smtp._tls 300 TXT "v=TLSRPTv1; rua=mailto:a@example.org, https://example.org/v1" | PASS | ok
			audit.tlsa             | +@ 300 MX 20 mail2                                     | WARN | some
			audit.tlsa             | -_25; +_25._tcp.mail 300 TLSA 1 1 1 00ff               | FAIL | unusable
			audit.autodiscover     | -autodiscover; +autodiscover 300 CNAME mail            | WARN | old
			audit.autoconfig       | -autoconfig; +autoconfig 300 A 20.0.0.1                | WARN | old
			audit.srv              | +_imap._tcp 300 SRV 0 1 143 alias; +alias 300 CNAME mail | FAIL | bad
			audit.srv              | +_imap._tcp 300 SRV 0 1 143 gone                       | FAIL | bad
			audit.leftovers        | -mail 300                                              | PASS | ok
			audit.leftovers.end    | -@ 300 TXT; -o1._domainkey                             | PASS | ok
			audit.leftovers.end    | -@ 300 TXT                                             | WARN | old
			audit.leftovers        | +webmail 300 CNAME mail                                | WARN | old
			audit.wildcard         | +* 300 A 20.0.0.1                                      | WARN | found
			audit.wildcard         | +* 300 MX 10 mail                                      | WARN | found
			audit.ns.count         | -@ 3600 NS ns2                                         | WARN | one
			audit.ns.alias         | -ns2; +ns2 300 CNAME ns1                               | FAIL | alias
			audit.ns.networks      | -ns2; +ns2 300 A 198.51.100.2                          | WARN | one
			audit.ns.networks      | -ns2; +ns2 300 A 203.0.113.2                           | PASS | ok
			audit.soa.negative-ttl | -@ 3600 SOA; +@ 86400 SOA ns1 hostmaster 1 3600 900 604800 86400 | WARN | long""")
	void oneThingWrongIsFound(String id, String change, Outcome outcome, String reason) throws Exception {
		String zone = GOOD;
		for (String each : change.replace("RSA1024", RSA_1024).replace("RSA768", RSA_768).split(";(?= [-+])")) {
			String text = each.strip().substring(1);
			zone = each.strip().startsWith("+") ? zone + text + "\n"
					: String.join("\n", zone.lines().filter(line -> !line.startsWith(text.strip())).toList()) + "\n";
			assertThat(zone).as("the change does something").isNotEqualTo(GOOD);
		}
		Finding finding = check(id, zone);
		assertThat(finding.outcome()).as(finding.reason().toString()).isEqualTo(outcome);
		assertThat(finding.reason().id()).isEqualTo(reason.equals("moot") ? "audit.moot" : id + "." + reason);
	}

	/// Each row: name, type, data, by what it leads there, what it should become, when.
	@Test
	void everyLeftoverIsARowWithWhatShouldBecomeOfIt() throws Exception {
		String zone = GOOD + """
				webmail 300 CNAME mail
				smtp 300 CNAME mail.old.example.
				@ 300 MX 20 mail.old.example.
				@ 300 MX 30 mail2
				_imap._tcp 300 SRV 0 1 143 mail
				_submission._tcp 300 SRV 5 6 587 mail.old.example.
				* 300 A 20.0.0.1
				""";
		PlannedDns others = new PlannedDns(new Elsewhere()).with(Name.fromConstantString("old.example."), "mail 300 A 20.0.0.1");
		List<List<String>> now = ((Facts.Table) check("audit.leftovers", zone, others).facts()).rows();
		assertThat(now).contains(
				List.of("*.example.org", "A", "20.0.0.1", "mx-old", "20.0.0.2", "cutover"),
				List.of("_25._tcp.mail.example.org", "TLSA", "3 1 1 00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF", "mail.example.org", "?", "cutover"),
				List.of("_imap._tcp.example.org", "SRV", "0 1 143 mail.example.org.", "mail.example.org 20.0.0.1, 2a00::1", "=", "cutover"),
				List.of("_submission._tcp.example.org", "SRV", "5 6 587 mail.old.example.", "mail.old.example 20.0.0.1", "5 6 587 mail.new.example.", "cutover"),
				List.of("example.org", "MX", "10 mail.example.org.", "mail.example.org 20.0.0.1, 2a00::1", "=", "cutover"),
				List.of("example.org", "MX", "20 mail.old.example.", "mail.old.example 20.0.0.1", "20 mail.new.example.", "cutover"),
				List.of("mail.example.org", "A", "20.0.0.1", "mx-old", "20.0.0.2", "cutover"),
				List.of("mail.example.org", "AAAA", "2a00::1", "mx-old", "2a00::2", "cutover"),
				List.of("smtp.example.org", "CNAME", "mail.old.example.", "mail.old.example 20.0.0.1", "mail.new.example.", "cutover"),
				List.of("webmail.example.org", "CNAME", "mail.example.org.", "webmail.example.org 20.0.0.1, 2a00::1", "=", "cutover"));
		assertThat(now).noneMatch(row -> row.get(2).contains("mail2"));
		List<Leftover> end = Leftover.of(check("audit.leftovers.end", zone, others).facts());
		assertThat(end).allMatch(row -> row.when() == Leftover.When.END).contains(
				new Leftover("example.org", "TXT (SPF)", "ip4:20.0.0.1", "20.0.0.1 ← ip4:20.0.0.1", "", Leftover.When.END),
				new Leftover("example.org", "TXT (SPF)", "ip6:2a00::1", "2a00::1 ← ip6:2a00::1", "", Leftover.When.END));
		assertThat(end).anyMatch(row -> row.name().equals("o1._domainkey.example.org") && row.leads().equals("DKIM"));
	}

	@Test
	void theOldServerWithinAnotherOnesSpfIsFoundByItsInclude() throws Exception {
		String zone = GOOD.replace("v=spf1 ip4:20.0.0.1 ip6:2a00::1 ", "v=spf1 include:_spf.provider.example ");
		PlannedDns others = new PlannedDns(new Elsewhere()).with(Name.fromConstantString("provider.example."),
				"_spf 300 TXT \"v=spf1 ip4:20.0.0.0/29 -all\"");
		assertThat(Leftover.of(check("audit.leftovers.end", zone, others).facts())).contains(
				new Leftover("example.org", "TXT (SPF)", "include:_spf.provider.example", "20.0.0.1 ← ip4:20.0.0.0/29 (_spf.provider.example)", "", Leftover.When.END));
	}

	/// `x` is the domain's list of a side, `-` an empty one.
	@ParameterizedTest
	@CsvSource({"-, -, WARN, audit.dkim.selectors.none, s1", "-, n1, WARN, audit.dkim.selectors.no-old, s1", "o1, -, WARN, audit.dkim.selectors.no-new, s1",
			"o1, n1, PASS, audit.dkim.selectors.ok, n1"})
	void selectorsThatNobodyNamedAreGuessedAsAHint(String old, String fresh, Outcome outcome, String reason, String said) throws Exception {
		DkimSelectors dkim = new DkimSelectors(old.equals("-") ? List.of() : List.of(old), fresh.equals("-") ? List.of() : List.of(fresh));
		String zone = GOOD + "s1._domainkey 300 TXT \"v=DKIM1; p=" + RSA_1024 + "\"\nmail._domainkey 300 TXT \"something else\"\n";
		Finding finding = check("audit.dkim.selectors", subject(dkim), zone, REVERSE, BLOCKLIST, new Elsewhere());
		assertThat(finding.outcome()).isEqualTo(outcome);
		assertThat(finding.reason().id()).isEqualTo(reason);
		assertThat(finding.reason().args().getLast()).isEqualTo(said);
		assertThat(check("audit.dkim.length", subject(DkimSelectors.NONE), zone, REVERSE, BLOCKLIST, new Elsewhere()).reason().id())
				.as("guesses are judged no further").isEqualTo("audit.moot");
	}

	/// What the list answers besides its test points, or instead of them.
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			new | +2.0.0.20 300 A 127.0.0.10; +2.0.0.20 300 TXT "see https://bl.example/?ip" | FAIL | audit.blocklist.new.listed | https
			new | +2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.a.2 300 A 127.0.0.3 | FAIL | audit.blocklist.new.listed | 2a00::2
			new | +1.0.0.127 300 A 127.0.0.2 | UNKNOWN | audit.blocklist.broken | 127.0.0.1 is listed
			new | -2.0.0.127 | UNKNOWN | audit.blocklist.broken | 127.0.0.2 is not listed
			new | -2.0.0.127; +2.0.0.127 300 A 127.255.255.254 | UNKNOWN | audit.blocklist.broken | 127.255.255.254
			new | -2.0.0.127; +2.0.0.127 300 A 203.0.113.9 | UNKNOWN | audit.blocklist.broken | 203.0.113.9
			new | +2.0.0.20 300 A 127.255.255.255 | UNKNOWN | audit.blocklist.broken | 127.255.255.255
			old | +1.0.0.20 300 A 127.0.0.4 | WARN | audit.blocklist.old.listed | 20.0.0.1
			old | +2.0.0.20 300 A 127.0.0.4 | PASS | audit.blocklist.old.ok | 20.0.0.1""")
	void aBlockListIsBelievedOnlyWhenItsTestPointsAre(String side, String change, Outcome outcome, String reason, String said) throws Exception {
		String list = BLOCKLIST;
		for (String each : change.split(";(?= [-+])")) {
			String text = each.strip().substring(1);
			list = each.strip().startsWith("+") ? list + text + "\n" : String.join("\n", list.lines().filter(line -> !line.startsWith(text)).toList()) + "\n";
		}
		Finding finding = check("audit.blocklist." + side, subject(), GOOD, REVERSE, list, new Elsewhere());
		assertThat(finding.outcome()).as(finding.reason().toString()).isEqualTo(outcome);
		assertThat(finding.reason().id()).isEqualTo(reason);
		assertThat(finding.reason().args().get(1)).contains(said);
	}

	@Test
	void aListWithoutIpv6IsNotAskedForIt() throws Exception {
		String list = "2.0.0.127 300 A 127.0.0.2\n2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.a.2 300 A 127.0.0.3\n";
		assertThat(check("audit.blocklist.new", subject(), GOOD, REVERSE, list, new Elsewhere()).outcome()).isEqualTo(Outcome.PASS);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			audit.ptr.present   | 2.0.0.20.in-addr.arpa. 300 PTR mail.new.example. | FAIL | none
			audit.ptr.confirmed | 2.0.0.20.in-addr.arpa. 300 PTR liar.new.example. | FAIL | loose
			audit.ptr.name      | 2.0.0.20.in-addr.arpa. 300 PTR host.provider.example. | WARN | other""")
	void anAddressWithoutAGoodNameIsFound(String id, String reverse, Outcome outcome, String reason) throws Exception {
		Finding finding = check(id, GOOD, reverse, new Elsewhere());
		assertThat(finding.outcome()).isEqualTo(outcome);
		assertThat(finding.reason().id()).isEqualTo(id + "." + reason);
	}

	@Test
	void anAliasAtTheApexIsFound() throws Exception {
		Name alias = Name.fromConstantString("example.org.");
		AuditDns dns = (name, type) -> name.equals(alias) && type == Type.CNAME
				? new Resolved(DnsStatus.ANSWER, false, name, List.of(new CNAMERecord(alias, DClass.IN, 300, Name.fromConstantString("host.example."))),
						"ns", List.of(), 0, 0, "")
				: nobody(name, DnsStatus.NO_DATA);
		Finding finding = Audit.check("audit.apex.cname", subject(), dns);
		SEEN.add(finding.reason().id());
		assertThat(finding.reason().id()).isEqualTo("audit.apex.cname.alias");
		assertThat(finding.reason().args()).containsExactly("example.org", "host.example.");
	}

	/// The good zone, with one word of DNSSEC about everything.
	private static Finding check(String id, String zone, Security security) throws IOException, InterruptedException {
		PlannedDns plan = new PlannedDns(new Elsewhere()).with(Name.fromConstantString("example.org."), zone);
		AuditDns dns = new AuditDns() {
			@Override
			public Resolved resolve(Name name, int type) throws IOException, InterruptedException {
				return plan.resolve(name, type);
			}

			@Override
			public Security security(Name name, int type) {
				return security;
			}
		};
		Finding finding = Audit.check(id, subject(), dns);
		SEEN.add(finding.reason().id());
		return finding;
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			SECURE        | NONE        | 864000 | PASS    | audit.dnssec.chain.secure      | audit.tlsa.secure.ok
			SECURE        | NONE        | 600    | WARN    | audit.dnssec.chain.soon        | audit.tlsa.secure.ok
			INSECURE      | NONE        | 0      | PASS    | audit.dnssec.chain.insecure    | audit.tlsa.secure.useless
			BOGUS         | EXPIRED     | -600   | FAIL    | audit.dnssec.chain.expired     | audit.tlsa.secure.bogus
			BOGUS         | NOT_YET     | 600    | FAIL    | audit.dnssec.chain.not-yet     | audit.tlsa.secure.bogus
			BOGUS         | NO_DNSKEY   | 0      | FAIL    | audit.dnssec.chain.no-dnskey   | audit.tlsa.secure.bogus
			BOGUS         | DS_MISMATCH | 0      | FAIL    | audit.dnssec.chain.ds-mismatch | audit.tlsa.secure.bogus
			BOGUS         | UNSIGNED    | 0      | FAIL    | audit.dnssec.chain.unsigned    | audit.tlsa.secure.bogus
			BOGUS         | OTHER       | 0      | FAIL    | audit.dnssec.chain.bogus       | audit.tlsa.secure.bogus
			INDETERMINATE | NONE        | 0      | UNKNOWN | audit.dnssec.chain.unknown     | audit.unanswered
			UNJUDGED      | NONE        | 0      | PASS    | audit.moot                     | audit.moot""")
	void whatDnssecSaysIsJudged(Security.State state, Security.Why why, long until, Outcome outcome, String chain, String tlsa) throws Exception {
		Security security = new Security(state, why, "example.org", "said", until == 0 ? null : subject().now().plusSeconds(until));
		assertThat(check("audit.dnssec.chain", GOOD, security)).satisfies(finding -> {
			assertThat(finding.outcome()).isEqualTo(outcome);
			assertThat(finding.reason().id()).isEqualTo(chain);
		});
		assertThat(check("audit.tlsa.secure", GOOD, security).reason().id()).isEqualTo(tlsa);
	}

	@Test
	void algorithmsOfYesterdayAreNamed() throws Exception {
		// DS stands in the parent's zone; in one master file it is the same to the check
		for (String[] each : new String[][] {{"1 13 2 " + SHA256, "ok"}, {"1 5 2 " + SHA256, "old"}, {"1 13 1 " + SHA1, "old"},
				{"1 13 1 " + SHA1 + "\n@ 300 DS 1 13 2 " + SHA256, "ok"}}) {
			assertThat(check("audit.dnssec.algorithms", GOOD + "@ 300 DS " + each[0] + "\n").reason().id()).as(each[0]).isEqualTo("audit.dnssec.algorithms." + each[1]);
		}
	}

	/// What the policy host serves; `-` for the policy in order, with one word changed.
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			                     |                          | PASS | ok
			mode: enforce        | mode: none               | PASS | none
			mx: mail.example.org | mx: *.example.org        | PASS | ok
			mx: mail.example.org | mx: *.mail.example.org   | FAIL | shut
			mx: mail.example.org | mx: old.example          | FAIL | shut
			enforce/mail.example.org | testing/old.example  | WARN | would-shut
			mx: mail.example.org | mx: mail..example        | FAIL | bad
			version: STSv1       | version: STSv2           | FAIL | bad
			mode: enforce        | mode: on                 | FAIL | bad
			max_age: 86400       | max_age: 99999999        | FAIL | bad
			max_age: 86400       |                          | FAIL | bad
			mx: mail.example.org | x: y                     | FAIL | bad""")
	void thePolicyOfMtaStsMustLetTheMailThrough(String from, String to, Outcome outcome, String reason) throws Exception {
		String policy = Elsewhere.POLICY;
		if (from != null) {
			String[] old = from.split("/");
			String[] fresh = (to == null ? "" : to).split("/");
			for (int i = 0; i < old.length; i++) {
				policy = policy.replace(old[i], fresh[i]);
			}
		}
		Finding finding = check("audit.mta-sts.policy", GOOD, new Elsewhere(new Fetched.Policy(policy, "text/plain", "x")));
		assertThat(finding.reason().id()).as(finding.reason().toString()).isEqualTo("audit.mta-sts.policy." + reason);
		assertThat(finding.outcome()).isEqualTo(outcome);
	}

	@Test
	void aPolicyThatNamesOnlyTheOldServerShutsTheNewOneOut() throws Exception {
		String zone = GOOD.replace("@ 300 MX 10 mail\n", "@ 300 MX 10 mail.old.example.\n");
		for (String mode : List.of("enforce", "testing")) {
			String policy = "version: STSv1\nmode: " + mode + "\nmx: mail.old.example\nmax_age: 86400\n";
			PlannedDns others = new PlannedDns(new Elsewhere(new Fetched.Policy(policy, "text/plain", "x"))).with(Name.fromConstantString("old.example."), "mail 300 A 20.0.0.1");
			Finding finding = check("audit.mta-sts.policy", zone, others);
			assertThat(finding.outcome()).isEqualTo(mode.equals("enforce") ? Outcome.FAIL : Outcome.WARN);
			assertThat(finding.reason().id()).isEqualTo(mode.equals("enforce") ? "audit.mta-sts.policy.new-shut" : "audit.mta-sts.policy.new-would-shut");
			assertThat(finding.reason().args()).contains("mail.new.example");
		}
	}

	@Test
	void aPolicyThatCannotBeHadIsToldFromOneThatIsRefused() throws Exception {
		assertThat(check("audit.mta-sts.policy", GOOD, new Elsewhere(new Fetched.Silent("timed out"))).outcome()).isEqualTo(Outcome.UNKNOWN);
		assertThat(check("audit.mta-sts.policy", GOOD, new Elsewhere(new Fetched.Refused("HTTP 404"))).outcome()).isEqualTo(Outcome.FAIL);
		assertThat(check("audit.mta-sts.policy", GOOD, new Elsewhere(new Fetched.Policy(Elsewhere.POLICY, "text/html", "x"))).reason().id()).isEqualTo("audit.mta-sts.policy.bad");
	}

	/// Which key each server shows: P the one of the record, O another, - never seen.
	@ParameterizedTest
	@CsvSource({"P, P, mail, PASS, ok", "P, O, mail, WARN, coming", "O, P, mail, FAIL, broken", "O, O, mail, FAIL, broken", "P, -, mail, UNKNOWN, unseen", "-, P, mail, UNKNOWN, unseen",
			"P, O, new, FAIL, broken", "O, P, new, PASS, ok"})
	void tlsaIsHeldAgainstTheCertificatesThatWereSeen(String old, String fresh, String leads, Outcome outcome, String reason) throws Exception {
		Map<String, String> keys = new HashMap<>();
		Map<String, String> shown = Map.of("P", PRESENT, "O", OTHER);
		if (shown.containsKey(old)) {
			keys.put("old", shown.get(old));
		}
		if (shown.containsKey(fresh)) {
			keys.put("new", shown.get(fresh));
		}
		String zone = leads.equals("new") ? GOOD.replace("mail 300 A 20.0.0.1", "mail 300 A 20.0.0.2").replace("mail 300 AAAA 2a00::1", "mail 300 AAAA 2a00::2") : GOOD;
		Finding finding = check("audit.tlsa.match", subject(DkimSelectors.NONE, new Doors(keys)), zone, REVERSE, BLOCKLIST, new Elsewhere());
		assertThat(finding.reason().id()).as(finding.reason().toString()).isEqualTo("audit.tlsa.match." + reason);
		assertThat(finding.outcome()).isEqualTo(outcome);
		if (reason.equals("coming") || reason.equals("broken")) {
			assertThat(finding.reason().args().get(1)).as("the record to publish").contains("3 1 1 " + OTHER);
		}
	}

	/// Issuer of the certificate that the new server shows, the name it is for (- when none was seen), the CAA records.
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			CN=R11,O=Let's Encrypt,C=US    | mail.example.org | @ 300 CAA 0 issue "letsencrypt.org"                                          | PASS | caa.ok
			CN=R11,O=Let's Encrypt,C=US    | mail.example.org | @ 300 CAA 0 issue "LetsEncrypt.org.; validationmethods=dns-01"               | PASS | caa.ok
			CN=R11,O=Let's Encrypt,C=US    | mail.example.org | @ 300 CAA 0 issue "pki.goog"                                                 | WARN | caa.other
			CN=R11,O=Let's Encrypt,C=US    | mail.example.org | mail 300 CAA 0 issue "letsencrypt.org"; @ 300 CAA 0 issue "pki.goog"         | PASS | caa.ok
			CN=R11,O=Let's Encrypt,C=US    | *.example.org    | @ 300 CAA 0 issue "letsencrypt.org"; @ 300 CAA 0 issuewild "pki.goog"        | WARN | caa.other
			CN=R11,O=Let's Encrypt,C=US    | mail.example.org | @ 300 CAA 0 issue "letsencrypt.org"; @ 300 CAA 0 issuewild "pki.goog"        | PASS | caa.ok
			CN=R11,O=Let's Encrypt,C=US    | *.example.org    | @ 300 CAA 0 issuewild ";"; @ 300 CAA 0 issue "letsencrypt.org"               | WARN | caa.nobody
			CN=R11,O=Let's Encrypt,C=US    | mail.example.org | @ 300 CAA 0 issue ";"                                                        | WARN | caa.nobody
			CN=R11,O=Let's Encrypt,C=US    | mail.example.org | @ 300 CAA 0 issue "letsencrypt.org"; @ 300 CAA 128 tbs "x"                    | WARN | caa.critical
			CN=R11,O=Let's Encrypt,C=US    | mail.example.org | @ 300 CAA 0 issue "letsencrypt.org"; @ 300 CAA 0 tbs "x"                      | PASS | caa.ok
			CN=R11,O=Let's Encrypt,C=US    | mail.example.org | @ 300 CAA 0 iodef "mailto:a@example.org"                                     | PASS | moot
			CN=Home,O=Example KK           | mail.example.org | @ 300 CAA 0 issue "letsencrypt.org"                                          | UNKNOWN | caa.strange
			-                              | -                | @ 300 CAA 0 issue "letsencrypt.org"                                          | UNKNOWN | caa.unseen
			CN=R11,O=Let's Encrypt,C=US    | mx.example.net   | @ 300 CAA 0 issue "letsencrypt.org"                                          | UNKNOWN | caa.unseen
			""")
	void caaIsHeldAgainstTheAuthorityOfTheNewServersCertificate(String issuer, String name, String records, Outcome outcome, String reason) throws Exception {
		Map<String, String> shown = issuer.equals("-") ? Map.of() : Map.of("new", PRESENT, "issuer", issuer, "name", name);
		String zone = GOOD.replaceAll("(?m)^.* CAA .*\n", "") + String.join("\n", records.split("; (?=@|mail)")) + "\n";
		Finding finding = check("audit.caa", subject(DkimSelectors.NONE, new Doors(shown)), zone, REVERSE, BLOCKLIST, new Elsewhere());
		assertThat(finding.reason().id()).as(finding.reason().toString()).isEqualTo("audit." + reason);
		assertThat(finding.outcome()).isEqualTo(outcome);
	}

	@Test
	void submissionPortsOfTheNewServerCountToo() throws Exception {
		AuditDns dns = new PlannedDns(new Elsewhere()).with(Name.fromConstantString("example.org."), GOOD.replace("_25._tcp", "_26._tcp"))
				.with(Name.fromConstantString("new.example."), "mail 300 A 20.0.0.2\n_465._tcp.mail 300 TLSA 3 1 1 " + PRESENT);
		assertThat(Audit.check("audit.tlsa.match", subject(DkimSelectors.NONE, new Doors(Map.of("new submission", PRESENT))), dns).reason().id()).isEqualTo("audit.tlsa.match.ok");
		assertThat(Audit.check("audit.tlsa.match", subject(DkimSelectors.NONE, new Doors(Map.of("new submission", OTHER))), dns).reason().id()).isEqualTo("audit.tlsa.match.broken");
	}

	@Test
	void dmarcOfADomainAboveCounts() throws Exception {
		Subject below = new Subject(new Domain(DomainName.parse("a.b.example.org"), "main", "o", "n"), Optional.empty(), Optional.empty(), Duration.ofMinutes(5), Instant.EPOCH, List.of(), new NoEvidence());
		AuditDns dns = new PlannedDns(new Elsewhere()).with(Name.fromConstantString("example.org."),
				"_dmarc 300 TXT \"v=DMARC1; p=reject; sp=none; rua=mailto:x@example.org\"");
		assertThat(Audit.check("audit.dmarc.present", below, dns).reason().args().get(1)).isEqualTo("_dmarc.example.org");
		assertThat(Audit.check("audit.dmarc.policy", below, dns).reason().id()).as("sp is for subdomains").isEqualTo("audit.dmarc.policy.none");
	}

	@Test
	void aLongNameIsShortenedToSevenLabels() throws Exception {
		List<Name> asked = new ArrayList<>();
		Subject deep = new Subject(new Domain(DomainName.parse("a.b.c.d.e.f.g.h.example.org"), "main", "o", "n"), Optional.empty(), Optional.empty(), Duration.ofMinutes(5), Instant.EPOCH, List.of(), new NoEvidence());
		AuditDns dns = (name, _) -> {
			asked.add(name);
			return nobody(name, DnsStatus.NXDOMAIN);
		};
		assertThat(Audit.check("audit.dmarc.present", deep, dns).reason().id()).isEqualTo("audit.dmarc.present.none");
		assertThat(asked).extracting(Name::toString).startsWith("_dmarc.a.b.c.d.e.f.g.h.example.org.", "_dmarc.d.e.f.g.h.example.org.", "_dmarc.e.f.g.h.example.org.")
				.endsWith("_dmarc.example.org.", "_dmarc.org.");
		assertThat(asked).as("eight questions for any name").hasSize(8);
	}

	/// The examples of RFC 9989, appendix B, and what its rules for the organizational domain say of others; `name=record` of each that has one.
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			example.org             | example.org=p=none                                            | _dmarc.example.org
			a.b.example.org         | example.org=p=none                                            | _dmarc.example.org
			a.b.example.org         | b.example.org=p=none, example.org=p=reject                    | _dmarc.example.org
			a.b.example.org         | a.b.example.org=p=none, example.org=p=reject                  | _dmarc.a.b.example.org
			a.b.example.org         | b.example.org=p=none; psd=n, example.org=p=reject             | _dmarc.b.example.org
			a.b.example.org         | b.example.org=p=none, example.org=p=reject; psd=y             | _dmarc.b.example.org
			a.example.org           | example.org=p=reject; psd=y                                   | _dmarc.example.org
			a.b.example.org         | a.b.example.org=p=none; psd=y, example.org=p=reject           | _dmarc.a.b.example.org
			a.example.org           | org=p=reject                                                  | _dmarc.org
			a.example.org           |                                                               |
			""")
	void theRecordOfTheOrganizationApplies(String domain, @Nullable String records, @Nullable String at) throws Exception {
		Subject subject = new Subject(new Domain(DomainName.parse(domain), "main", "o", "n"), Optional.empty(), Optional.empty(), Duration.ofMinutes(5), Instant.EPOCH, List.of(), new NoEvidence());
		Map<Name, String> standing = new HashMap<>();
		for (String record : records == null ? new String[0] : records.split(", ")) {
			String[] parts = record.split("=", 2);
			standing.put(Name.fromString("_dmarc." + parts[0] + "."), "v=DMARC1; " + parts[1]);
		}
		AuditDns dns = (name, type) -> standing.containsKey(name)
				? new Resolved(DnsStatus.ANSWER, false, name, List.of(new org.xbill.DNS.TXTRecord(name, org.xbill.DNS.DClass.IN, 300, standing.get(name))), "x", List.of(), 0, 0, "")
				: nobody(name, DnsStatus.NXDOMAIN);
		Finding finding = Audit.check("audit.dmarc.present", subject, dns);
		assertThat(finding.reason().id()).isEqualTo(at == null ? "audit.dmarc.present.none" : "audit.dmarc.present.ok");
		if (at != null) {
			assertThat(finding.reason().args().get(1)).isEqualTo(at);
		}
	}

	@Test
	void aStrangerWhoAgreesGetsTheReports() throws Exception {
		String zone = GOOD.replace("rua=mailto:dmarc@example.org", "rua=mailto:a@reports.example!10m");
		PlannedDns others = new PlannedDns(new Elsewhere()).with(Name.fromConstantString("reports.example."),
				"example.org._report._dmarc 300 TXT \"v=DMARC1\"");
		assertThat(check("audit.dmarc.reports", zone, others).reason().id()).isEqualTo("audit.dmarc.reports.ok");
	}

	@Test
	void aPlanThatIsNoMasterFileSaysWhere() {
		assertThatIOException().isThrownBy(() -> check("audit.mx.present", "@ 300 MX ten mail")).withMessageContaining("1");
		assertThatIOException().isThrownBy(() -> check("audit.mx.present", "other.example. 300 A 20.0.0.1")).withMessageContaining("other.example");
		assertThatIOException().as("a plan reads no other files").isThrownBy(() -> check("audit.mx.present", "$INCLUDE /etc/passwd"));
	}

	@Test
	void everyCheckHasWordsInBothLanguages() {
		for (Locale locale : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
			ResourceBundle texts = texts(locale);
			for (Probe<?> probe : new Audit().probes()) {
				assertThat(texts.getString(probe.id() + ".title")).isNotBlank();
				assertThat(texts.getString(probe.id() + ".help")).isNotBlank();
				assertThat(probe.isRoutine()).isFalse();
			}
			texts.keySet().forEach(key -> assertThat(texts.getString(key)).as(key).isNotBlank().doesNotContain("'"));
		}
		assertThat(new TreeSet<>(texts(Locale.JAPANESE).keySet())).isEqualTo(new TreeSet<>(texts(Locale.ENGLISH).keySet()));
		assertThat(texts(Locale.JAPANESE).getString("audit.mx.present.title")).as("it is Japanese").isNotEqualTo(texts(Locale.ENGLISH).getString("audit.mx.present.title"));
		assertThat(new Audit().probes()).extracting(Probe::id).doesNotHaveDuplicates();
	}

	@Test
	void everythingButPassTellsWhatToDo() throws Exception {
		Phrases words = Phrases.of(Locale.ENGLISH, List.of(new Audit()));
		assertThat(words.remedy(check("audit.mx.present", GOOD.replace("@ 300 MX 10 mail\n", "")).reason())).isPresent();
		List<String> without = new ArrayList<>();
		ResourceBundle texts = texts(Locale.ENGLISH);
		for (String key : texts.keySet()) {
			boolean sentence = !key.startsWith("fact.") && !key.endsWith(".title") && !key.endsWith(".help") && !key.endsWith(".remedy");
			boolean good = key.endsWith(".ok") || key.equals("audit.moot") || key.equals("audit.dkim.flags.strict") || key.endsWith(".args") || key.equals("audit.dnssec.chain.secure") || key.equals("audit.mta-sts.policy.none") || key.equals("audit.dnssec.chain.insecure") || key.equals("audit.mx.sides.old") || key.equals("audit.mx.sides.new");
			if (sentence && !good && !texts.containsKey(key + ".remedy")) {
				without.add(key);
			}
		}
		assertThat(without).isEmpty();
	}
}
