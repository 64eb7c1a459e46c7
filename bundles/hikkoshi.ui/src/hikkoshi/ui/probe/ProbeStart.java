package hikkoshi.ui.probe;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.jobs.JobChangeAdapter;
import org.eclipse.core.runtime.jobs.IJobChangeEvent;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.services.IServiceLocator;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.MigrationFiles;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.Account;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.Targets;
import hikkoshi.core.secret.CredentialId;
import hikkoshi.core.secret.Secret;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.secret.ServerNameVault;
import hikkoshi.core.secret.TokenCommand;
import hikkoshi.core.secret.TokenCommands;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Ui;
import hikkoshi.ui.Words;
import hikkoshi.ui.secret.PasswordsDialog;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.Migrations;
import hikkoshi.workspace.ProbeJob;
import hikkoshi.workspace.ProbeSets;
import hikkoshi.workspace.RunSecrets;
import hikkoshi.workspace.TokenPrograms;

/// Starts a run of probes from the window: reads the files, asks once for the passwords that are missing, then schedules a [ProbeJob].
/// Used once, from the UI thread; everything that blocks happens in jobs.
public final class ProbeStart {
	private final Shell shell;
	private final IServiceLocator services;
	private final IProject project;
	private final Predicate<Probe<?>> probes;
	private final Predicate<Target> targets;
	private final Map<String, String> unsaved;
	private final @Nullable Starter starter;
	private final Phrases words;

	/// Starts something else than a run of probes with what has been asked for: a watch.
	@FunctionalInterface
	public interface Starter {
		/// @param tasks may be none
		/// @param over to be called by any thread when the passwords are needed no more
		void start(MigrationProject snapshot, Migration migration, List<ProbeTask<?>> tasks, Secrets secrets, Runnable over);
	}

	/// @param probes which probes; those of all leaves are asked
	/// @param targets which targets of the migration
	public ProbeStart(Shell shell, IServiceLocator services, IProject project, Predicate<Probe<?>> probes, Predicate<Target> targets) {
		this(shell, services, project, probes, targets, Map.of(), null);
	}

	/// With something else to start; a run that is under way does not hinder it.
	///
	/// @param probes whose passwords are asked for
	public ProbeStart(Shell shell, IServiceLocator services, IProject project, Predicate<Probe<?>> probes, Predicate<Target> targets, Starter starter) {
		this(shell, services, project, probes, targets, Map.of(), starter);
	}

	/// With the texts of unsaved editors in place of what is on the disk.
	///
	/// @param unsaved file name to text
	public ProbeStart(Shell shell, IServiceLocator services, IProject project, Predicate<Probe<?>> probes, Predicate<Target> targets,
			Map<String, String> unsaved) {
		this(shell, services, project, probes, targets, unsaved, null);
	}

	private ProbeStart(Shell shell, IServiceLocator services, IProject project, Predicate<Probe<?>> probes, Predicate<Target> targets,
			Map<String, String> unsaved, @Nullable Starter starter) {
		this.unsaved = Map.copyOf(unsaved);
		this.starter = starter;
		this.shell = shell;
		this.services = services;
		this.project = project;
		this.probes = probes;
		this.targets = targets;
		words = Words.of(ProbeStart.class, services);
	}

	/// What a run needs once the files have been read.
	private record Plan(
			MigrationProject snapshot, Migration migration, List<ProbeTask<?>> tasks, Secrets vault, Set<CredentialId> missing) {}

	public void go() {
		if (starter == null && Arrays.stream(Job.getJobManager().find(project)).anyMatch(ProbeJob.class::isInstance)) {
			say("probe.under-way", project.getName());
			return;
		}
		Ui.load(shell, words.say("probe.prepare"), this::plan, this::ask, e -> say("probe.failed", project.getName(), Ui.message(e)));
	}

