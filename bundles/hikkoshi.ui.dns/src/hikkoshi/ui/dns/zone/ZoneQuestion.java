package hikkoshi.ui.dns.zone;

import java.io.IOException;
import java.time.Clock;
import java.util.List;

import org.eclipse.core.resources.IProject;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Migration;
import hikkoshi.core.plan.FirstPlan;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.plan.ZonePlan;
import hikkoshi.core.plan.Zones;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.text.Phrases;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.Migrations;

/// Asks the authoritative servers about a domain's zone, as `hikkoshi plan` does. Blocks; an interrupt ends it. Nothing of it is kept as evidence.
record ZoneQuestion(IProject project, DomainName name, Zones zones, Migrations migrations, EvidenceLogs logs, Phrases words) {
	/// What is asked.
	private interface Asker<T> {
		T ask(Domain domain, ProbeContext context) throws IOException, InterruptedException;
	}

	/// What would change if a text became the zone.
	ZonePlan plan(String text) throws IOException, InterruptedException {
		List<RecordSet> planned = zones.parse(name, text);
		return about((domain, context) -> zones.plan(domain, planned, context));
	}

	/// What is live now, to begin a plan with.
	FirstPlan first() throws IOException, InterruptedException {
		return about((domain, context) -> FirstPlan.of(domain, zones, context));
	}

	private <T> T about(Asker<T> asker) throws IOException, InterruptedException {
		MigrationProject snapshot = migrations.load(project);
		Migration migration = snapshot.migration().orElseThrow(() -> new IOException(words.say("zone.no-migration")));
		Domain domain = migration.domains().stream().filter(each -> each.name().equals(name)).findFirst()
				.orElseThrow(() -> new IOException(words.say("zone.not-in-migration", name.unicode())));
		try (RunMemo memo = new RunMemo()) {
			return asker.ask(domain, new ProbeContext(Clock.systemUTC(), Secrets.none(), migration.policy(), migration.dns(), snapshot.anchors(), memo, migration.servers(),
					logs.open(project)));
		}
	}
}
