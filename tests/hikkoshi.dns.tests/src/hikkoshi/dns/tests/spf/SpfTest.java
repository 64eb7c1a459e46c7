package hikkoshi.dns.tests.spf;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import hikkoshi.dns.spf.Spf;
import hikkoshi.dns.spf.SpfCheck;
import hikkoshi.dns.spf.SpfDns;
import hikkoshi.dns.spf.SpfResult;
import hikkoshi.dns.spf.SpfResult.Kind;
import hikkoshi.dns.spf.SpfResult.Value;

/// RFC 7208 section by section.
class SpfTest {
	private static final Instant AT = Instant.parse("2026-11-24T00:00:00Z");
	private static final String HOST = "192.0.2.3";

	private static SpfResult check(String zone, String client) throws Exception {
		return check(zone, client, "strong-bad@email.example.com", "mail.example.net");
	}

	private static SpfResult check(String zone, String client, String sender, String helo) throws Exception {
		return check(new PaperDns(zone), client, sender, helo);
	}

	private static SpfResult check(SpfDns dns, String client, String sender, String helo) throws Exception {
		String domain = sender.substring(sender.lastIndexOf('@') + 1);
		return Spf.check(new SpfCheck(InetAddress.ofLiteral(client), domain, sender, helo, AT), dns);
	}

