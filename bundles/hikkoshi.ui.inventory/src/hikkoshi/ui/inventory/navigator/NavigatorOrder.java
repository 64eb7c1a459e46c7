package hikkoshi.ui.inventory.navigator;

import org.eclipse.jface.viewers.Viewer;
import org.eclipse.jface.viewers.ViewerComparator;

/// Rows stand in the order of the file, the old side before the new one; not by their names.
public final class NavigatorOrder extends ViewerComparator {
	@Override
	public int compare(Viewer viewer, Object one, Object other) {
		return 0;
	}
}
