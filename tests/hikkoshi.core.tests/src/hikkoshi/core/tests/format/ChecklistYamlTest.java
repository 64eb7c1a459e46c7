package hikkoshi.core.tests.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import hikkoshi.core.format.ChecklistTemplate;
import hikkoshi.core.format.ChecklistYaml;
import hikkoshi.core.format.Fault;
import hikkoshi.core.format.MigrationTemplate;
import hikkoshi.core.format.MigrationYaml;
import hikkoshi.core.format.Parsed;
import hikkoshi.core.format.Roster;
import hikkoshi.core.gate.Checklist;
import hikkoshi.core.gate.GateSpec;
import hikkoshi.core.gate.Phase;
import hikkoshi.core.gate.Step;
import hikkoshi.core.model.Policy;
import hikkoshi.core.model.Protocol;
import hikkoshi.core.model.Side;

class ChecklistYamlTest {
	@Test
	void aSoundFileIsReadWhole() {
		Parsed<ChecklistYaml> parsed = ChecklistYaml.parse(Projects.CHECKLIST);
		assertThat(parsed.faults()).isEmpty();
		Checklist checklist = parsed.value().orElseThrow().checklist();
		assertThat(checklist.phases()).extracting(Phase::key).containsExactly("prove", "cutover");
		Step prove = checklist.step("prove-both").orElseThrow();
		assertThat(prove.owner()).isEqualTo("Ann");
		assertThat(prove.rollback()).isEqualTo("None.");
		assertThat(prove.gates()).containsExactly(
				new GateSpec.Accounts(EnumSet.allOf(Side.class), Set.of(Protocol.IMAP, Protocol.SUBMISSION), Duration.ofHours(6)));
		assertThat(checklist.step("switch-dns").orElseThrow().gates()).containsExactly(new GateSpec.Steps(List.of("prove-both")),
				new GateSpec.DnsPointsTo(Side.OLD, Duration.ofHours(1)),
				new GateSpec.TtlDrained(Policy.DEFAULT.ttlTarget(), Policy.DEFAULT.evidenceMaxAge()));
	}

	@Test
	void recipientsAreWantedOnTheNewSideUnlessTheGateSaysOtherwise() {
		String text = Projects.CHECKLIST.replace("- steps: [prove-both]", "- steps: [prove-both]\n          - recipients: {}\n"
				+ "          - recipients: {sides: [old, new], max-age: 2h}");
		Checklist checklist = ChecklistYaml.parse(text).sound().orElseThrow().checklist();
		assertThat(checklist.step("switch-dns").orElseThrow().gates()).contains(
				new GateSpec.Recipients(EnumSet.of(Side.NEW), Policy.DEFAULT.evidenceMaxAge()),
				new GateSpec.Recipients(EnumSet.allOf(Side.class), Duration.ofHours(2)));
	}

	@Test
	void whatAGateLeavesOpenIsThePolicys() {
		Policy d = Policy.DEFAULT;
		Policy policy = new Policy(Duration.ofHours(3), d.connectionsPerServer(), d.loginsPerSecond(), d.lockoutAfter(), d.connectTimeout(),
				d.readTimeout(), d.probeTimeout(), Duration.ofSeconds(7), d.quiet(), d.canaries());
		String text = Projects.CHECKLIST.replace("{sides: [old, new], protocols: [imap, submission], max-age: 6h}", "{}");
		Checklist checklist = ChecklistYaml.parse(text, policy).sound().orElseThrow().checklist();
		assertThat(checklist.step("prove-both").orElseThrow().gates()).containsExactly(new GateSpec.Accounts(EnumSet.allOf(Side.class),
				Set.of(Protocol.IMAP, Protocol.POP3, Protocol.SUBMISSION), Duration.ofHours(3)));
		assertThat(checklist.step("switch-dns").orElseThrow().gates()).contains(new GateSpec.TtlDrained(Duration.ofSeconds(7), Duration.ofHours(3)));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, value = {
			"key: switch-dns          | key: ^prove-both                  | fault.step.duplicate        | prove-both;6",
			"key: cutover             | key: ^prove                       | fault.phase.duplicate       | prove;3",
			"steps: [prove-both]      | steps: [^prove-all]               | fault.gate.step-unknown     | prove-all",
			"steps: [prove-both]      | steps: [^switch-dns]              | fault.gate.step-later       | switch-dns",
			"steps: [prove-both]      | ^steps: []                        | fault.gate.empty            | steps",
			"steps: [prove-both]      | ^stpes: [prove-both]              | fault.yaml.unknown-key-near | stpes;steps",
			"- steps: [prove-both]    | - ^{steps: [prove-both], ttl-drained: {}} | fault.gate.shape    | accounts, recipients, steps, dns-points-to, ttl-drained, propagated, audit",
			"- steps: [prove-both]    | - ^steps                          | fault.yaml.not-mapping      | gates",
			"sides: [old, new]        | sides: ^[]                        | fault.gate.empty            | sides",
			"sides: [old, new]        | sides: [old, ^both]               | fault.side.unknown          | both;old, new",
			"protocols: [imap, submission] | protocols: [imap, ^smtp]     | fault.gate.no-login         | smtp",
			"max-age: 6h              | max-age: ^6                       | fault.duration.bad          | 6",
			"side: old, max-age       | sied: old, max-age                | fault.yaml.missing-key      | side;dns-points-to",
			"ttl-drained: {}          | audit: {checks: [^\"SPF!\"]}        | fault.gate.check            | SPF!",
			"ttl-drained: {}          | audit: {checks: ^[]}              | fault.gate.empty            | checks",
			"ttl-drained: {}          | audit: {checks: [spf.*], warnings: ^maybe} | fault.gate.warnings | maybe",
			"ttl-drained: {}          | audit: ^{warnings: allow}         | fault.yaml.missing-key      | checks;audit",
			"ttl-drained: {}          | ^ttl-drained:                     | fault.yaml.no-value         | ttl-drained",
			"title: Switch            | titel: Switch                     | fault.yaml.missing-key      | title;steps",
			"key: switch-dns          | key: ^switch dns                  | fault.key.bad               | switch dns",
	})
	void aFaultPointsAtItsPlace(String sound, String marked, String id, String args) {
		int start = Projects.CHECKLIST.indexOf(sound);
		assertThat(start).isPositive();
		String text = Projects.CHECKLIST.substring(0, start) + marked.replace("^", "") + Projects.CHECKLIST.substring(start + sound.length());
		List<Fault> faults = ChecklistYaml.parse(text).faults();
		assertThat(Projects.ids(faults)).contains(id);
		Fault fault = faults.stream().filter(f -> f.reason().id().equals(id)).findFirst().orElseThrow();
		assertThat(String.join(";", fault.reason().args())).isEqualTo(args);
		if (marked.contains("^")) {
			String before = text.substring(0, start + marked.indexOf('^'));
			assertThat(fault.line()).isEqualTo((int) before.chars().filter(c -> c == '\n').count() + 1);
			assertThat(fault.column()).isEqualTo(before.length() - before.lastIndexOf('\n'));
		}
	}