	/// The record of email.example.com, judged for [#HOST], among fixed other records.
	private static SpfResult judge(String record) throws Exception {
		return check("email.example.com TXT " + record + """

				email.example.com A 192.0.2.3
				email.example.com AAAA 2001:db8::3
				other.example.com A 192.0.2.99
				mixed.example.com MX mx1.example.com
				mixed.example.com MX mx2.example.com
				mx1.example.com A 192.0.2.77
				mx2.example.com A 192.0.2.3
				slow.example.com A TIMEOUT
				slow.example.com TXT TIMEOUT
				pass.example.com TXT v=spf1 +all
				fail.example.com TXT v=spf1 -all
				soft.example.com TXT v=spf1 ~all
				neutral.example.com TXT v=spf1 ?all
				broken.example.com TXT v=spf1 all:nonsense
				twice.example.com TXT v=spf1 -all
				twice.example.com TXT v=spf1 +all
				3.2.0.192.in-addr.arpa PTR email.example.com
				3.2.0.192.in-addr.arpa PTR liar.example.org
				""", HOST);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			v=spf1 +all | PASS
			v=spf1 all | PASS
			v=spf1 -all | FAIL
			v=spf1 ~all | SOFTFAIL
			v=spf1 ?all | NEUTRAL
			v=spf1 | NEUTRAL
			V=SPF1 -ALL | FAIL
			v=spf1 ip4:192.0.2.3 -all | PASS
			v=spf1 ip4:192.0.2.0/24 -all | PASS
			v=spf1 ip4:192.0.2.4/31 -all | FAIL
			v=spf1 ip4:192.0.2.2/31 -all | PASS
			v=spf1 ip4:10.0.0.0/0 -all | PASS
			v=spf1 ip6:2001:db8::/32 -all | FAIL
			v=spf1 ip6:::ffff:192.0.2.3 -all | FAIL
			v=spf1 a -all | PASS
			v=spf1 a:other.example.com -all | FAIL
			v=spf1 a:other.example.com/24 -all | PASS
			v=spf1 a:other.example.com/24//64 -all | PASS
			v=spf1 a:other.example.com//0 -all | FAIL
			v=spf1 a:nowhere.example.com -all | FAIL
			v=spf1 mx:mixed.example.com -all | PASS
			v=spf1 mx -all | FAIL
			v=spf1 mx:mixed.example.com/24 -all | PASS
			v=spf1 exists:other.example.com -all | PASS
			v=spf1 exists:%{ir}.nowhere.example.com -all | FAIL
			v=spf1 ptr -all | PASS
			v=spf1 ptr:example.com -all | PASS
			v=spf1 ptr:example.org -all | FAIL
			v=spf1 include:pass.example.com -all | PASS
			v=spf1 ?include:pass.example.com -all | NEUTRAL
			v=spf1 include:fail.example.com ~all | SOFTFAIL
			v=spf1 include:soft.example.com -all | FAIL
			v=spf1 include:neutral.example.com -all | FAIL
			v=spf1 redirect=fail.example.com | FAIL
			v=spf1 redirect=pass.example.com -all | FAIL
			v=spf1 a:other.example.com redirect=soft.example.com | SOFTFAIL
			v=spf1 moo=a.example.com -all | FAIL
			v=spf1   -all | FAIL
			v=spf1 a:%%.example.com a:email.example.com -all | PASS""")
	void aHostIsWhatTheFirstMatchingTermSays(String record, Value value) throws Exception {
		assertThat(judge(record).value()).isEqualTo(value);
	}

	@ParameterizedTest
	@ValueSource(strings = { "v=spf1 moo -all", "v=spf1 all: -all", "v=spf1 all/8", "v=spf1 -all.", "v=spf1 ip4 -all", "v=spf1 ip4: -all", "v=spf1 ip4:1.2.3 -all",
			"v=spf1 ip4:1.2.3.256", "v=spf1 ip4:1.2.3.4/33", "v=spf1 ip4:1.2.3.4/032", "v=spf1 ip4:1.2.3.4/", "v=spf1 ip4:1.2.3.4//24", "v=spf1 ip4:01.2.3.4",
			"v=spf1 ip6", "v=spf1 ip6:1.2.3.4", "v=spf1 ip6:2001:db8::/129", "v=spf1 ip6:2001:db8::%eth0", "v=spf1 ip6:::1.1.1.1//33", "v=spf1 ip6:2001::db8::",
			"v=spf1 a: -all", "v=spf1 a/33", "v=spf1 a//129", "v=spf1 a/024", "v=spf1 a:111.222.33.44", "v=spf1 a:example.com:8080", "v=spf1 a:example..", "v=spf1 a:museum",
			"v=spf1 mx: -all", "v=spf1 mx/33", "v=spf1 ptr: -all", "v=spf1 ptr/0", "v=spf1 include", "v=spf1 include:", "v=spf1 include:a.example.com/24", "v=spf1 exists -all",
			"v=spf1 exists:example.com/24", "v=spf1 redirect=a.example.com redirect=b.example.com", "v=spf1 exp=a.example.com exp=b.example.com", "v=spf1 redirect=", "v=spf1 exp= -all",
			"v=spf1 =all", "v=spf1 tom&jerry=x -all", "v=spf1 foo=%{x} -all", "v=spf1 a:%{d", "v=spf1 a:%{c}.example.com", "v=spf1 a:%{r}.example.com", "v=spf1 a:%{t}.example.com",
			"v=spf1 a:%(ir).example.com", "v=spf1 a:%{d0}.example.com", "v=spf1 a:%{d1x}.example.com", "v=spf1 a:%a.example.com", "v=spf1 a:%", "v=spf1 a:%{}", "v=spf1 ip4:192.0.2.3 moo",
			"v=spf1 redirect=a.example.com/24", "v=spf1 -all\u00e4", "v=spf1 a:m\u00fcller.example" })
	void whatTheGrammarDoesNotKnowSpoilsTheWholeRecord(String record) throws Exception {
		SpfResult result = judge(record);
		assertThat(result.value()).isEqualTo(Value.PERMERROR);
		assertThat(result.cause().kind()).isEqualTo(Kind.SYNTAX);
		assertThat(record).contains(result.cause().detail());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			v=spf10 -all | NONE | NO_RECORD
			v=spf1-all | NONE | NO_RECORD
			spf1 -all | NONE | NO_RECORD
			v=spf1 a:slow.example.com -all | TEMPERROR | DNS_FAILED
			v=spf1 include:slow.example.com -all | TEMPERROR | DNS_FAILED
			v=spf1 include:nowhere.example.com -all | PERMERROR | NO_TARGET
			v=spf1 redirect=nowhere.example.com | PERMERROR | NO_TARGET
			v=spf1 include:broken.example.com -all | PERMERROR | SYNTAX
			v=spf1 include:twice.example.com -all | PERMERROR | SEVERAL_RECORDS
			v=spf1 include:%{d1}.example..com -all | PERMERROR | NO_TARGET
			v=spf1 a -a:slow.example.com | PASS | MATCHED""")
	void whyThereIsNoVerdictIsSaid(String record, Value value, Kind kind) throws Exception {
		SpfResult result = judge(record);
		assertThat(result.value()).isEqualTo(value);
		assertThat(result.cause().kind()).isEqualTo(kind);
	}

