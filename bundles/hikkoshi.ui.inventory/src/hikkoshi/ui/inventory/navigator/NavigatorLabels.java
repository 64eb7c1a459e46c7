package hikkoshi.ui.inventory.navigator;

import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.jface.viewers.DecorationOverlayIcon;
import org.eclipse.jface.viewers.DelegatingStyledCellLabelProvider.IStyledLabelProvider;
import org.eclipse.jface.viewers.IDecoration;
import org.eclipse.jface.viewers.LabelProvider;
import org.eclipse.jface.viewers.StyledString;
import org.eclipse.swt.graphics.Image;
import org.eclipse.ui.navigator.IDescriptionProvider;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Outcome;
import hikkoshi.ui.Icons;
import hikkoshi.ui.inventory.view.InventoryNode;

/// How the rows below `migration.yaml` look: what it is, with the worst outcome in its corner.
public final class NavigatorLabels extends LabelProvider implements IStyledLabelProvider, IDescriptionProvider {
	private final LocalResourceManager images = new LocalResourceManager(JFaceResources.getResources());

	@Override
	public StyledString getStyledText(Object element) {
		if (!(element instanceof InventoryNode node)) {
			return new StyledString();
		}
		StyledString text = new StyledString(node.label());
		return node.detail().isEmpty() ? text : text.append("  " + node.detail(), StyledString.DECORATIONS_STYLER);
	}

	@Override
	public @Nullable String getText(Object element) {
		return element instanceof InventoryNode node ? node.toString() : null;
	}

	@Override
	public @Nullable Image getImage(Object element) {
		if (!(element instanceof InventoryNode node)) {
			return null;
		}
		Image image = images.create(Icons.descriptor(node.icon()));
		Outcome worst = node.worst();
		return worst == null ? image : images.create(new DecorationOverlayIcon(image, Icons.overlay(worst), IDecoration.BOTTOM_RIGHT));
	}

	@Override
	public @Nullable String getDescription(Object element) {
		return getText(element);
	}

	@Override
	public void dispose() {
		images.dispose();
		super.dispose();
	}
}
