package hikkoshi.ui.tests.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.ui.PlatformUI;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.probe.ProbeTask;
import hikkoshi.core.probe.RehearsalStage;
import hikkoshi.core.probe.Targets;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.MigrationNature;
import hikkoshi.workspace.Migrations;
import hikkoshi.workspace.ProbeJob;
import hikkoshi.workspace.ProbeSets;
import hikkoshi.workspace.RunSecrets;

/// A project in the window whose servers really run: the rehearsal's old and new server and DNS, with one mailbox missing on the new one.
public final class Rehearsed implements AutoCloseable {
	private final RehearsalStage.Play play;
	private final Project project;

	private Rehearsed(RehearsalStage.Play play, Project project) {
		this.play = play;
		this.project = project;
	}

	/// @param folder an empty folder outside the workspace
	public static Rehearsed open(Path folder) throws IOException, CoreException {
		RehearsalStage.Play play = service(RehearsalStage.class).open(folder, Locale.ENGLISH);
		IProject project = MigrationNature.create(folder.getFileName().toString(), folder.toUri(), new NullProgressMonitor());
		Rehearsed rehearsed = new Rehearsed(play, new Project(project));
		rehearsed.project.select();
		return rehearsed;
	}

	public static <S> S service(Class<S> type) {
		return PlatformUI.getWorkbench().getService(type);
	}

	public RehearsalStage.Play play() {
		return play;
	}

	public Project project() {
		return project;
	}

	public MigrationProject snapshot() throws IOException {
		return service(Migrations.class).load(project.project());
	}

	/// Probes as the command does, and waits until the run is over.
	public void probe(Predicate<Target> wanted) throws IOException {
		probe(Probe::isRoutine, wanted);
	}

	/// Likewise, with the probes that somebody has asked for.
	public void probe(Predicate<Probe<?>> which, Predicate<Target> wanted) throws IOException {
		MigrationProject snapshot = snapshot();
		ProbeSets probes = service(ProbeSets.class);
		List<ProbeTask<?>> tasks = Targets.of(snapshot.migration().orElseThrow()).only(wanted).tasks(probes.probes().stream().filter(which).toList());
		ProbeJob job = new ProbeJob(project.project(), snapshot, snapshot.migration().orElseThrow(), tasks, new RunSecrets(play.secrets()),
				service(EvidenceLogs.class), probes.phrases(Locale.getDefault()));
		job.schedule();
		Pump.until("the run is over", () -> job.getResult() != null);
	}

	@Override
	public void close() throws CoreException, IOException {
		try {
			project.close();
		} finally {
			play.close();
		}
	}
}
