package hikkoshi.ui.inventory.view;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.IAdaptable;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Target;
import hikkoshi.ui.TargetRow;

/// A row of the Servers & Domains tree or of the Project Explorer: equal to the same row of the next snapshot, so that expansion and selection survive.
///
/// A viewer that decorates keeps rows for later (a decoration that is ready puts *its* row back into the item), so it must be given the same row
/// again, with what is new in it: [#update]. A viewer without decorations may take new rows.
public final class InventoryNode implements IAdaptable, TargetRow {
	private final String key;
	private final IProject project;
	private volatile Face face;

	/// @param worst the worst that evidence says of it and what is below
	private record Face(String label, String detail, String icon, @Nullable Outcome worst, @Nullable Target target, List<InventoryNode> children) {}

	/// @param key the same for the same row
	/// @param worst the worst that evidence says of it and what is below, null when there is none
	/// @param target what probing this row means, null for a heading
	public InventoryNode(
			String key, IProject project, String label, String detail, String icon, @Nullable Outcome worst, @Nullable Target target,
			List<InventoryNode> children) {
		this.key = key;
		this.project = project;
		face = new Face(label, detail, icon, worst, target, List.copyOf(children));
	}

	/// Takes over what the same row of a later snapshot shows, and its children as rows of `known`. UI thread only.
	///
	/// @param known every row that was shown before, by its key; rows that are new come to it
	/// @return the row to show: the one that was known before, if there was one
	public InventoryNode update(Map<String, InventoryNode> known) {
		List<InventoryNode> below = face.children.stream().map(child -> child.update(known)).toList();
		InventoryNode row = known.computeIfAbsent(key, _ -> this);
		row.face = new Face(face.label, face.detail, face.icon, face.worst, face.target, below);
		return row;
	}

	public String label() {
		return face.label;
	}

	public String detail() {
		return face.detail;
	}

	public String icon() {
		return face.icon;
	}

	public @Nullable Outcome worst() {
		return face.worst;
	}

	public List<InventoryNode> children() {
		return face.children;
	}

	public IProject project() {
		return project;
	}

	@Override
	public @Nullable Target target() {
		return face.target;
	}

	@Override
	public Optional<IProject> migration() {
		return Optional.of(project);
	}

	/// The side that it is, or that it is on; null for what belongs to both.
	public @Nullable Side side() {
		if (target() instanceof Server server) {
			return server.side();
		}
		for (Side side : Side.values()) {
			if (key.equals("side:" + side.token())) {
				return side;
			}
		}
		return null;
	}

	@Override
	public <T> @Nullable T getAdapter(Class<T> type) {
		Target target = target();
		if (type.isInstance(target)) {
			return type.cast(target);
		}
		return type.isInstance(project) ? type.cast(project) : null;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof InventoryNode node && node.key.equals(key) && node.project.equals(project);
	}

	@Override
	public int hashCode() {
		return Objects.hash(key, project);
	}

	@Override
	public String toString() {
		Face now = face;
		return now.detail.isEmpty() ? now.label : now.label + " " + now.detail;
	}
}
