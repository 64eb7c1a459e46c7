package hikkoshi.ui.properties;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.IAdapterFactory;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.views.properties.IPropertySource;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.Target;
import hikkoshi.ui.ActiveMigration;
import hikkoshi.ui.TargetRow;

/// From what is selected anywhere, a target or a row that stands for one, to what the Properties view shows.
public final class PropertyAdapters implements IAdapterFactory {
	private @Nullable TargetProperties last;

	@Override
	public <T> @Nullable T getAdapter(Object selected, Class<T> type) {
		Target target = selected instanceof TargetRow row ? row.target() : selected instanceof Target itself ? itself : null;
		IProject project = selected instanceof TargetRow row ? row.migration().orElseGet(PropertyAdapters::active) : active();
		if (target == null || project == null || type != IPropertySource.class) {
			return null;
		}
		TargetProperties before = last;
		if (before != null && before.isRefreshing(project, target)) {
			// the view asks again as soon as it shows more: what has been read must not be read anew, for ever
			return type.cast(before);
		}
		if (before != null) {
			before.close();
		}
		TargetProperties next = new TargetProperties(project, target, PlatformUI.getWorkbench());
		last = next;
		return type.cast(next);
	}

	private static @Nullable IProject active() {
		IWorkbenchWindow window = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
		return window == null ? null : ActiveMigration.of(window.getActivePage());
	}

	@Override
	public Class<?>[] getAdapterList() {
		return new Class<?>[] {IPropertySource.class};
	}
}
