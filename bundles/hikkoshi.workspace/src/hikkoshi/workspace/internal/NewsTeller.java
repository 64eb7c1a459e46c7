package hikkoshi.workspace.internal;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;

import hikkoshi.core.report.Notifier;
import hikkoshi.core.text.Phrases;
import hikkoshi.core.watch.WatchNews;
import hikkoshi.workspace.NewsSettings;
import hikkoshi.workspace.WatchListener;

/// Hands the news of watches to the program and the web hook that a person has set. One after the other, beside the watch: none of them holds it up.
public final class NewsTeller implements WatchListener {
	private final Phrases words = Phrases.of(Locale.getDefault(), List.of());

	@Override
	public void told(IProject project, List<WatchNews> news) {
		Notifier notifier = NewsSettings.known().notifier();
		if (notifier.tellsSomebody()) {
			new Telling(project, news, notifier).schedule();
		}
	}

	private final class Telling extends Job {
		private final List<WatchNews> news;
		private final Notifier notifier;

		Telling(IProject project, List<WatchNews> news, Notifier notifier) {
			super(project.getName());
			this.news = news;
			this.notifier = notifier;
			setSystem(true);
		}

		@Override
		protected void canceling() {
			Thread thread = getThread();
			if (thread != null) {
				thread.interrupt();
			}
		}

		@Override
		protected IStatus run(IProgressMonitor monitor) {
			for (WatchNews each : news) {
				try {
					notifier.tell(each, words.say(each.reason()));
				} catch (IOException e) {
					ILog.get().warn("nobody could be told of " + each.watch().domain().name(), e);
				} catch (InterruptedException e) {
					return Status.CANCEL_STATUS;
				}
			}
			return Status.OK_STATUS;
		}
	}
}
