package hikkoshi.app;

import org.eclipse.ui.IFolderLayout;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;

/// Projects and inventory left, editors in the middle, evidence and problems below. Views of the other bundles are named by id only.
public final class MigrationPerspective implements IPerspectiveFactory {
	static final String ID = "hikkoshi.app.migration";

	@Override
	public void createInitialLayout(IPageLayout layout) {
		String editors = layout.getEditorArea();
		layout.addView(IPageLayout.ID_PROJECT_EXPLORER, IPageLayout.LEFT, 0.24f, editors);
		layout.addView("hikkoshi.ui.inventory.view", IPageLayout.BOTTOM, 0.42f, IPageLayout.ID_PROJECT_EXPLORER);
		IFolderLayout bottom = layout.createFolder("bottom", IPageLayout.BOTTOM, 0.62f, editors);
		bottom.addView("hikkoshi.ui.evidence");
		bottom.addView("hikkoshi.ui.mailbox.matrix");
		bottom.addView("hikkoshi.ui.dns.lookup");
		bottom.addView("hikkoshi.ui.dns.audit");
		bottom.addView("hikkoshi.ui.dns.leftovers");
		bottom.addView("hikkoshi.ui.dns.propagation");
		bottom.addView("hikkoshi.ui.mailbox.watch");
		bottom.addView(IPageLayout.ID_PROBLEM_VIEW);
		bottom.addView(IPageLayout.ID_PROP_SHEET);
		bottom.addView(IPageLayout.ID_PROGRESS_VIEW);
		layout.addNewWizardShortcut("hikkoshi.ui.inventory.new");
	}
}
