package hikkoshi.lab.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import hikkoshi.core.model.Side;
import hikkoshi.lab.tests.Headless.Ran;

/// What the audit joins from DNS and from other real servers: TLSA with the certificates that Postfix shows, MTA-STS policies as nginx gives them,
/// delegations out of a zone with opt-out, and the reverse names of the two sides.
@ExtendWith(WithLab.class)
class PolicyTest {
	private static final Pattern LINE = Pattern.compile("\"target\":\"domain:([^\"/]+)\\.test\".*?\"reason\":\\{\"id\":\"audit\\.([a-z0-9.-]+)\"");

	private final Lab lab;

	@TempDir
	Path folder;

	PolicyTest(Lab lab) throws Exception {
		this.lab = lab.with("policy");
	}

	private String server(Side side) {
		String key = side.token();
		return "  %s:\n    - {key: %s, name: %s, addresses: [%s], endpoints: ['smtp:%d/starttls']}\n".formatted(key, key, lab.get(key + ".name"), lab.get(key + ".address"),
				lab.port(key + ".mx"));
	}

	private Headless project(Iterable<String> labels) throws IOException {
		StringBuilder domains = new StringBuilder();
		labels.forEach(label -> domains.append("  - {name: ").append(label).append(".test, old: old, new: new}\n"));
		return Headless.project(folder.resolve("move"), lab, """
				servers:
				%s%sdomains:
				%sdns:
				  roots: ['%s#%d']
				  authoritative-port: %d
				  trust-anchors: ['%s']
				""".formatted(server(Side.OLD), server(Side.NEW), domains, lab.get("policy.nsd"), lab.port("policy.port"), lab.port("policy.port"), lab.get("policy.anchor")),
				"address\n");
	}

	/// What one check says of each label.
	private static Map<String, String> said(Headless project, String check) {
		Ran ran = project.run("audit", "--json", "--all", "--check", check);
		Map<String, String> said = new TreeMap<>();
		for (String line : ran.out().lines().toList()) {
			Matcher found = LINE.matcher(line);
			assertThat(found.find()).as(line).isTrue();
			said.put(found.group(1), found.group(2));
		}
		assertThat(said).as(ran.err()).isNotEmpty();
		return said;
	}

	private static String lines(Map<String, String> said) {
		return new TreeMap<>(said).entrySet().stream().map(entry -> entry.getKey() + " " + entry.getValue() + "\n").collect(Collectors.joining());
	}

	@Test
	void tlsaIsHeldAgainstTheCertificatesThatPostfixShows() throws Exception {
		Map<String, String> expected = Map.of("dane-key", "tlsa.match.ok", "dane-certificate", "tlsa.match.ok", "dane-broken", "tlsa.match.broken", "dane-issuer", "tlsa.match.broken",
				"dane-coming", "tlsa.match.coming", "dane-both", "tlsa.match.ok");
		Headless project = project(expected.keySet());
		Map<String, String> unseen = said(project, "tlsa.match");
		assertThat(unseen).as("before a certificate was seen").hasSameSizeAs(expected).allSatisfy((_, id) -> assertThat(id).isEqualTo("tlsa.match.unseen"));
		Ran doors = project.run("compare");
		assertThat(doors.err()).isEmpty();
		assertThat(lines(said(project, "tlsa.match"))).isEqualTo(lines(expected));
		assertThat(said(project, "tlsa.secure")).as("proven, or senders would not look").hasSameSizeAs(expected)
				.allSatisfy((_, id) -> assertThat(id).isEqualTo("tlsa.secure.ok"));
	}

	@Test
	void policiesAreFetchedAsSendersDo() throws Exception {
		Map<String, String> expected = new TreeMap<>();
		expected.put("sts-ok", "ok");
		expected.put("sts-testing", "ok");
		expected.put("sts-none", "none");
		expected.put("sts-shut", "shut");
		expected.put("sts-would-shut", "would-shut");
		expected.put("sts-short", "bad");
		expected.put("sts-type", "bad");
		expected.put("sts-moved", "refused");
		expected.put("sts-gone", "refused");
		expected.put("sts-stranger", "refused");
		expected.put("sts-silent", "silent");
		expected.replaceAll((_, id) -> "mta-sts.policy." + id);
		Headless project = project(expected.keySet());
		assertThat(lines(said(project, "mta-sts.policy"))).isEqualTo(lines(expected));
		assertThat(said(project, "mta-sts.record")).allSatisfy((_, id) -> assertThat(id).isEqualTo("mta-sts.record.ok"));
	}

	/// A delegation without DS below NSEC3 with opt-out is proven to be unsigned; what is signed there is as good as elsewhere.
	@Test
	void optOutIsNoFault() throws Exception {
		Map<String, String> expected = Map.of("optout", "dnssec.chain.secure", "signed.optout", "dnssec.chain.secure", "child.optout", "dnssec.chain.insecure");
		assertThat(lines(said(project(expected.keySet()), "dnssec.chain"))).isEqualTo(lines(expected));
	}

	@Test
	void reverseNamesOfTheNewServer() throws Exception {
		Headless project = project(List.of("sts-ok"));
		for (String check : List.of("ptr.present", "ptr.confirmed", "ptr.name")) {
			assertThat(said(project, check)).containsExactly(Map.entry("sts-ok", check + ".ok"));
		}
	}
}
