package hikkoshi.lab.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import hikkoshi.core.probe.Probe;
import hikkoshi.dns.audit.Audit;
import hikkoshi.lab.tests.Headless.Ran;

/// `hikkoshi audit` of the lab's zones with one fault each, at BIND, NSD and Knot: what was planted is found, and nothing else.
@ExtendWith(WithLab.class)
class AuditZonesTest {
	private static final Pattern LINE = Pattern.compile("\"target\":\"domain:([^\"/]+)\".*?\"reason\":\\{\"id\":\"audit\\.([a-z0-9.-]+)\"");

	/// @param label its domain is `label.test`
	/// @param ids what must be raised, without `audit.`
	/// @param old key of the old server
	/// @param fresh key of the new server
	private record Case(String label, Set<String> ids, String old, String fresh) {}

	/// Checks that never find fault, that look at the project rather than at a zone, or that have zones of their own below.
	private static final Set<String> ELSEWHERE = Set.of("audit.dkim.selectors", "audit.dnssec.chain", "audit.dnssec.algorithms");

	private final Lab lab;

	@TempDir
	Path folder;

	AuditZonesTest(Lab lab) throws Exception {
		this.lab = lab.with("audit");
	}

	private static List<Case> cases() throws IOException {
		List<String> lines = Files.readAllLines(Lab.source("tests/lab/audit.zones"));
		List<Case> cases = new ArrayList<>();
		for (String line : lines.subList(lines.indexOf("--") + 1, lines.size())) {
			if (!line.isBlank() && !line.startsWith("#")) {
				String[] cells = line.split("\\|", 3);
				Set<String> ids = new TreeSet<>(cells[1].isBlank() ? List.of() : List.of(cells[1].strip().split(", ")));
				if (!cells[0].strip().equals("ended")) {
					// as it must be while both servers send: SPF and DKIM know the old one
					ids.add("leftovers.end.old");
				}
				String changes = cells[2].strip();
				cases.add(new Case(cells[0].strip(), ids, server(changes, "old"), server(changes, "new")));
			}
		}
		return cases;
	}

	private static String server(String changes, String side) {
		return changes.startsWith("@" + side + " ") ? changes.substring(side.length() + 2) : side;
	}

	private Headless project(String server, List<Case> cases) throws IOException {
		String fresh = """
				    - {key: new, name: mail-new.test, addresses: [198.51.100.2, '2001:db8::2'], endpoints: [imap/tls]}
				    - {key: nameless, name: mail-new.test, addresses: [198.51.100.3], endpoints: [imap/tls]}
				    - {key: loose, name: mail-new.test, addresses: [198.51.100.4], endpoints: [imap/tls]}
				    - {key: other, name: mail-new.test, addresses: [198.51.100.5], endpoints: [imap/tls]}
				    - {key: listed, name: mail-new.test, addresses: [198.51.100.6], endpoints: [imap/tls]}
				""";
		String domains = cases.stream().map(each -> "  - {name: " + each.label() + ".test, old: " + each.old() + ", new: " + each.fresh() + ", dkim: {old: [o1], new: [n1]}}\n")
				.collect(Collectors.joining());
		return Headless.project(folder.resolve("move"), lab, """
				servers:
				  old:
				    - {key: old, name: mail.old.test, addresses: [198.51.100.1, '2001:db8::1'], endpoints: [imap/tls]}
				    - {key: listed-old, name: mail.old.test, addresses: [198.51.100.7], endpoints: [imap/tls]}
				  new:
				%sdomains:
				%sdns:
				  roots: ['%s#%d']
				  authoritative-port: %d
				  blocklists: [bl.test]
				  trust-anchors: ['%s']
				""".formatted(fresh, domains, lab.get("audit." + server), lab.port("audit.port"), lab.port("audit.port"), lab.get("audit.anchor")), "address\n");
	}

	private static Map<String, Set<String>> raised(Ran ran) {
		Map<String, Set<String>> raised = new LinkedHashMap<>();
		for (String line : ran.out().lines().toList()) {
			Matcher found = LINE.matcher(line);
			assertThat(found.find()).as(line).isTrue();
			raised.computeIfAbsent(found.group(1), _ -> new TreeSet<>()).add(found.group(2));
		}
		return raised;
	}

