package hikkoshi.workspace.internal;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.arrival.CanaryToken;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.EmailAddress;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.OutsideSender;
import hikkoshi.core.probe.ProbeContext;
import hikkoshi.core.probe.RunMemo;
import hikkoshi.core.report.NewsMail;
import hikkoshi.core.report.NewsPost;
import hikkoshi.core.secret.Secrets;
import hikkoshi.core.secret.ServerNameVault;
import hikkoshi.core.secret.TokenCommands;
import hikkoshi.core.text.Phrases;
import hikkoshi.core.watch.WatchNews;
import hikkoshi.workspace.Migrations;
import hikkoshi.workspace.NewsSettings;
import hikkoshi.workspace.TokenPrograms;
import hikkoshi.workspace.WatchListener;

/// Mails the news of watches to the address that a person has set, by an account outside of the migration whose password is in the vault. Beside the watch, at
/// most one letter in a while.
public final class NewsMailer implements WatchListener {
	/// Between two looks whether the next letter may go.
	private static final long LATER_MILLIS = 60_000;

	private final NewsPost post;
	private final Secrets vault;
	private final Migrations migrations;
	private final Phrases words = Phrases.of(Locale.getDefault(), List.of());
	private final SecureRandom random = new SecureRandom();
	private final Map<IProject, Mailing> mailings = new ConcurrentHashMap<>();

	public NewsMailer(NewsPost post, Secrets vault, Migrations migrations) {
		this.post = post;
		this.vault = vault;
		this.migrations = migrations;
	}

	/// Called by the service registry.
	public void deactivate() {
		mailings.values().forEach(Job::cancel);
	}

	@Override
	public void told(IProject project, List<WatchNews> news) {
		if (NewsSettings.known().address().isPresent()) {
			Mailing mailing = mailings.computeIfAbsent(project, Mailing::new);
			mailing.fresh.addAll(news);
			mailing.schedule();
		}
	}

	/// Of one project. The job does not run twice at once.
	private final class Mailing extends Job {
		private final IProject project;
		private final ConcurrentLinkedQueue<WatchNews> fresh = new ConcurrentLinkedQueue<>();
		private @Nullable NewsMail mail;
		private String by = "";

		Mailing(IProject project) {
			super(project.getName());
			this.project = project;
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
			NewsSettings settings = NewsSettings.known();
			Optional<EmailAddress> to = settings.address();
			if (to.isEmpty() || !project.isAccessible()) {
				return Status.OK_STATUS;
			}
			try {
				mail(settings, to.get());
			} catch (IOException e) {
				ILog.get().warn("the news of " + project.getName() + " could not be mailed", e);
			} catch (InterruptedException e) {
				return Status.CANCEL_STATUS;
			}
			if (mail != null && mail.isHolding()) {
				schedule(LATER_MILLIS);
			}
			return Status.OK_STATUS;
		}

		private void mail(NewsSettings settings, EmailAddress to) throws IOException, InterruptedException {
			MigrationProject snapshot = migrations.load(project);
			Migration migration = snapshot.migration().orElseThrow(() -> new IOException("the migration cannot be read"));
			OutsideSender sender = migration.policy().canary().outside().stream().filter(each -> each.key().equals(settings.mailVia())).findFirst()
					.orElseThrow(() -> new IOException("the migration has no account outside with the key " + settings.mailVia()));
			String now = sender + " " + to;
			NewsMail letters = mail;
			if (letters == null || !by.equals(now)) {
				letters = new NewsMail(post, sender, to, _ -> CanaryToken.invent(random).text(), words);
				mail = letters;
				by = now;
			}
			List<WatchNews> news = new ArrayList<>();
			for (WatchNews each = fresh.poll(); each != null; each = fresh.poll()) {
				news.add(each);
			}
			letters.add(news);
			Secrets secrets = new TokenCommands(TokenPrograms.of(migration), new ServerNameVault(migration, vault));
			try (RunMemo memo = new RunMemo()) {
				Clock clock = Clock.systemUTC();
				letters.flush(clock.instant(), false,
						new ProbeContext(clock, secrets, migration.policy(), migration.dns(), snapshot.anchors(), memo, migration.servers()));
			}
		}
	}
}
