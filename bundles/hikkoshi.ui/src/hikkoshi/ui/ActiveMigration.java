package hikkoshi.ui;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.IPartListener;
import org.eclipse.ui.ISelectionListener;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchPart;
import org.eclipse.ui.IWorkbenchPartSite;
import org.jspecify.annotations.Nullable;

import hikkoshi.workspace.MigrationNature;
import hikkoshi.workspace.Migrations;
import hikkoshi.workspace.Subscription;

/// Which migration the person is working on: that of the last selected resource or activated editor; the only one, when there is only one.
/// Tells a part when it changes and when its files do. UI thread only; ends with the part's control.
public final class ActiveMigration {
	private final IWorkbenchPage page;
	private final Consumer<@Nullable IProject> listener;
	private final Control control;
	private @Nullable IProject project;

	/// @param control of the part; its disposal ends the listening
	/// @param listener told at once, at every change of the project, and when the files of the active project have changed
	public ActiveMigration(IWorkbenchPartSite site, Control control, Consumer<@Nullable IProject> listener) {
		this.page = site.getPage();
		this.control = control;
		this.listener = listener;
		ISelectionListener selections = (part, selection) -> follow(of(selection));
		IPartListener parts = new EditorFollower();
		page.addPostSelectionListener(selections);
		page.addPartListener(parts);
		Subscription files = site.getService(Migrations.class).listen(changed -> Ui.later(control, () -> filesChanged(changed)));
		control.addDisposeListener(e -> {
			page.removePostSelectionListener(selections);
			page.removePartListener(parts);
			files.close();
		});
		project = first();
		listener.accept(project);
	}

	public @Nullable IProject project() {
		return project;
	}

	/// The migration that a command means: that of the selection, else of the active editor, else the only one there is.
	public static @Nullable IProject of(@Nullable IWorkbenchPage page) {
		if (page == null) {
			return only();
		}
		IProject selected = of(page.getSelection());
		return selected != null ? selected : of(page.getActiveEditor());
	}

	private @Nullable IProject first() {
		return of(page);
	}

	private void follow(@Nullable IProject next) {
		if (next != null && !next.equals(project)) {
			project = next;
			listener.accept(next);
		}
	}

	private void filesChanged(IProject changed) {
		IProject mine = project;
		if (mine == null || !MigrationNature.isOn(mine)) {
			project = first();
			listener.accept(project);
		} else if (mine.equals(changed)) {
			listener.accept(mine);
		}
	}

	private static @Nullable IProject of(@Nullable ISelection selection) {
		if (selection instanceof IStructuredSelection structured && structured.getFirstElement() instanceof Object element) {
			IProject direct = Adapters.adapt(element, IProject.class);
			IResource resource = direct != null ? direct : Adapters.adapt(element, IResource.class);
			return resource != null && MigrationNature.isOn(resource.getProject()) ? resource.getProject() : null;
		}
		return null;
	}

	private static @Nullable IProject of(@Nullable IEditorPart editor) {
		if (editor != null) {
			IResource resource = Adapters.adapt(editor.getEditorInput(), IResource.class);
			if (resource != null && MigrationNature.isOn(resource.getProject())) {
				return resource.getProject();
			}
		}
		return only();
	}

	private static @Nullable IProject only() {
		List<IProject> all =
				Arrays.stream(ResourcesPlugin.getWorkspace().getRoot().getProjects()).filter(MigrationNature::isOn).toList();
		return all.size() == 1 ? all.getFirst() : null;
	}

	private final class EditorFollower implements IPartListener {
		@Override
		public void partActivated(IWorkbenchPart part) {
			if (part instanceof IEditorPart editor && !control.isDisposed()) {
				follow(of(editor));
			}
		}

		@Override
		public void partBroughtToTop(IWorkbenchPart part) {}

		@Override
		public void partClosed(IWorkbenchPart part) {}

		@Override
		public void partDeactivated(IWorkbenchPart part) {}

		@Override
		public void partOpened(IWorkbenchPart part) {}
	}
}
