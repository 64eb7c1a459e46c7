package hikkoshi.workspace.tests;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.core.runtime.jobs.Job;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.workspace.MigrationNature;

/// A migration project in the test's workspace, gone with [#close].
record TestProject(IProject project) implements AutoCloseable {
	static final String YAML = """
			format: hikkoshi/1
			name: Test
			servers:
			  old:
			    - key: old
			      name: old.example
			      addresses: ["127.0.0.1"]
			      endpoints: [imap:1993/tls]
			  new:
			    - key: new
			      name: new.example
			      addresses: ["127.0.0.2"]
			      endpoints: [imap:1993/tls]
			domains:
			  - {name: example.org, wave: main, old: old, new: new}
			""";
	static final String CSV = "address,old_user,new_user,wave,note\nann@example.org,ann,ann@example.org,main,\n";

	static TestProject create() throws CoreException {
		IProject project = MigrationNature.create("test-" + UUID.randomUUID(), null, new NullProgressMonitor());
		TestProject test = new TestProject(project);
		test.write(MigrationProject.MAILBOXES_FILE, CSV);
		test.write(MigrationProject.MIGRATION_FILE, YAML);
		return test;
	}

	void write(String name, String text) throws CoreException {
		project.getFile(name).write(text.getBytes(StandardCharsets.UTF_8), true, false, false, new NullProgressMonitor());
	}

	/// Waits until the automatic build has seen every change.
	void built() throws InterruptedException {
		Job.getJobManager().join(ResourcesPlugin.FAMILY_AUTO_BUILD, null);
	}

	@Override
	public void close() throws CoreException {
		project.delete(true, true, new NullProgressMonitor());
	}
}