	@Test
	void theTemplateIsSoundInBothLanguages() {
		Checklist english = ChecklistYaml.parse(ChecklistTemplate.text(Locale.ENGLISH)).sound().orElseThrow().checklist();
		Checklist japanese = ChecklistYaml.parse(ChecklistTemplate.text(Locale.JAPAN)).sound().orElseThrow().checklist();
		assertThat(english.phases()).extracting(Phase::key).containsExactly("prepare", "prove", "ttl", "cutover", "watch", "merge", "retire");
		assertThat(japanese.steps()).extracting(Step::key, Step::gates)
				.isEqualTo(english.steps().stream().map(step -> org.assertj.core.api.Assertions.tuple(step.key(), step.gates())).toList());
		assertThat(japanese.steps()).allSatisfy(step -> assertThat(step.title() + step.text()).matches("(?s).*[\\u3040-\\u30ff].*"));
		assertThat(english.steps()).allSatisfy(step -> assertThat(step.text()).isNotEmpty());
		// the switch of DNS is behind proof of both sides, whatever else is edited away
		assertThat(english.step("switch-dns").orElseThrow().gates()).hasAtLeastOneElementOfType(GateSpec.Accounts.class)
				.hasAtLeastOneElementOfType(GateSpec.DnsPointsTo.class).hasAtLeastOneElementOfType(GateSpec.TtlDrained.class);
		// nobody stops watching the old server while a cache may still send mail there
		assertThat(english.step("old-silent").orElseThrow().gates()).contains(new GateSpec.Propagated(Duration.ofHours(1)));
	}

	@Test
	void aNewMigrationIsSoundInBothLanguages() {
		for (Locale locale : List.of(Locale.ENGLISH, Locale.JAPAN, Locale.GERMAN)) {
			String text = MigrationTemplate.text(locale, "It's: a \"move\" ${name} $1", List.of("example.org", "例え.jp"),
					new MigrationTemplate.Host("old.example", List.of("192.0.2.1", "2001:db8::1")),
					new MigrationTemplate.Host("new.example", List.of("192.0.2.2")));
			Parsed<MigrationYaml> parsed = MigrationYaml.parse(text, "migration.yaml");
			assertThat(parsed.faults()).isEmpty();
			assertThat(parsed.value().orElseThrow().migration().name()).isEqualTo("It's: a \"move\" ${name} $1");
			assertThat(parsed.value().orElseThrow().migration().domains()).hasSize(2);
		}
		String bare = MigrationTemplate.text(Locale.ENGLISH, "x", List.of(), new MigrationTemplate.Host("old.example", List.of()),
				new MigrationTemplate.Host("new.example", List.of()));
		assertThat(Projects.ids(MigrationYaml.parse(bare, "migration.yaml").faults())).containsExactly("fault.server.no-address",
				"fault.server.no-address", "fault.domains.none");
		assertThat(Projects.ids(Roster.parse(MigrationTemplate.mailboxes()).faults())).containsExactly("fault.mailboxes.none");
	}
}
