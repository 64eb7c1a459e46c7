package hikkoshi.app;

import java.util.List;

import org.eclipse.core.runtime.IProduct;
import org.eclipse.core.runtime.Platform;
import org.eclipse.jface.action.ICoolBarManager;
import org.eclipse.swt.graphics.Point;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.application.ActionBarAdvisor;
import org.eclipse.ui.application.IActionBarConfigurer;
import org.eclipse.ui.application.IWorkbenchWindowConfigurer;
import org.eclipse.ui.application.WorkbenchWindowAdvisor;

/// The window's frame. Menus and tool bar are declared in plugin.xml.
final class HikkoshiWindowAdvisor extends WorkbenchWindowAdvisor {
	private static final Point SIZE = new Point(1280, 860);
	/// Menus that platform bundles would add and that no one who moves mail needs.
	private static final List<String> FOREIGN = List.of("org.eclipse.ui.edit.text.actionSet.annotationNavigation",
			"org.eclipse.ui.edit.text.actionSet.navigation", "org.eclipse.ui.edit.text.actionSet.convertLineDelimitersTo",
			"org.eclipse.ui.edit.text.actionSet.openExternalFile", "org.eclipse.ui.edit.text.actionSet.presentation",
			"org.eclipse.search.searchActionSet", "org.eclipse.ui.cheatsheets.actionSet", "org.eclipse.ui.actionSet.keyBindings",
			"org.eclipse.ui.WorkingSetActionSet", "org.eclipse.ui.NavigateActionSet", "org.eclipse.ui.actionSet.openFiles");

	HikkoshiWindowAdvisor(IWorkbenchWindowConfigurer configurer) {
		super(configurer);
	}

	@Override
	public ActionBarAdvisor createActionBarAdvisor(IActionBarConfigurer configurer) {
		return new ActionBarAdvisor(configurer) {
			@Override
			protected void fillCoolBar(ICoolBarManager coolBar) {
				coolBar.setLockLayout(true);
			}
		};
	}

	@Override
	public void preWindowOpen() {
		IWorkbenchWindowConfigurer window = getWindowConfigurer();
		window.setInitialSize(SIZE);
		window.setShowCoolBar(true);
		window.setShowStatusLine(true);
		window.setShowPerspectiveBar(false);
		window.setShowProgressIndicator(true);
		IProduct product = Platform.getProduct();
		window.setTitle(product == null ? "Hikkoshi" : product.getName());
	}

	@Override
	public void postWindowOpen() {
		IWorkbenchPage page = getWindowConfigurer().getWindow().getActivePage();
		if (page != null) {
			FOREIGN.forEach(page::hideActionSet);
		}
	}
}
