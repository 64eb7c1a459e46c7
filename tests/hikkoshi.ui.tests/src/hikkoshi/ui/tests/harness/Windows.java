package hikkoshi.ui.tests.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;

/// The workbench window and its dialogs, for page objects.
public final class Windows {
	private Windows() {}

	public static IWorkbenchPage page() {
		return PlatformUI.getWorkbench().getActiveWorkbenchWindow() != null
				? PlatformUI.getWorkbench().getActiveWorkbenchWindow().getActivePage()
				: PlatformUI.getWorkbench().getWorkbenchWindows()[0].getActivePage();
	}

	public static Shell shell() {
		return page().getWorkbenchWindow().getShell();
	}

	/// Opens a view and waits until it has been made.
	public static <T extends IViewPart> T view(String id, Class<T> type) {
		try {
			T view = type.cast(page().showView(id));
			Pump.all();
			return view;
		} catch (PartInitException e) {
			throw new AssertionError(e);
		}
	}

	/// The topmost open dialog with that title.
	public static Optional<Shell> dialog(String title) {
		return dialog(title, shell -> true);
	}

	/// Likewise, where another one has the same title.
	public static Optional<Shell> dialog(String title, Predicate<Shell> which) {
		return Arrays.stream(Display.getCurrent().getShells()).filter(shell -> shell.isVisible() && shell.getText().equals(title)).filter(which)
				.reduce((first, last) -> last);
	}

	public static void closeDialogs() {
		for (Shell shell : Display.getCurrent().getShells()) {
			if (shell != shell() && !shell.isDisposed() && shell.isVisible()) {
				shell.close();
			}
		}
	}

	/// Every control of a type below another one, in the order in which they were made.
	public static <T extends Control> List<T> all(Composite parent, Class<T> type) {
		List<T> found = new ArrayList<>();
		for (Control child : parent.getChildren()) {
			if (type.isInstance(child)) {
				found.add(type.cast(child));
			}
			if (child instanceof Composite composite) {
				found.addAll(all(composite, type));
			}
		}
		return found;
	}

	/// The first control of a type for which something holds.
	public static <T extends Control> T find(Composite parent, Class<T> type, Predicate<T> which) {
		return all(parent, type).stream().filter(which).findFirst()
				.orElseThrow(() -> new AssertionError("no such " + type.getSimpleName() + " in " + parent));
	}

	/// Presses a button by its text, mnemonics left aside.
	public static void press(Composite parent, String text) {
		click(find(parent, Button.class, button -> button.getText().replace("&", "").equals(text)));
	}

	/// Does what a click does; a toggle or check button changes its state.
	public static void click(Button button) {
		if (!button.isEnabled()) {
			throw new AssertionError("disabled: " + button.getText());
		}
		if ((button.getStyle() & (SWT.TOGGLE | SWT.CHECK)) != 0) {
			button.setSelection(!button.getSelection());
		}
		button.notifyListeners(SWT.Selection, new Event());
	}

	/// A picture of a control as `target/screens/<name>.png` below the test's folder.
	public static void picture(Control control, String name) {
		Pump.all();
		control.update();
		// a window's bounds hold its frame too, which is nobody's to copy
		Rectangle size = control instanceof Shell shell ? shell.getClientArea() : control.getBounds();
		Image image = new Image(control.getDisplay(), Math.max(1, size.width), Math.max(1, size.height));
		GC gc = new GC(control);
		gc.copyArea(image, 0, 0);
		gc.dispose();
		ImageLoader loader = new ImageLoader();
		loader.data = new ImageData[] {image.getImageData()};
		image.dispose();
		Path folder = Path.of(System.getProperty("hikkoshi.screens", "target/screens"));
		try {
			Files.createDirectories(folder);
		} catch (IOException e) {
			throw new AssertionError(e);
		}
		loader.save(folder.resolve(name + ".png").toString(), SWT.IMAGE_PNG);
	}
}
