package hikkoshi.workspace.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

import org.eclipse.core.resources.ICommand;
import org.eclipse.core.resources.IProjectDescription;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.core.runtime.Platform;
import org.eclipse.core.runtime.content.IContentType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import hikkoshi.workspace.MigrationNature;

class MigrationNatureTest {
	@Test
	void aNewProjectHasNatureAndBuilderOnce() throws Exception {
		try (TestProject test = TestProject.create()) {
			MigrationNature.create(test.project().getName(), null, new NullProgressMonitor());
			IProjectDescription description = test.project().getDescription();
			assertThat(description.getNatureIds()).containsExactly(MigrationNature.ID);
			assertThat(Arrays.stream(description.getBuildSpec()).map(ICommand::getBuilderName)).containsExactly(MigrationNature.BUILDER);
			assertThat(MigrationNature.isOn(test.project())).isTrue();
		}
	}

	@Test
	void aClosedOrMissingProjectIsNoMigration() throws Exception {
		try (TestProject test = TestProject.create()) {
			test.project().close(new NullProgressMonitor());
			assertThat(MigrationNature.isOn(test.project())).isFalse();
			assertThat(MigrationNature.isOn(null)).isFalse();
		}
	}

	@Test
	void takingTheNatureAwayTakesTheBuilderAway() throws Exception {
		try (TestProject test = TestProject.create()) {
			IProjectDescription description = test.project().getDescription();
			description.setNatureIds(new String[0]);
			test.project().setDescription(description, new NullProgressMonitor());
			assertThat(test.project().getDescription().getBuildSpec()).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource({"migration.yaml,hikkoshi.workspace.migration", "mailboxes.csv,hikkoshi.workspace.mailboxes",
			"cutover.checklist,hikkoshi.workspace.checklist"})
	void filesHaveTheirContentTypes(String file, String id) {
		IContentType type = Platform.getContentTypeManager().findContentTypeFor(file);
		assertThat(type.getId()).isEqualTo(id);
	}
}
