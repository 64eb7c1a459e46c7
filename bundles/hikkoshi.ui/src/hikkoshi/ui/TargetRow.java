package hikkoshi.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.Target;

/// A row of a view that stands for something that can be probed; what it is and what is known of it can then be read in the Properties view.
public interface TargetRow {
	/// Null for a heading.
	@Nullable Target target();

	/// Whose migration; empty for the active one.
	default Optional<IProject> migration() {
		return Optional.empty();
	}

	/// The targets of a selection: rows that stand for one, and targets themselves.
	static List<Target> targets(IStructuredSelection selection) {
		List<Target> found = new ArrayList<>();
		for (Object element : selection.toArray()) {
			Target target = element instanceof TargetRow row ? row.target() : element instanceof Target itself ? itself : Adapters.adapt(element, Target.class);
			if (target != null) {
				found.add(target);
			}
		}
		return found;
	}
}
