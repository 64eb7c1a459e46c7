package hikkoshi.ui;

import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.jface.resource.ResourceLocator;
import org.eclipse.jface.viewers.DecorationOverlayIcon;
import org.eclipse.jface.viewers.IDecoration;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Control;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Outcome;

/// Images of a part: freed when its control goes. UI thread only.
///
/// An outcome is told by shape as well as by colour: tick in a circle, exclamation mark in a triangle, cross in an octagon, question mark
/// in a dashed square; never probed is a dotted circle.
public final class Icons {
	private final LocalResourceManager images;

	/// @param owner whose disposal frees the images
	public Icons(Control owner) {
		images = new LocalResourceManager(JFaceResources.getResources(), owner);
	}

	/// The icon file of that name in this bundle's `icons` folder, without `.svg`.
	public static ImageDescriptor descriptor(String name) {
		return ResourceLocator.imageDescriptorFromBundle("hikkoshi.ui", "icons/" + name + ".svg")
				.orElseGet(ImageDescriptor::getMissingImageDescriptor);
	}

	public Image image(String name) {
		return images.create(descriptor(name));
	}

	public Image image(ImageDescriptor descriptor) {
		return images.create(descriptor);
	}

	/// @param outcome null when there is no evidence at all
	public Image outcome(@Nullable Outcome outcome) {
		return image(name(outcome));
	}

	/// An icon with an outcome's mark in its corner.
	///
	/// @param outcome null for no mark
	public Image image(String name, @Nullable Outcome outcome) {
		if (outcome == null) {
			return image(name);
		}
		return images.create(new DecorationOverlayIcon(image(name), overlay(outcome), IDecoration.BOTTOM_RIGHT));
	}

	/// The mark of an outcome for the corner of an icon.
	public static ImageDescriptor overlay(Outcome outcome) {
		return descriptor(switch (outcome) {
			case PASS -> "ovr_pass";
			case WARN -> "ovr_warn";
			case UNKNOWN -> "ovr_unknown";
			case FAIL -> "ovr_fail";
		});
	}

	private static String name(@Nullable Outcome outcome) {
		return switch (outcome) {
			case null -> "none";
			case PASS -> "pass";
			case WARN -> "warn";
			case UNKNOWN -> "unknown";
			case FAIL -> "fail";
		};
	}
}
