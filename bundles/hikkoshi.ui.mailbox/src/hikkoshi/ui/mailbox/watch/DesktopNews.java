package hikkoshi.ui.mailbox.watch;

import java.util.List;
import java.util.stream.Collectors;

import org.eclipse.core.resources.IProject;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.notifications.NotificationPopup;
import org.eclipse.jface.widgets.WidgetFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Link;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.text.Phrases;
import hikkoshi.core.watch.WatchNews;
import hikkoshi.ui.Words;
import hikkoshi.workspace.NewsSettings;
import hikkoshi.workspace.WatchListener;

/// Shows the news of watches in a corner of the screen, above whatever a person works with; a click leads to the Watch view.
public final class DesktopNews implements WatchListener {
	/// Of one round: a round over five hundred domains is no reason for five hundred windows.
	private static final int MOST = 5;
	private static final int WIDTH = 340;
	private static final long MILLIS = 20_000;

	@Override
	public void told(IProject project, List<WatchNews> news) {
		if (!NewsSettings.known().popup() || !PlatformUI.isWorkbenchRunning()) {
			return;
		}
		IWorkbench workbench = PlatformUI.getWorkbench();
		Display display = workbench.getDisplay();
		if (!display.isDisposed()) {
			display.asyncExec(() -> show(workbench, display, project.getName(), news));
		}
	}

	private static void show(IWorkbench workbench, Display display, String project, List<WatchNews> news) {
		if (display.isDisposed() || workbench.isClosing()) {
			return;
		}
		Phrases words = Words.of(DesktopNews.class);
		String text = news.stream().limit(MOST).map(each -> words.say(each.reason())).collect(Collectors.joining("\n"))
				+ (news.size() > MOST ? "\n" + words.say("watch.more", news.size() - MOST) : "");
		NotificationPopup.forDisplay(display).title(words.say("watch.news", project), true).content(parent -> content(workbench, parent, text, words)).delay(MILLIS).open();
	}

	private static Control content(IWorkbench workbench, Composite parent, String text, Phrases words) {
		Composite body = WidgetFactory.composite(SWT.NONE).layout(GridLayoutFactory.fillDefaults().margins(8, 4).create()).create(parent);
		Control label = WidgetFactory.label(SWT.WRAP).text(text.replace("&", "&&")).create(body);
		GridDataFactory.fillDefaults().grab(true, true).hint(WIDTH, SWT.DEFAULT).applyTo(label);
		Link link = new Link(body, SWT.NONE);
		link.setText("<a>" + words.say("watch.news.open") + "</a>");
		link.addListener(SWT.Selection, _ -> open(workbench));
		return body;
	}

	private static void open(IWorkbench workbench) {
		IWorkbenchWindow window = window(workbench);
		IWorkbenchPage page = window == null ? null : window.getActivePage();
		if (window != null && page != null) {
			window.getShell().setMinimized(false);
			window.getShell().forceActive();
			try {
				page.showView(WatchPart.ID);
			} catch (PartInitException e) {
				throw new IllegalStateException("the view is ours", e);
			}
		}
	}

	private static @Nullable IWorkbenchWindow window(IWorkbench workbench) {
		IWorkbenchWindow active = workbench.getActiveWorkbenchWindow();
		return active != null ? active : workbench.getWorkbenchWindowCount() == 0 ? null : workbench.getWorkbenchWindows()[0];
	}
}
