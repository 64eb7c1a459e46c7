package hikkoshi.ui.inventory.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Control;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.format.roster.ImportSettings;
import hikkoshi.core.format.roster.ProjectTexts;
import hikkoshi.core.format.roster.RosterImport;
import hikkoshi.core.format.roster.Sheet;
import hikkoshi.core.format.roster.SheetOptions;
import hikkoshi.ui.Ui;
import hikkoshi.ui.inventory.fixes.OpenTexts;

/// What the pages of the import share: the file, what a person says about it, and the plan. Reading and planning is a job that a newer one
/// replaces; the pages are told on the UI thread. UI thread only.
final class ImportModel implements AutoCloseable {
	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
	private final String jobName;
	private @Nullable IProject project;
	private @Nullable Path file;
	private SheetOptions options = SheetOptions.NONE;
	private ImportSettings settings = ImportSettings.ADD_DOMAINS;
	private @Nullable Control control;
	private @Nullable Planner planner;
	private @Nullable Loaded loaded;
	private String failure = "";

	/// @param texts of the project's files as they were when the plan was made, by file name
	record Loaded(Map<String, String> texts, Sheet sheet, RosterImport plan) {}

	ImportModel(String jobName) {
		this.jobName = jobName;
	}

	/// @param control whose disposal ends the telling
	void start(Control control) {
		this.control = control;
	}

	void onChange(Runnable listener) {
		listeners.add(listener);
	}

	@Nullable IProject project() {
		return project;
	}

	void project(@Nullable IProject next) {
		if (!Objects.equals(next, project)) {
			project = next;
			plan();
		}
	}

	void file(@Nullable Path next) {
		if (!Objects.equals(next, file)) {
			file = next;
			options = SheetOptions.NONE;
			plan();
		}
	}

	SheetOptions options() {
		return options;
	}

	void options(UnaryOperator<SheetOptions> change) {
		options = change.apply(options);
		plan();
	}

	ImportSettings settings() {
		return settings;
	}

	void settings(ImportSettings next) {
		if (!next.equals(settings)) {
			settings = next;
			plan();
		}
	}

	/// Null while nothing is loaded; after a failure [#failure] says why.
	@Nullable Loaded loaded() {
		return loaded;
	}

	String failure() {
		return failure;
	}

	boolean isBusy() {
		return planner != null;
	}

	/// Which rows are taken.
	void select(UnaryOperator<RosterImport> change) {
		Loaded now = loaded;
		if (now != null) {
			loaded = new Loaded(now.texts, now.sheet, change.apply(now.plan));
			tell();
		}
	}

	private void plan() {
		stop();
		failure = "";
		if (project != null && file != null && control != null) {
			Planner next = new Planner(project, file, options, settings, control);
			planner = next;
			next.schedule();
		} else {
			take(null);
		}
		tell();
	}

	private void tell() {
		listeners.forEach(Runnable::run);
	}

	private void finished(Planner from, @Nullable Loaded result, String why) {
		if (from != planner) {
			if (result != null) {
				result.sheet.close();
			}
			return;
		}
		planner = null;
		failure = why;
		take(result);
		tell();
	}

	private void take(@Nullable Loaded next) {
		if (loaded != null) {
			loaded.sheet.close();
		}
		loaded = next;
	}

	private void stop() {
		if (planner != null) {
			planner.cancel();
			planner = null;
		}
	}

	/// Wipes the passwords that were read.
	@Override
	public void close() {
		stop();
		take(null);
		listeners.clear();
	}

	private final class Planner extends Job {
		private final IProject of;
		private final Path from;
		private final SheetOptions saying;
		private final ImportSettings wanted;
		private final Control owner;
		private volatile @Nullable Thread worker;

		Planner(IProject of, Path from, SheetOptions saying, ImportSettings wanted, Control owner) {
			super(jobName);
			this.of = of;
			this.from = from;
			this.saying = saying;
			this.wanted = wanted;
			this.owner = owner;
			setSystem(true);
		}

		@Override
		protected IStatus run(IProgressMonitor monitor) {
			worker = Thread.currentThread();
			try {
				Loaded result = monitor.isCanceled() ? null : load();
				Ui.later(owner, () -> finished(this, result, ""));
			} catch (IOException e) {
				Ui.later(owner, () -> finished(this, null, Ui.message(e)));
			} catch (RuntimeException e) {
				ILog.get().error(jobName, e);
				Ui.later(owner, () -> finished(this, null, Ui.message(e)));
			} catch (InterruptedException e) {
				return Status.CANCEL_STATUS;
			} finally {
				worker = null;
				Thread.interrupted();
			}
			return Status.OK_STATUS;
		}

		private Loaded load() throws IOException, InterruptedException {
			Map<String, String> texts = new OpenTexts(of).read();
			if (Files.size(from) > Sheet.MAX_BYTES) {
				throw new IOException(from.getFileName() + ": > " + Sheet.MAX_BYTES / 1_000_000 + " MB");
			}
			Sheet sheet = Sheet.read(String.valueOf(from.getFileName()), Files.readAllBytes(from), saying);
			try {
				ProjectTexts project = ProjectTexts.of(texts.getOrDefault(MigrationProject.MIGRATION_FILE, ""),
						texts.getOrDefault(MigrationProject.MAILBOXES_FILE, ""));
				return new Loaded(texts, sheet, RosterImport.plan(project, sheet, wanted));
			} catch (InterruptedException | RuntimeException e) {
				sheet.close();
				throw e;
			}
		}

		@Override
		protected void canceling() {
			Thread thread = worker;
			if (thread != null) {
				thread.interrupt();
			}
		}
	}
}
