package hikkoshi.ui.tests.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.PlatformUI;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.MigrationNature;
import hikkoshi.workspace.ProbeJob;

/// A migration project in the window's workspace: an old and a new server on loopback addresses where nobody listens. Gone with [#close],
/// together with the editors on it.
public record Project(IProject project) implements AutoCloseable {
	public static final String YAML = """
			format: hikkoshi/1
			# a comment that must survive
			name: Test
			servers:
			  old:
			    - key: old
			      name: old.example
			      addresses: ["127.0.0.1"]
			      endpoints: [imap:%1$d/tls]
			  new:
			    - key: new
			      name: new.example
			      addresses: ["127.0.0.1"]
			      endpoints: [imap:%1$d/tls]   # behind it
			domains:
			  - {name: example.org, wave: main, old: old, new: new}
			""";
	public static final String CSV = "address,old_user,new_user,wave,note\nann@example.org,ann,ann@example.org,main,\n";

	/// With a port of the loopback that refuses every connection.
	public static Project create() throws CoreException, IOException {
		int closed;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			closed = socket.getLocalPort();
		}
		IProject project = MigrationNature.create("test-" + UUID.randomUUID(), null, new NullProgressMonitor());
		Project test = new Project(project);
		test.write(MigrationProject.MAILBOXES_FILE, CSV);
		test.write(MigrationProject.MIGRATION_FILE, YAML.formatted(closed));
		return test;
	}

	public void write(String name, String text) throws CoreException {
		file(name).write(text.getBytes(StandardCharsets.UTF_8), true, false, false, new NullProgressMonitor());
	}

	public IFile file(String name) {
		return project.getFile(name);
	}

	public String read(String name) throws IOException, CoreException {
		return file(name).readString();
	}

	/// Makes it the active migration, as a click in the Project Explorer does.
	public void select() {
		IViewPart explorer = Windows.view(IPageLayout.ID_PROJECT_EXPLORER, IViewPart.class);
		Pump.until("the project is shown", () -> {
			explorer.getSite().getSelectionProvider().setSelection(new StructuredSelection(project));
			return !explorer.getSite().getSelectionProvider().getSelection().isEmpty();
		});
		Pump.all();
	}

	public static EvidenceLogs logs() {
		return PlatformUI.getWorkbench().getService(EvidenceLogs.class);
	}

	@Override
	public void close() throws CoreException {
		for (Job job : Job.getJobManager().find(project)) {
			job.cancel();
		}
		Pump.until("no run of the project", () -> Arrays.stream(Job.getJobManager().find(project)).noneMatch(ProbeJob.class::isInstance));
		Windows.page().closeAllEditors(false);
		// a view that still reads the log may put one of SQLite's files beside it while the folder goes
		Pump.until("the project is gone", () -> {
			try {
				project.delete(true, true, new NullProgressMonitor());
			} catch (CoreException e) {
				return false;
			}
			return !project.exists();
		});
		Pump.all();
	}
}
