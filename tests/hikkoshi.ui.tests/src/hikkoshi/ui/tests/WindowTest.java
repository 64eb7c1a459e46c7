package hikkoshi.ui.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.eclipse.core.runtime.Platform;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IViewReference;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import hikkoshi.ui.tests.harness.Pump;
import hikkoshi.ui.tests.harness.Windows;

class WindowTest {
	@Test
	void itOpensWithTheMigrationPerspective() {
		assertThat(Windows.page().getPerspective().getId()).isEqualTo("hikkoshi.app.migration");
		assertThat(Arrays.stream(Windows.page().getViewReferences()).map(IViewReference::getId)).contains(IPageLayout.ID_PROJECT_EXPLORER,
				"hikkoshi.ui.evidence", "hikkoshi.ui.inventory.view", IPageLayout.ID_PROBLEM_VIEW, IPageLayout.ID_PROGRESS_VIEW);
	}

	@Test
	void theMenuBarIsOursAndNothingElse() {
		List<String> menus = new ArrayList<>();
		for (MenuItem item : Windows.shell().getMenuBar().getItems()) {
			menus.add(item.getText().replace("&", ""));
		}
		assertThat(menus).containsExactly("File", "Edit", "Migration", "Window", "Help");
	}

	/// What an image that nobody declared looks like is a red square.
	@ParameterizedTest
	@ValueSource(strings = {"IMG_OBJS_ERROR_PATH", "IMG_OBJS_WARNING_PATH", "IMG_OBJS_INFO_PATH", "IMG_OBJS_FIXABLE_ERROR", "IMG_OBJS_FIXABLE_WARNING",
			"IMG_ETOOL_PROBLEM_CATEGORY", "IMG_ELCL_QUICK_FIX_ENABLED", "IMG_DLCL_QUICK_FIX_DISABLED", "IMG_DLGBAN_QUICKFIX_DLG"})
	void problemsHasItsImages(String symbol) {
		ImageDescriptor image = PlatformUI.getWorkbench().getSharedImages().getImageDescriptor(symbol);
		assertThat(image).isNotNull();
		assertThat(image.getImageData(100)).isNotNull();
	}

	@Test
	void theAboutTextSaysNameAndVersion() {
		assertThat(Platform.getProduct().getName()).isEqualTo("Hikkoshi");
		assertThat(System.getProperty("hikkoshi.version")).matches("\\d+\\.\\d+\\.\\d+");
	}

	@ParameterizedTest
	@ValueSource(strings = {"hikkoshi.ui.inventory.new", "hikkoshi.ui.inventory.open-folder", "hikkoshi.ui.inventory.validate",
			"hikkoshi.ui.inventory.probe-accounts", "hikkoshi.ui.inventory.probe-selected", "hikkoshi.ui.inventory.probe-dns", "hikkoshi.ui.inventory.audit",
			"org.eclipse.ui.file.save", "org.eclipse.ui.file.exit", "org.eclipse.ui.help.aboutAction"})
	void everyCommandHasANameAndAHandler(String id) throws Exception {
		var command = PlatformUI.getWorkbench().getService(ICommandService.class).getCommand(id);
		assertThat(command.isDefined()).isTrue();
		assertThat(command.getName()).isNotBlank().doesNotStartWith("%");
		assertThat(command.isHandled()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = {"hikkoshi.ui.evidence", "hikkoshi.ui.inventory.view", "hikkoshi.ui.dns.lookup", "hikkoshi.ui.mailbox.matrix",
			IPageLayout.ID_PROGRESS_VIEW})
	void everyViewOpens(String id) throws Exception {
		var view = Windows.page().showView(id);
		Pump.all();
		assertThat(view.getTitle()).isNotBlank().doesNotStartWith("%");
		assertThat(view.getClass().getSimpleName()).isNotEqualTo("ErrorViewPart");
	}
}
