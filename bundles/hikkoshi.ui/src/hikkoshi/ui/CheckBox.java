package hikkoshi.ui;

import org.eclipse.swt.widgets.Button;

/// A check box of a view whose tick can be seen: the workbench's style sheet gives check boxes of views a plain background, and GTK then draws the white tick on it.
public final class CheckBox {
	/// Asked by the style engine of each widget (org.eclipse.e4.ui.css.swt, AbstractCSSSWTEngineImpl.isStylable).
	private static final String UNSTYLED = "org.eclipse.e4.ui.css.disabled";

	private CheckBox() {}

	/// Leaves the look of a check box to the platform. To be called as soon as it is made, in the UI thread.
	public static Button plain(Button box) {
		box.setData(UNSTYLED, Boolean.TRUE);
		return box;
	}
}
