package hikkoshi.core.tests.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import hikkoshi.core.format.Fault;
import hikkoshi.core.format.MigrationFiles;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.CanaryPolicy;
import hikkoshi.core.model.OutsideSender;

/// `policy: canaries`, as a number and as a mapping.
class CanaryPolicyTest {
	private static final String BASE = """
			format: hikkoshi/1
			name: x
			servers:
			  old: [{key: a, name: a.example, addresses: [192.0.2.1], endpoints: [imap:993/tls]}]
			  new: [{key: b, name: b.example, addresses: [192.0.2.2], endpoints: [imap:993/tls]}]
			domains: [example.org]
			policy:
			  canaries: %s
			""";
	private static final String OUTSIDE = "{key: freemail, name: smtp.freemail.example, endpoint: 'submission:465/tls', user: me, from: me@freemail.example}";

	@TempDir
	Path folder;

	private MigrationProject load(String canaries) throws IOException {
		Projects.write(folder, BASE.formatted(canaries), "address\nann@example.org\n", "format: hikkoshi-checklist/1\nphases: []\n");
		return MigrationFiles.load(folder);
	}

	private CanaryPolicy read(String canaries) throws IOException {
		MigrationProject project = load(canaries);
		assertThat(project.hasErrors()).as(project.faults().toString()).isFalse();
		return project.migration().orElseThrow().policy().canary();
	}

	@Test
	void aNumberIsHowManyAreNeeded() throws IOException {
		assertThat(read("5")).isEqualTo(CanaryPolicy.DEFAULT.withNeeded(5));
	}

	@Test
	void aMappingSaysMore() throws IOException {
		CanaryPolicy policy = read("{needed: 2, per-day: 4, per-run: 9, interval: 30m, outside: [" + OUTSIDE + "]}");
		assertThat(policy.needed()).isEqualTo(2);
		assertThat(policy.perDay()).isEqualTo(4);
		assertThat(policy.perRun()).isEqualTo(9);
		assertThat(policy.interval()).isEqualTo(Duration.ofMinutes(30));
		OutsideSender sender = policy.outside().getFirst();
		assertThat(sender.endpoint()).hasToString("submission:465/tls");
		assertThat(sender.from()).hasToString("me@freemail.example");
		assertThat(sender.addresses()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {"{per-day: 0} | fault.yaml.number-range", "{per-week: 3} | fault.yaml.unknown-key", "{interval: soon} | fault.duration.bad",
		"{outside: [{key: a}]} | fault.yaml.missing-key", "{outside: [{password: x}]} | fault.yaml.password", "three | fault.yaml.not-number"})
	void whatIsWrongIsSaid(String canaries, String fault) throws IOException {
		assertThat(load(canaries).faults()).extracting(each -> each.reason().id()).anyMatch(id -> id.startsWith(fault));
	}

	@Test
	void anotherServersKeyOrProtocolIsWrong() throws IOException {
		assertThat(load("{outside: [" + OUTSIDE.replace("freemail,", "a,") + "]}").faults()).extracting(Fault::reason).anyMatch(reason -> reason.id().contains("duplicate"));
		assertThat(load("{outside: [" + OUTSIDE.replace("submission:465", "imap:993") + "]}").faults()).extracting(Fault::reason).anyMatch(reason -> reason.id().contains("protocol"));
		assertThat(load("{outside: [" + OUTSIDE.replace("me@freemail.example", "me") + "]}").faults()).isNotEmpty();
	}
}
