package hikkoshi.ui.dns;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import hikkoshi.core.evidence.EvidenceView;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.format.ZoneFile;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Migration;
import hikkoshi.core.plan.Zones;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.core.secret.Secrets;

/// The audit of every domain that has a planned zone (`zones/DOMAIN.zone`), before anybody else can see it. Blocks; used once. What it finds is no evidence:
/// a plan is not what was seen.
///
/// @param snapshot the project as it was read
/// @param evidence what was seen of the servers
record PlannedAudit(Path folder, MigrationProject snapshot, Zones zones, EvidenceView evidence) implements Callable<PlannedAudit.Result> {
	private static final long MAX_BYTES = 10_000_000;

	/// @param faults zones that could not be read, with the reason
	record Result(List<AuditRow> rows, List<String> faults, int plans, long questions) {}

	@Override
	public Result call() throws IOException, InterruptedException {
		List<AuditRow> rows = new ArrayList<>();
		List<String> faults = new ArrayList<>();
		int plans = 0;
		if (snapshot.migration().isEmpty()) {
			return new Result(rows, faults, plans, 0);
		}
		Migration migration = snapshot.migration().get();
		try (RunMemo memo = new RunMemo()) {
			ProbeContext context =
					new ProbeContext(Clock.systemUTC(), Secrets.none(), migration.policy(), migration.dns(), snapshot.anchors(), memo, migration.servers(), evidence);
			for (Domain domain : migration.domains()) {
				Path file = ZoneFile.of(folder, domain.name()).path();
				if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
					continue;
				}
				plans++;
				try {
					zones.audit(domain, Files.readString(file, StandardCharsets.UTF_8), context)
							.forEach((check, finding) -> rows.add(AuditRow.planned(domain.name().ascii(), check, finding)));
				} catch (IOException e) {
					faults.add(domain.name() + ": " + e.getMessage());
				}
			}
			return new Result(rows, faults, plans, memo.counted(RunMemo.DNS_QUESTIONS));
		}
	}
}
