package hikkoshi.lab.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import hikkoshi.lab.tests.Headless.Ran;

/// `hikkoshi dns` over TLS and over HTTPS at servers of other people: BIND, NSD and Unbound each have an implementation of their own, and nginx has none.
@ExtendWith(WithLab.class)
class SecureDnsTest {
	private static final int UNREACHABLE = 69;
	private static final int KDIG_SECONDS = 30;

	private final Lab lab;

	@TempDir
	Path folder;

	SecureDnsTest(Lab lab) throws Exception {
		this.lab = lab.with("secure");
	}

	private Headless project() throws IOException {
		return Headless.project(folder.resolve("move"), lab, """
				servers:
				  old:
				    - {key: old, name: old.lab.test, addresses: [127.0.0.1], endpoints: [imap/tls]}
				  new:
				    - {key: new, name: new.lab.test, addresses: [127.0.0.1], endpoints: [imap/tls]}
				domains: [lab.test]
				""", "address\n");
	}

	/// @param name to prove; `none` for none
	private String dot(String name, String server) {
		return "@tls://" + proving(name) + lab.get("secure." + server) + "#" + lab.port("secure.dot");
	}

	private String doh(String name, String server, String path) {
		return "@https://" + proving(name) + lab.get("secure." + server) + "#" + lab.port("secure.doh") + path;
	}

	private static String proving(String name) {
		return name.equals("none") ? "" : name + "@";
	}

	private static String field(Ran ran, String name) {
		Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(ran.out());
		assertThat(found.find()).as(name + " in " + ran.out() + ran.err()).isTrue();
		return found.group(1);
	}

	private static void answered(Ran ran, String transport, String proof, String session) {
		assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
		assertThat(field(ran, "status")).isEqualTo("ANSWER");
		assertThat(field(ran, "transport")).isEqualTo(transport);
		assertThat(field(ran, "proof")).isEqualTo(proof);
		assertThat(field(ran, "session")).isEqualTo(session);
		assertThat(ran.out()).contains("10 old.lab.test.");
	}

	@ParameterizedTest
	@CsvSource({"bind", "nsd", "unbound"})
	void tlsWithTheNameProven(String server) throws Exception {
		answered(project().run("dns", "--json", "lab.test", "MX", dot("dns.lab.test", server)), "dot", "PROVEN", "TLSv1.3");
	}

	/// Forty TXT records, which over UDP would be cut.
	@ParameterizedTest
	@CsvSource({"bind", "nsd", "unbound"})
	void aLongAnswerComesWhole(String server) throws Exception {
		Headless project = project();
		List<String> places = server.equals("nsd") ? List.of(dot("dns.lab.test", server)) : List.of(dot("dns.lab.test", server), doh("dns.lab.test", server, "/dns-query"));
		for (String place : places) {
			Ran ran = project.run("dns", "--short", "big.test", "TXT", place);
			assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
			assertThat(ran.out().lines()).as(place).hasSize(40);
		}
	}

	@ParameterizedTest
	@CsvSource({"bind, false", "bind, true", "unbound, false", "unbound, true"})
	void httpsIsHttp2ByPostAndByGet(String server, boolean get) throws Exception {
		Headless project = project();
		String place = doh("dns.lab.test", server, "/dns-query");
		answered(get ? project.run("dns", "--json", "--get", "lab.test", "MX", place) : project.run("dns", "--json", "lab.test", "MX", place), "doh", "PROVEN", "TLSv1.3, HTTP/2");
		assertThat(field(project.run("dns", "--json", "none.lab.test", "MX", place), "status")).isEqualTo("NXDOMAIN");
	}

	@Test
	void whereHttpsHasAnotherPath() throws Exception {
		answered(project().run("dns", "--json", "lab.test", "MX", doh("dns.lab.test", "bind", "/of/another/path")), "doh", "PROVEN", "TLSv1.3, HTTP/2");
	}

	/// What is not named is proven by its address over HTTPS, and not at all over TLS, which is said.
	@ParameterizedTest
	@CsvSource({"bind", "unbound"})
	void withoutAName(String server) throws Exception {
		Headless project = project();
		answered(project.run("dns", "--json", "lab.test", "MX", dot("none", server)), "dot", "OPPORTUNISTIC", "TLSv1.3");
		answered(project.run("dns", "--json", "lab.test", "MX", doh("none", server, "/dns-query")), "doh", "PROVEN", "TLSv1.3, HTTP/2");
		answered(project.run("dns", "--json", "lab.test", "MX", dot(lab.get("secure." + server), server)), "dot", "PROVEN", "TLSv1.3");
	}

