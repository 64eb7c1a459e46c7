package hikkoshi.ui.inventory.view;

import java.util.List;
import java.util.Objects;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.IAdaptable;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.core.model.Server;
import hikkoshi.core.model.Side;
import hikkoshi.core.model.Target;

/// A row of the Servers & Domains tree: immutable, equal to the same row of the next snapshot, so that expansion and selection survive.
public final class InventoryNode implements IAdaptable {
	private final String key;
	private final IProject project;
	private final String label;
	private final String detail;
	private final String icon;
	private final @Nullable Outcome worst;
	private final @Nullable Target target;
	private final List<InventoryNode> children;

	/// @param key the same for the same row
	/// @param worst the worst that evidence says of it and what is below, null when there is none
	/// @param target what probing this row means, null for a heading
	public InventoryNode(
			String key, IProject project, String label, String detail, String icon, @Nullable Outcome worst, @Nullable Target target,
			List<InventoryNode> children) {
		this.key = key;
		this.project = project;
		this.label = label;
		this.detail = detail;
		this.icon = icon;
		this.worst = worst;
		this.target = target;
		this.children = List.copyOf(children);
	}

	public String label() {
		return label;
	}

	public String detail() {
		return detail;
	}

	public String icon() {
		return icon;
	}

	public @Nullable Outcome worst() {
		return worst;
	}

	public List<InventoryNode> children() {
		return children;
	}

	public IProject project() {
		return project;
	}

	public @Nullable Target target() {
		return target;
	}

	/// The side that it is, or that it is on; null for what belongs to both.
	public @Nullable Side side() {
		if (target instanceof Server server) {
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
		return detail.isEmpty() ? label : label + " " + detail;
	}
}
