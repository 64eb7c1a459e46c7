package hikkoshi.ui;

import java.util.Optional;

import org.eclipse.core.resources.IProject;
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
}
