package hikkoshi.ui.dns.zone;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;

import org.eclipse.core.resources.IProject;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Migration;
import hikkoshi.core.plan.RecordSet;
import hikkoshi.core.plan.ZonePlan;
import hikkoshi.core.plan.Zones;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.text.Phrases;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.Migrations;

/// What would change if a text became the zone: asks the authoritative servers, as `hikkoshi plan` does. Blocks; an interrupt ends it. Nothing of it is
/// kept as evidence.
record ZoneQuestion(IProject project, DomainName name, String text, Zones zones, Migrations migrations, EvidenceLogs logs, Phrases words) implements Callable<ZonePlan> {
	@Override
	public ZonePlan call() throws IOException, InterruptedException {
		MigrationProject snapshot = migrations.load(project);
		Migration migration = snapshot.migration().orElseThrow(() -> new IOException(words.say("zone.no-migration")));
		Domain domain = migration.domains().stream().filter(each -> each.name().equals(name)).findFirst()
				.orElseThrow(() -> new IOException(words.say("zone.not-in-migration", name.unicode())));
		List<RecordSet> planned = zones.parse(name, text);
		try (RunMemo memo = new RunMemo()) {
			return zones.plan(domain, planned, new ProbeContext(Clock.systemUTC(), Secrets.none(), migration.policy(), migration.dns(), snapshot.anchors(), memo,
					migration.servers(), logs.open(project)));
		}
	}
}