	@Test
	void aNameThatCannotHaveARecordHasNone() throws Exception {
		String zone = "example TXT v=spf1 +all";
		assertThat(check(zone, HOST, "x@example", "h").value()).isEqualTo(Value.NONE);
		assertThat(check(zone, HOST, "x@a..example.com", "h").cause().kind()).isEqualTo(Kind.BAD_DOMAIN);
		assertThat(check(zone, HOST, "x@" + "a".repeat(64) + ".example.com", "h").cause().kind()).isEqualTo(Kind.BAD_DOMAIN);
		assertThat(check(zone, HOST, "x@[192.0.2.3]", "h").value()).isEqualTo(Value.NONE);
		PaperDns silent = new PaperDns(zone);
		check(silent, HOST, "x@a..b", "h");
		assertThat(silent.asked).as("DNS is not asked for what is no name").isEmpty();
	}

	@Test
	void aMappedAddressIsTheIpv4HostItMeans() throws Exception {
		assertThat(check("email.example.com TXT v=spf1 ip4:192.0.2.3 -all", "::ffff:192.0.2.3").value()).isEqualTo(Value.PASS);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			v=spf1 ip6:2001:db8::/32 -all | PASS
			v=spf1 ip6:2001:db9::/32 -all | FAIL
			v=spf1 ip4:0.0.0.0/0 -all | FAIL
			v=spf1 ip6:::/0 -all | PASS
			v=spf1 a -all | PASS
			v=spf1 a/0 -all | PASS
			v=spf1 a:other.example.com/0//64 -all | PASS
			v=spf1 exists:%{v}.example.com -all | PASS""")
	void anIpv6HostIsComparedWithIpv6Only(String record, Value value) throws Exception {
		String zone = "email.example.com TXT " + record + """

				email.example.com AAAA 2001:db8::3
				other.example.com AAAA 2001:db8::1:3
				other.example.com A 192.0.2.3
				ip6.example.com A 127.0.0.1
				""";
		assertThat(check(zone, "2001:db8::3").value()).isEqualTo(value);
	}

	@Test
	void tenTermsMayAskAndNotEleven() throws Exception {
		String ten = IntStream.range(0, 10).mapToObj(_ -> "a:other.example.com").collect(Collectors.joining(" "));
		SpfResult enough = judge("v=spf1 " + ten + " ip4:192.0.2.3 -all");
		assertThat(enough.value()).isEqualTo(Value.PASS);
		assertThat(enough.lookups()).isEqualTo(10);
		SpfResult tooMany = judge("v=spf1 " + ten + " include:pass.example.com -all");
		assertThat(tooMany.value()).isEqualTo(Value.PERMERROR);
		assertThat(tooMany.cause()).isEqualTo(new SpfResult.Cause(Kind.TOO_MANY_LOOKUPS, "email.example.com", "include:pass.example.com"));
		assertThat(judge("v=spf1 " + ten + " redirect=pass.example.com").cause().kind()).isEqualTo(Kind.TOO_MANY_LOOKUPS);
	}

	@Test
	void aRecordThatIncludesItselfEnds() throws Exception {
		PaperDns dns = new PaperDns("email.example.com TXT v=spf1 include:email.example.com -all");
		SpfResult result = check(dns, HOST, "x@email.example.com", "h");
		assertThat(result.cause().kind()).isEqualTo(Kind.TOO_MANY_LOOKUPS);
		assertThat(dns.asked).hasSize(11);
		assertThat(check("email.example.com TXT v=spf1 redirect=email.example.com", HOST).cause().kind()).isEqualTo(Kind.TOO_MANY_LOOKUPS);
	}

	@Test
	void twoLookUpsMayFindNothingAndNotThree() throws Exception {
		SpfResult two = judge("v=spf1 a:n1.example.com mx:n2.example.com ip4:192.0.2.3 -all");
		assertThat(two.value()).isEqualTo(Value.PASS);
		assertThat(two.voids()).isEqualTo(2);
		assertThat(judge("v=spf1 a:n1.example.com mx:n2.example.com exists:n3.example.com ip4:192.0.2.3 -all").cause().kind()).isEqualTo(Kind.TOO_MANY_VOIDS);
	}

	@Test
	void elevenMxNamesAreTooManyAndElevenPtrNamesAreCut() throws Exception {
		String ten = IntStream.range(0, 10).mapToObj(i -> "email.example.com MX m" + i + ".example.com\nm" + i + ".example.com A 192.0.2.1" + i).collect(Collectors.joining("\n"));
		assertThat(check(ten + "\nemail.example.com TXT v=spf1 mx -all", "192.0.2.19").value()).isEqualTo(Value.PASS);
		String eleven = ten + "\nemail.example.com MX m10.example.com\nm10.example.com A 192.0.2.20\nemail.example.com TXT v=spf1 mx -all";
		assertThat(check(eleven, "192.0.2.20").cause().kind()).isEqualTo(Kind.TOO_MANY_MX);
		String names = IntStream.range(0, 10).mapToObj(i -> "3.2.0.192.in-addr.arpa PTR x" + i + ".example.net").collect(Collectors.joining("\n"));
		String pointer = names + "\n3.2.0.192.in-addr.arpa PTR email.example.com\nemail.example.com A 192.0.2.3\nemail.example.com TXT v=spf1 ptr -all";
		assertThat(check(pointer, HOST).value()).as("the eleventh name is not looked at").isEqualTo(Value.FAIL);
	}

	@Test
	void aTimeoutBehindPtrIsNoMatch() throws Exception {
		assertThat(check("email.example.com TXT v=spf1 ptr -all\n3.2.0.192.in-addr.arpa PTR TIMEOUT", HOST).value()).isEqualTo(Value.FAIL);
		assertThat(check("""
				email.example.com TXT v=spf1 ptr -all
				3.2.0.192.in-addr.arpa PTR slow.email.example.com
				3.2.0.192.in-addr.arpa PTR ok.email.example.com
				slow.email.example.com A TIMEOUT
				ok.email.example.com A 192.0.2.3
				""", HOST).value()).isEqualTo(Value.PASS);
	}

	/// The examples of RFC 7208, 7.4.
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			%{s} | strong-bad@email.example.com
			%{o} | email.example.com
			%{d} | email.example.com
			%{d4} | email.example.com
			%{d3} | email.example.com
			%{d2} | example.com
			%{d1} | com
			%{dr} | com.example.email
			%{d2r} | example.email
			%{l} | strong-bad
			%{l-} | strong.bad
			%{lr} | strong-bad
			%{lr-} | bad.strong
			%{l1r-} | strong
			%{ir}.%{v}._spf.%{d2} | 3.2.0.192.in-addr._spf.example.com
			%{lr-}.lp._spf.%{d2} | bad.strong.lp._spf.example.com
			%{lr-}.lp.%{ir}.%{v}._spf.%{d2} | bad.strong.lp.3.2.0.192.in-addr._spf.example.com
			%{ir}.%{v}.%{l1r-}.lp._spf.%{d2} | 3.2.0.192.in-addr.strong.lp._spf.example.com
			%{d2}.trusted-domains.example.net | example.com.trusted-domains.example.net
			%{h}.x.example | mail.example.net.x.example
			%{p}.x.example | unknown.x.example
			a%%b%_c%-.%{d} | a%b c%20.email.example.com
			%{S}.x.example | strong-bad%40email.example.com.x.example""")
	void macrosExpand(String written, String name) throws Exception {
		PaperDns dns = new PaperDns("email.example.com TXT v=spf1 exists:" + written + " -all");
		check(dns, HOST, "strong-bad@email.example.com", "mail.example.net");
		assertThat(dns.asked).contains(name + " A");
	}

