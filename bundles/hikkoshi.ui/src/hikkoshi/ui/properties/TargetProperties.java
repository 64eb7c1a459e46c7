package hikkoshi.ui.properties;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.views.properties.IPropertyDescriptor;
import org.eclipse.ui.views.properties.IPropertySource;
import org.eclipse.ui.views.properties.PropertyDescriptor;
import org.eclipse.ui.views.properties.PropertySheet;
import org.eclipse.ui.views.properties.PropertySheetPage;
import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.EvidenceLog;
import hikkoshi.core.model.Migration;
import hikkoshi.core.model.Target;
import hikkoshi.core.probe.Probe;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Ui;
import hikkoshi.ui.Words;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.Migrations;
import hikkoshi.workspace.ProbeSets;
import hikkoshi.workspace.Subscription;

/// What one target is, at once; where it stands in the files and what evidence says of it as soon as a job has read them, and again when there is more. Read-only. UI thread only.
final class TargetProperties implements IPropertySource {
	private static final int THROTTLE_MILLIS = 500;

	/// What a line is known by, so that one that was opened stays open when it is read anew.
	private record Key(String category, String name, int nth) {}

	private final Phrases words;
	private final IProject project;
	private final Target target;
	private final List<PropertyRow> itself;
	private final Subscription news;
	private final @Nullable IWorkbenchPage page;
	private final Job reader;
	private Map<Key, PropertyRow> rows = new LinkedHashMap<>();
	private boolean refreshing;

	TargetProperties(IProject project, Target target, IWorkbench bench) {
		this.project = project;
		this.target = target;
		words = Words.of(TargetProperties.class, bench);
		itself = new TargetFacts(words).of(target);
		IWorkbenchWindow window = bench.getActiveWorkbenchWindow();
		page = window == null ? null : window.getActivePage();
		set(itself);
		reader = Job.create(words.say("properties.reading"), (IProgressMonitor monitor) -> {
			List<PropertyRow> read = read(bench);
			if (!bench.isClosing()) {
				bench.getDisplay().asyncExec(() -> show(read));
			}
		});
		reader.setSystem(true);
		news = page == null ? Subscription.NONE : bench.getService(EvidenceLogs.class).listen(project, () -> reader.schedule(THROTTLE_MILLIS));
		if (page != null) {
			reader.schedule();
		}
	}

	/// Follows new evidence no more.
	void close() {
		news.close();
		reader.cancel();
	}

	/// Whether it is this that the view shows anew at this moment.
	boolean isRefreshing(IProject of, Target what) {
		return refreshing && project.equals(of) && target.equals(what);
	}

	private List<PropertyRow> read(IWorkbench bench) {
		try {
			Optional<Migration> migration = bench.getService(Migrations.class).load(project).migration();
			EvidenceLog log = bench.getService(EvidenceLogs.class).open(project);
			List<PropertyRow> read = new ArrayList<>(TargetPlace.of(target, Migrations.folder(project), words));
			NewestEvidence newest = NewestEvidence.of(target, migration, log, bench.getService(ProbeSets.class).probes().stream().map(Probe::id).toList());
			read.addAll(new TargetEvidence(words, Instant.now(), newest.doors()).of(target, migration, newest.sightings()));
			return read;
		} catch (IOException | UncheckedIOException e) {
			return List.of(new PropertyRow("evidence", words.say("properties.evidence"), Ui.message(e)));
		}
	}

	private void set(List<PropertyRow> next) {
		Map<Key, PropertyRow> keyed = new LinkedHashMap<>();
		for (PropertyRow row : next) {
			int nth = 0;
			while (keyed.putIfAbsent(new Key(row.category(), row.name(), nth), row) != null) {
				nth++;
			}
		}
		rows = keyed;
	}

	private void show(List<PropertyRow> read) {
		List<PropertyRow> all = new ArrayList<>(itself);
		all.addAll(read);
		set(all);
		if (page != null && page.findView(IPageLayout.ID_PROP_SHEET) instanceof PropertySheet sheet && sheet.getCurrentPage() instanceof PropertySheetPage shown
				&& shown.getControl() != null && !shown.getControl().isDisposed()) {
			refreshing = true;
			try {
				shown.refresh();
			} finally {
				refreshing = false;
			}
		} else {
			close();
		}
	}

	@Override
	public IPropertyDescriptor[] getPropertyDescriptors() {
		return rows.entrySet().stream().map(each -> {
			PropertyRow row = each.getValue();
			PropertyDescriptor descriptor = new PropertyDescriptor(each.getKey(), row.name());
			descriptor.setCategory(words.say("properties.category." + row.category()));
			descriptor.setDescription(row.more());
			descriptor.setAlwaysIncompatible(true);
			return descriptor;
		}).toArray(IPropertyDescriptor[]::new);
	}

	@Override
	public @Nullable Object getPropertyValue(Object id) {
		PropertyRow row = id instanceof Key key ? rows.get(key) : null;
		return row == null ? null : row.below().isEmpty() ? row.value() : new FactsSource(row.value(), row.below(), words);
	}

	@Override
	public @Nullable Object getEditableValue() {
		return null;
	}

	@Override
	public boolean isPropertySet(Object id) {
		return true;
	}

	@Override
	public void resetPropertyValue(Object id) {
		// nothing can be changed here
	}

	@Override
	public void setPropertyValue(Object id, Object value) {
		// nothing can be changed here
	}
}
