package hikkoshi.ui.mailbox.watch;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.jobs.IJobChangeEvent;
import org.eclipse.core.runtime.jobs.JobChangeAdapter;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.services.IServiceLocator;

import hikkoshi.core.arrival.ArrivalReasons;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.format.PlannedZones;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Domain;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Target;
import hikkoshi.core.plan.Zones;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.text.Phrases;
import hikkoshi.core.watch.WatchRounds;
import hikkoshi.ui.Ui;
import hikkoshi.ui.probe.ProbeStart;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.Migrations;
import hikkoshi.workspace.ProbeSets;
import hikkoshi.workspace.WatchJob;
import hikkoshi.workspace.Watches;

/// Starts a watch from the window: asks once for the passwords that are missing, reads the planned zones, then hands a job to [Watches]. From the UI thread.
final class WatchStart {
	/// Between two questions to DNS.
	static final Duration INTERVAL = Duration.ofMinutes(5);

	private final Shell shell;
	private final IServiceLocator services;
	private final IProject project;
	private final Phrases words;
	private final Consumer<String> failed;

	/// @param failed is told in the UI thread why it cannot begin
	WatchStart(Shell shell, IServiceLocator services, IProject project, Phrases words, Consumer<String> failed) {
		this.shell = shell;
		this.services = services;
		this.project = project;
		this.words = words;
		this.failed = failed;
	}

	/// @param known the migration as the view shows it, from which it is told whose passwords are needed
	/// @param wave empty for all
	void go(Migration known, String wave) {
		Set<Target.Id> wanted = WatchRounds.accounts(known, domains(known, wave)).stream().map(Account::id).collect(Collectors.toSet());
		new ProbeStart(shell, services, project, probe -> ArrivalReasons.PROBES.contains(probe.id()), target -> wanted.contains(target.id()),
				(snapshot, migration, _, secrets, over) -> read(snapshot, migration, wave, secrets, over)).go();
	}

	private static List<Domain> domains(Migration migration, String wave) {
		return migration.domains().stream().filter(domain -> wave.isEmpty() || domain.wave().equals(wave)).toList();
	}

	private void read(MigrationProject snapshot, Migration migration, String wave, Secrets secrets, Runnable over) {
		List<Domain> domains = domains(migration, wave);
		Ui.load(shell, words.say("watch.start"), () -> PlannedZones.read(domains, Migrations.folder(project), services.getService(Zones.class)), planned -> {
			if (planned.faults().isEmpty()) {
				start(new WatchJob.Order(project, snapshot, migration, domains, planned.plans(), services.getService(ProbeSets.class).leaves(), INTERVAL), secrets, over);
			} else {
				over.run();
				failed.accept(words.say("watch.bad-zone", planned.faults().getFirst()));
			}
		}, failure -> {
			over.run();
			failed.accept(Ui.message(failure));
		});
	}

	private void start(WatchJob.Order order, Secrets secrets, Runnable over) {
		WatchJob job = new WatchJob(order, secrets, services.getService(EvidenceLogs.class), services.getService(ProbeSets.class).phrases(Locale.getDefault()));
		job.addJobChangeListener(new JobChangeAdapter() {
			@Override
			public void done(IJobChangeEvent event) {
				over.run();
			}
		});
		if (!services.getService(Watches.class).start(job)) {
			over.run();
		}
	}
}
