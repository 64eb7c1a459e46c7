package hikkoshi.workspace.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.eclipse.core.resources.IProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.workspace.Migrations;
import hikkoshi.workspace.Subscription;

class MigrationsTest {
	private final Migrations migrations = new Migrations();

	@BeforeEach
	void activate() {
		migrations.activate();
	}

	@AfterEach
	void deactivate() {
		migrations.deactivate();
	}

	@Test
	void theFilesAreReadOnceUntilTheyChange() throws Exception {
		try (TestProject test = TestProject.create()) {
			assertThat(migrations.known(test.project())).isEmpty();
			MigrationProject first = migrations.load(test.project());
			assertThat(first.migration().orElseThrow().mailboxes()).hasSize(1);
			assertThat(migrations.load(test.project())).isSameAs(first);
			test.write(MigrationProject.MAILBOXES_FILE, TestProject.CSV + "bob@example.org,bob,bob@example.org,main,\n");
			assertThat(migrations.load(test.project()).migration().orElseThrow().mailboxes()).hasSize(2);
			assertThat(migrations.known(test.project()).orElseThrow().migration().orElseThrow().mailboxes()).hasSize(2);
		}
	}

	@Test
	void listenersAreToldOfChangedFilesOnly() throws Exception {
		try (TestProject test = TestProject.create()) {
			test.built();
			List<IProject> told = new CopyOnWriteArrayList<>();
			try (Subscription _ = migrations.listen(told::add)) {
				test.write("evidence.db", "not a file of the migration");
				assertThat(told).isEmpty();
				test.write(MigrationProject.MAILBOXES_FILE, TestProject.CSV + "\n");
				assertThat(told).contains(test.project());
			}
			told.clear();
			test.write(MigrationProject.MAILBOXES_FILE, TestProject.CSV);
			assertThat(told).isEmpty();
		}
	}

	@Test
	void aDeletedProjectIsForgotten() throws Exception {
		IProject project;
		try (TestProject test = TestProject.create()) {
			project = test.project();
			migrations.load(project);
		}
		assertThat(migrations.known(project)).isEmpty();
	}
}