	@ParameterizedTest
	@CsvSource({"dns.lab.test, wrong", "elsewhere.example, bind", "elsewhere.example, nsd", "elsewhere.example, unbound", "192.0.2.1, unbound"})
	void aCertificateForAnotherName(String name, String server) throws Exception {
		Headless project = project();
		List<String> places = server.equals("nsd") ? List.of(dot(name, server)) : List.of(dot(name, server), doh(name, server, "/dns-query"));
		for (String place : places) {
			Ran ran = project.run("dns", "--json", "lab.test", "MX", place);
			assertThat(ran.code()).as(ran.out() + ran.err()).isEqualTo(UNREACHABLE);
			assertThat(field(ran, "status")).as(place).isEqualTo("UNTRUSTED");
			assertThat(ran.out()).doesNotContain("10 old.lab.test.");
		}
	}

	/// The lab's authority is known to the project alone.
	@Test
	void withoutTheProjectNobodyIsTrusted() throws Exception {
		Ran ran = Headless.bare(folder.resolve("no project")).run("dns", "--json", "lab.test", "MX", dot("dns.lab.test", "bind"));
		assertThat(field(ran, "status")).as(ran.out() + ran.err()).isEqualTo("UNTRUSTED");
	}

	@ParameterizedTest
	@CsvSource({"bind, /nowhere, HTTP_ERROR, HTTP 404", "unbound, /nowhere, HTTP_ERROR, HTTP 404", "web, /nowhere, HTTP_ERROR, HTTP 404", "web, /busy, HTTP_ERROR, HTTP 503",
			"web, /moved, HTTP_ERROR, HTTP 302 to https://elsewhere.test/dns-query", "web, /page, NOT_DNS, text/html", "web, /empty, MALFORMED, ''", "web, /garbage, MISMATCHED, ''"})
	void whatIsNoDns(String server, String path, String status, String detail) throws Exception {
		Headless project = project();
		for (String way : List.of("--json", "--get")) {
			Ran ran = project.run("dns", "--json", way.equals("--json") ? "--dnssec" : way, "lab.test", "MX", doh("dns.lab.test", server, path));
			assertThat(ran.code()).as(ran.out() + ran.err()).isEqualTo(UNREACHABLE);
			assertThat(field(ran, "status")).as(ran.out()).isEqualTo(status);
			assertThat(field(ran, "detail")).contains(detail);
		}
	}

	/// TLS asked of a port that speaks HTTPS, and HTTPS of one that speaks DNS: no hang, and no answer that is none.
	@Test
	void theWrongOfTheTwo() throws Exception {
		Headless project = project();
		String https = "@https://dns.lab.test@" + lab.get("secure.unbound") + "#" + lab.port("secure.dot") + "/dns-query";
		String tls = "@tls://dns.lab.test@" + lab.get("secure.unbound") + "#" + lab.port("secure.doh");
		for (String place : List.of(https, tls)) {
			Ran ran = project.run("dns", "--json", "lab.test", "MX", place);
			assertThat(ran.code()).as(place + ran.out() + ran.err()).isEqualTo(UNREACHABLE);
			assertThat(field(ran, "status")).as(place).isIn("TIMEOUT", "UNREACHABLE", "MALFORMED", "NO_TLS", "HTTP_ERROR", "NOT_DNS");
		}
	}

	/// What Knot's kdig sees with the command that we print for it.
	@ParameterizedTest
	@CsvSource({"bind", "unbound"})
	void kdigAgreesWithTheCommandPrintedForIt(String server) throws Exception {
		Headless project = project();
		for (String place : List.of(dot("dns.lab.test", server), doh("dns.lab.test", server, "/dns-query"))) {
			Ran printed = project.run("dns", "--print-command", "kdig", "lab.test", "MX", place);
			assertThat(printed.code()).as(printed.err()).isZero();
			String command = printed.out().strip();
			assertThat(command).startsWith("kdig ");
			// the lab's authority is not the system's
			Process kdig = new ProcessBuilder("sh", "-c", command.replace("+tls-ca", "+tls-ca=" + lab.get("ca")) + " +short").redirectErrorStream(true).start();
			String said = new String(kdig.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(kdig.waitFor(KDIG_SECONDS, TimeUnit.SECONDS)).isTrue();
			Ran ours = project.run("dns", "--short", "lab.test", "MX", place);
			assertThat(said.lines().filter(line -> !line.startsWith(";;"))).as(command + "\n" + said).containsExactlyElementsOf(ours.out().lines().toList()).isNotEmpty();
		}
	}
}