	@Test
	void anIpv6HostIsDottedByNibbles() throws Exception {
		PaperDns dns = new PaperDns("email.example.com TXT v=spf1 exists:%{ir}.%{v}._spf.%{d2} -all");
		check(dns, "2001:db8::cb01", "strong-bad@email.example.com", "h");
		assertThat(dns.asked.getLast()).isEqualTo("1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com A");
	}

	@Test
	void aNameThatIsTooLongLosesLabelsFromTheLeft() throws Exception {
		String label = "a".repeat(60);
		PaperDns dns = new PaperDns("email.example.com TXT v=spf1 exists:" + (label + ".").repeat(4) + "%{o} -all");
		check(dns, HOST, "x@email.example.com", "h");
		assertThat(dns.asked.getLast()).isEqualTo((label + ".").repeat(3) + "email.example.com A");
	}

	@Test
	void thePointerMacroPrefersTheDomainItself() throws Exception {
		PaperDns dns = new PaperDns("""
				email.example.com TXT v=spf1 exists:%{p}.x.example -all
				3.2.0.192.in-addr.arpa PTR other.example.net
				3.2.0.192.in-addr.arpa PTR mx.email.example.com
				other.example.net A 192.0.2.3
				mx.email.example.com A 192.0.2.3
				""");
		check(dns, HOST, "x@email.example.com", "h");
		assertThat(dns.asked).contains("mx.email.example.com.x.example A");
	}

