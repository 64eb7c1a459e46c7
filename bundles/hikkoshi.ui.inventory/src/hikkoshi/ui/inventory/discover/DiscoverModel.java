package hikkoshi.ui.inventory.discover;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.services.IServiceLocator;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.discover.Discovered;
import hikkoshi.core.discover.Discovery;
import hikkoshi.core.discover.DiscoveryOptions;
import hikkoshi.core.discover.DiscoverySink;
import hikkoshi.core.evidence.Evidence;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.model.DnsSettings;
import hikkoshi.core.model.DomainName;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Policy;
import hikkoshi.ui.Ui;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.Migrations;
import hikkoshi.workspace.ProbeSets;

/// A discovery under way or over, as the pages show it. The asking is a job; its finds come to the UI thread. UI thread only.
final class DiscoverModel {
	private final IServiceLocator services;
	private final @Nullable IProject project;
	private final UnaryOperator<DiscoveryOptions> adapt;
	private final String jobName;
	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
	private final List<Evidence> evidence = new ArrayList<>();
	private final List<Discovered> names = new ArrayList<>();
	private @Nullable Asking asking;
	private String failure = "";

	/// @param project whose policy and DNS settings count, and which keeps the evidence; null for none
	/// @param adapt last word on the options
	DiscoverModel(IServiceLocator services, @Nullable IProject project, UnaryOperator<DiscoveryOptions> adapt, String jobName) {
		this.services = services;
		this.project = project;
		this.adapt = adapt;
		this.jobName = jobName;
	}

	void onChange(Runnable listener) {
		listeners.add(listener);
	}

	/// In the order in which it came.
	List<Evidence> evidence() {
		return evidence;
	}

	/// The names that are through.
	List<Discovered> names() {
		return names;
	}

	boolean isBusy() {
		return asking != null;
	}

	String failure() {
		return failure;
	}

	/// @param control whose disposal ends the telling
	void start(List<DomainName> wanted, Control control) {
		stop();
		evidence.clear();
		names.clear();
		failure = "";
		Asking next = new Asking(wanted, control);
		asking = next;
		next.schedule();
		tell();
	}

	/// At once; what had been found stays.
	void stop() {
		Asking under = asking;
		// one that had not begun yet never will, and so says nothing itself
		if (under != null && under.cancel()) {
			asking = null;
			tell();
		}
	}

	private void tell() {
		listeners.forEach(Runnable::run);
	}

	private final class Asking extends Job {
		private final List<DomainName> wanted;
		private final Control control;
		private volatile @Nullable Thread worker;

		Asking(List<DomainName> wanted, Control control) {
			super(jobName);
			this.wanted = List.copyOf(wanted);
			this.control = control;
			setSystem(true);
		}

		private void later(Runnable action) {
			Ui.later(control, () -> {
				if (asking == this) {
					action.run();
					tell();
				}
			});
		}

		@Override
		protected IStatus run(IProgressMonitor monitor) {
			worker = Thread.currentThread();
			String why = "";
			try {
				if (!monitor.isCanceled()) {
					new Discovery(wanted, services.getService(ProbeSets.class).leaves(), Clock.systemUTC(), options(), new Finds()).call();
				}
			} catch (IOException e) {
				why = Ui.message(e);
			} catch (RuntimeException e) {
				ILog.get().error(jobName, e);
				why = Ui.message(e);
			} catch (InterruptedException e) {
				// a person's stop: what had been found has been handed over
				monitor.setCanceled(true);
			} finally {
				worker = null;
				Thread.interrupted();
			}
			String said = why;
			later(() -> {
				asking = null;
				failure = said;
			});
			return Status.OK_STATUS;
		}

		private DiscoveryOptions options() throws IOException {
			if (project == null) {
				return adapt.apply(DiscoveryOptions.of(Policy.DEFAULT, DnsSettings.DEFAULT, List.of()));
			}
			MigrationProject read = services.getService(Migrations.class).load(project);
			Policy policy = read.migration().map(Migration::policy).orElse(Policy.DEFAULT);
			DnsSettings dns = read.migration().map(Migration::dns).orElse(DnsSettings.DEFAULT);
			return adapt.apply(DiscoveryOptions.of(policy, dns, read.anchors()));
		}

		@Override
		protected void canceling() {
			Thread thread = worker;
			if (thread != null) {
				thread.interrupt();
			}
		}

		private final class Finds implements DiscoverySink {
			@Override
			public void found(List<Evidence> batch) throws IOException {
				if (project != null) {
					services.getService(EvidenceLogs.class).append(project, batch);
				}
				later(() -> evidence.addAll(batch));
			}

			@Override
			public void done(Discovered name) {
				later(() -> names.add(name));
			}
		}
	}
}