	@ParameterizedTest
	@ValueSource(strings = {"bind", "nsd", "knot"})
	void whatWasPlantedIsFoundAndNothingElse(String server) throws Exception {
		List<Case> cases = cases();
		assertThat(cases).hasSizeGreaterThan(50);
		Ran ran = project(server, cases).run("audit", "--json");
		Map<String, Set<String>> raised = raised(ran);
		Map<String, Set<String>> expected = new TreeMap<>();
		Map<String, Set<String>> found = new TreeMap<>();
		for (Case each : cases) {
			expected.put(each.label(), each.ids());
			found.put(each.label(), raised.getOrDefault(each.label() + ".test", Set.of()));
		}
		assertThat(lines(found)).as(ran.err()).isEqualTo(lines(expected));
		List<String> never = new Audit().probes().stream().map(Probe::id).filter(id -> !ELSEWHERE.contains(id))
				.filter(id -> found.values().stream().flatMap(Set::stream).noneMatch(reason -> ("audit." + reason).startsWith(id + "."))).toList();
		assertThat(never).as("checks for which no zone has a fault").isEmpty();
	}

	/// Each zone, signed in its own way, with what is said of its chain and of its TLSA records.
	@ParameterizedTest
	@ValueSource(strings = {"bind", "nsd", "knot"})
	void everyWayToBeSignedIsToldApart(String server) throws Exception {
		Map<String, Set<String>> expected = new TreeMap<>();
		expected.put("clean.test", Set.of("dnssec.chain.insecure", "moot"));
		expected.put("sec-good.test", Set.of("dnssec.chain.secure", "dnssec.algorithms.ok", "tlsa.secure.ok"));
		expected.put("sec-nsec3.test", Set.of("dnssec.chain.secure", "dnssec.algorithms.ok", "tlsa.secure.ok"));
		expected.put("sec-soon.test", Set.of("dnssec.chain.soon", "dnssec.algorithms.ok", "tlsa.secure.ok"));
		expected.put("sec-sha1.test", Set.of("dnssec.chain.secure", "dnssec.algorithms.old", "tlsa.secure.ok"));
		expected.put("sec-unsigned.test", Set.of("dnssec.chain.unsigned", "dnssec.algorithms.ok", "tlsa.secure.bogus"));
		expected.put("sec-bogus.test", Set.of("dnssec.chain.bogus", "dnssec.algorithms.ok", "tlsa.secure.bogus"));
		expected.put("sec-expired.test", Set.of("dnssec.chain.expired", "dnssec.algorithms.ok", "tlsa.secure.bogus"));
		expected.put("sec-future.test", Set.of("dnssec.chain.not-yet", "dnssec.algorithms.ok", "tlsa.secure.bogus"));
		expected.put("sec-wrong-ds.test", Set.of("dnssec.chain.ds-mismatch", "dnssec.algorithms.ok", "tlsa.secure.bogus"));
		expected.put("sec-stripped.test", Set.of("dnssec.chain.no-dnskey", "dnssec.algorithms.ok", "moot"));
		List<Case> cases = expected.keySet().stream().map(name -> new Case(name.substring(0, name.indexOf('.')), Set.of(), "old", "new")).toList();
		Headless project = project(server, cases);
		Map<String, Set<String>> said = new TreeMap<>();
		for (String check : List.of("dnssec.*", "tlsa.secure")) {
			Ran ran = project.run("audit", "--json", "--all", "--check", check);
			raised(ran).forEach((name, reasons) -> said.computeIfAbsent(name, _ -> new TreeSet<>()).addAll(reasons));
		}
		expected.replaceAll((_, reasons) -> new TreeSet<>(reasons));
		assertThat(lines(said)).isEqualTo(lines(expected));
	}

	private static String lines(Map<String, Set<String>> ids) {
		return ids.entrySet().stream().map(entry -> entry.getKey() + " " + entry.getValue() + "\n").collect(Collectors.joining());
	}
}
