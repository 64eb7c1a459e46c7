package hikkoshi.ui.inventory.editor;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

import org.eclipse.core.resources.IProject;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.services.IServiceLocator;

import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.overview.NextStep;
import hikkoshi.core.overview.Overview;
import hikkoshi.ui.EvidenceFeed;
import hikkoshi.ui.Ui;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.Migrations;
import hikkoshi.workspace.Subscription;

/// Keeps an [Overview] of what is saved and proven fresh: at every change of a file and of the evidence. One is made at a time, in a job, and
/// the next one waits as long as the last one took, so that a large migration leaves the machine time for the probes. UI thread only; ends
/// with its control.
final class OverviewFeed {
	private static final int PAUSE_MILLIS = 200;
	private static final int PAUSES = 3;

	private final Control control;
	private final IServiceLocator services;
	private final IProject project;
	private final String name;
	private final Consumer<News> sink;
	private boolean building;
	private boolean again;

	/// @param overview empty while the files have errors
	/// @param mending what to do about those
	/// @param failed why neither could be had; empty when all is well
	record News(Optional<Overview> overview, Optional<NextStep> mending, String failed) {}

	/// @param name of the job
	OverviewFeed(Control control, IServiceLocator services, IProject project, String name, Consumer<News> sink) {
		this.control = control;
		this.services = services;
		this.project = project;
		this.name = name;
		this.sink = sink;
		EvidenceFeed evidence = new EvidenceFeed(services.getService(EvidenceLogs.class), project, _ -> Ui.later(control, this::build),
				e -> Ui.later(control, () -> sink.accept(failed(e))));
		Subscription files = services.getService(Migrations.class).listen(changed -> {
			if (changed.equals(project)) {
				Ui.later(control, this::build);
			}
		});
		control.addDisposeListener(e -> {
			evidence.close();
			files.close();
		});
	}

	private record Made(News news, long millis) {}

	private void build() {
		if (building) {
			again = true;
			return;
		}
		building = true;
		Ui.load(control, name, this::make, made -> {
			sink.accept(made.news);
			control.getDisplay().timerExec((int) Math.min(60_000, PAUSE_MILLIS + PAUSES * made.millis), this::ready);
		}, e -> {
			sink.accept(failed(e));
			ready();
		});
	}

	private void ready() {
		building = false;
		if (again && !control.isDisposed()) {
			again = false;
			build();
		}
	}

	private Made make() throws IOException {
		long began = System.nanoTime();
		MigrationProject files = services.getService(Migrations.class).load(project);
		Optional<Overview> overview = Optional.empty();
		if (files.migration().isPresent()) {
			overview = Optional.of(Overview.of(files.migration().get(), files.checklist(), services.getService(EvidenceLogs.class).open(project),
					Instant.now()));
		}
		return new Made(new News(overview, NextStep.mending(files), ""), (System.nanoTime() - began) / 1_000_000);
	}

	private static News failed(Exception e) {
		return new News(Optional.empty(), Optional.empty(), Ui.message(e));
	}
}