	private Optional<Plan> plan() throws IOException {
		MigrationProject snapshot = unsaved.isEmpty() ? services.getService(Migrations.class).load(project)
				: MigrationFiles.load(Migrations.folder(project), unsaved);
		if (snapshot.migration().isEmpty()) {
			return Optional.empty();
		}
		Migration migration = snapshot.migration().get();
		List<Probe<?>> wanted = services.getService(ProbeSets.class).probes().stream().filter(probes).toList();
		List<ProbeTask<?>> tasks = Targets.of(migration).only(targets).tasks(wanted);
		Secrets vault = new ServerNameVault(migration, services.getService(Secrets.class));
		Set<CredentialId> missing = new LinkedHashSet<>();
		for (ProbeTask<?> task : tasks) {
			if (task.target() instanceof Account account) {
				missing.add(CredentialId.of(account));
			}
		}
		Map<String, TokenCommand> programs = TokenPrograms.of(migration);
		boolean open = without(missing, new TokenCommands(programs, vault));
		return Optional.of(new Plan(snapshot, migration, tasks, new TokenCommands(programs, open ? vault : new ShutVault(vault)), missing));
	}

	/// Takes away what the vault knows.
	///
	/// @return whether the vault could be read; when a person has refused its master password it is not asked again and again
	private static boolean without(Set<CredentialId> missing, Secrets vault) {
		try {
			for (CredentialId id : List.copyOf(missing)) {
				if (vault.knows(id)) {
					missing.remove(id);
				}
			}
			return true;
		} catch (IOException e) {
			ILog.get().warn("passwords are asked for, since secure storage cannot be read", e);
			return false;
		}
	}

	/// A vault that cannot be read, but may be written to.
	private record ShutVault(Secrets vault) implements Secrets {
		@Override
		public Optional<Secret> find(CredentialId id) {
			return Optional.empty();
		}

		@Override
		public void store(CredentialId id, Secret secret) throws IOException {
			vault.store(id, secret);
		}

		@Override
		public void remove(CredentialId id) throws IOException {
			vault.remove(id);
		}

		@Override
		public boolean writable() {
			return vault.writable();
		}
	}

	private void ask(Optional<Plan> found) {
		if (found.isEmpty()) {
			say("probe.faulty", project.getName());
			return;
		}
		Plan plan = found.get();
		if (plan.tasks.isEmpty() && starter == null) {
			say("probe.nothing");
			return;
		}
		RunSecrets secrets = new RunSecrets(plan.vault);
		if (plan.missing.isEmpty()) {
			run(plan, secrets, secrets::close);
			return;
		}
		PasswordsDialog dialog = new PasswordsDialog(shell, plan.migration, plan.missing, plan.vault.writable());
		if (dialog.open() == Window.OK) {
			Map<CredentialId, Secret> given = dialog.given();
			given.forEach(secrets::give);
			given.values().forEach(Secret::close);
			AtomicInteger users = new AtomicInteger(dialog.remember() ? 2 : 1);
			Runnable leave = () -> {
				if (users.decrementAndGet() == 0) {
					secrets.close();
				}
			};
			if (dialog.remember()) {
				secrets.willRemember(given.keySet());
				remember(given.keySet(), secrets, leave);
			}
			run(plan, secrets, leave);
		} else {
			secrets.close();
		}
	}

	/// @param over called by any thread when the run needs its secrets no more
	private void run(Plan plan, RunSecrets secrets, Runnable over) {
		if (starter != null) {
			starter.start(plan.snapshot, plan.migration, plan.tasks, secrets, over);
			return;
		}
		Phrases all = services.getService(ProbeSets.class).phrases(Locale.getDefault());
		ProbeJob job = new ProbeJob(project, plan.snapshot, plan.migration, plan.tasks, secrets, services.getService(EvidenceLogs.class), all);
		job.addJobChangeListener(new JobChangeAdapter() {
			@Override
			public void done(IJobChangeEvent event) {
				over.run();
			}
		});
		job.schedule();
	}

	/// Beside the run: the vault may ask for its own master password, which should not hold up the first connection.
	private void remember(Set<CredentialId> ids, RunSecrets secrets, Runnable over) {
		ICoreRunnable storing = (IProgressMonitor monitor) -> {
			try {
				secrets.remember(ids);
			} catch (IOException e) {
				Ui.later(shell, () -> say("probe.not-remembered", Ui.message(e)));
			} finally {
				over.run();
			}
		};
		Job job = Job.create(words.say("probe.remember"), storing);
		job.setSystem(true);
		job.schedule();
	}

	private void say(String id, Object... args) {
		MessageDialog.openInformation(shell, words.say("probe.title"), words.say(id, args));
	}
}