	@Test
	void aSenderWithoutLocalPartIsThePostmaster() throws Exception {
		PaperDns dns = new PaperDns("mail.example.net TXT v=spf1 exists:%{l}.%{o}.x.example -all");
		Spf.check(new SpfCheck(InetAddress.ofLiteral(HOST), "mail.example.net", "", "mail.example.net", AT), dns);
		assertThat(dns.asked.getLast()).isEqualTo("postmaster.mail.example.net.x.example A");
	}

	@Test
	void aFailMayBeExplained() throws Exception {
		String zone = """
				email.example.com TXT v=spf1 exp=why.%{d} -all
				why.email.example.com TXT See http://%{d}/why.html?s=%{S}&i=%{i} at %{r} %{c} %{t} %%
				""";
		SpfResult result = check(zone, HOST);
		assertThat(result.explanation())
				.isEqualTo("See http://email.example.com/why.html?s=strong-bad%40email.example.com&i=192.0.2.3 at unknown 192.0.2.3 1795478400 %");
		assertThat(result.lookups()).as("exp does not count").isZero();
		assertThat(check(zone.replace("-all", "~all"), HOST).explanation()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "why.email.example.com TXT one\nwhy.email.example.com TXT two", "why.email.example.com TXT TIMEOUT", "why.email.example.com TXT bad %{x}",
			"why.email.example.com TXT M\u00fcll", "x.example TXT nothing here" })
	void anExplanationThatCannotBeHadLeavesTheFail(String explanation) throws Exception {
		SpfResult result = check("email.example.com TXT v=spf1 exp=why.%{d} -all\n" + explanation, HOST);
		assertThat(result.value()).isEqualTo(Value.FAIL);
		assertThat(result.explanation()).isEmpty();
	}

	@Test
	void anIncludedRecordExplainsNothingAndARedirectedOneDoes() throws Exception {
		String zone = """
				inner.example.com TXT v=spf1 exp=why.example.com -all
				why.example.com TXT inner
				""";
		assertThat(check(zone + "email.example.com TXT v=spf1 redirect=inner.example.com exp=outer.example.com\nouter.example.com TXT outer", HOST).explanation())
				.isEqualTo("inner");
		assertThat(check(zone + "email.example.com TXT v=spf1 include:inner.example.com -all", HOST).explanation()).isEmpty();
	}

	@Test
	void theTrailShowsEveryTermThatWasJudged() throws Exception {
		SpfResult result = judge("v=spf1 a:other.example.com include:fail.example.com ip4:192.0.2.3 -all");
		assertThat(result.trail()).containsExactly(
				new SpfResult.Step(0, "email.example.com", "a:other.example.com", false),
				new SpfResult.Step(1, "fail.example.com", "-all", true),
				new SpfResult.Step(0, "email.example.com", "include:fail.example.com", false),
				new SpfResult.Step(0, "email.example.com", "ip4:192.0.2.3", true));
		assertThat(result.cause()).isEqualTo(new SpfResult.Cause(Kind.MATCHED, "email.example.com", "ip4:192.0.2.3"));
	}

	@Test
	void aHugeRecordCostsBoundedTime() throws Exception {
		String many = "ip4:198.51.100.1 ".repeat(3_000);
		SpfResult result = judge("v=spf1 " + many + "-all");
		assertThat(result.value()).isEqualTo(Value.FAIL);
		assertThat(result.trail()).hasSize(500);
		assertThat(judge("v=spf1 a:" + ".a".repeat(30_000)).value()).isIn(Value.PERMERROR, Value.NEUTRAL);
		assertThat(judge("v=spf1 a:%{d" + "1".repeat(60_000) + "} -all").value()).as("more labels than there are").isEqualTo(Value.PASS);
	}
}
