package hikkoshi.ui.properties;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.resources.IProject;
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

import hikkoshi.core.model.Target;
import hikkoshi.core.text.Phrases;
import hikkoshi.ui.Ui;
import hikkoshi.ui.Words;
import hikkoshi.workspace.EvidenceLogs;
import hikkoshi.workspace.Migrations;

/// What one target is, at once; where it stands in the files and what evidence says of it as soon as a job has read them. Read-only. UI thread only.
final class TargetProperties implements IPropertySource {
	private final Phrases words;
	private final IProject project;
	private final Target target;
	private List<PropertyRow> rows;
	private boolean refreshing;

	TargetProperties(IProject project, Target target, IWorkbench bench) {
		this.project = project;
		this.target = target;
		words = Words.of(TargetProperties.class, bench);
		rows = new TargetFacts(words).of(target);
		IWorkbenchWindow window = bench.getActiveWorkbenchWindow();
		if (window != null && window.getActivePage() instanceof IWorkbenchPage page) {
			Ui.load(window.getShell(), words.say("properties.reading"), () -> read(bench), read -> show(read, page), e -> {
				PropertyRow failed = new PropertyRow("evidence", words.say("properties.evidence"), Ui.message(e));
				show(List.of(failed), page);
			});
		}
	}

	/// Whether it is this that the view shows anew at this moment.
	boolean isRefreshing(IProject of, Target what) {
		return refreshing && project.equals(of) && target.equals(what);
	}

	private List<PropertyRow> read(IWorkbench bench) throws IOException {
		List<PropertyRow> read = new ArrayList<>(TargetPlace.of(target, Migrations.folder(project), words));
		read.addAll(new TargetEvidence(words, Instant.now()).of(target, bench.getService(Migrations.class).load(project).migration(),
				bench.getService(EvidenceLogs.class).open(project).latest()));
		return read;
	}

	private void show(List<PropertyRow> read, IWorkbenchPage page) {
		List<PropertyRow> all = new ArrayList<>(rows);
		all.addAll(read);
		rows = List.copyOf(all);
		if (page.findView(IPageLayout.ID_PROP_SHEET) instanceof PropertySheet sheet && sheet.getCurrentPage() instanceof PropertySheetPage shown
				&& shown.getControl() != null && !shown.getControl().isDisposed()) {
			refreshing = true;
			try {
				shown.refresh();
			} finally {
				refreshing = false;
			}
		}
	}

	@Override
	public IPropertyDescriptor[] getPropertyDescriptors() {
		return rows.stream().map(row -> {
			PropertyDescriptor descriptor = new PropertyDescriptor(row, row.name());
			descriptor.setCategory(words.say("properties.category." + row.category()));
			descriptor.setDescription(row.more());
			descriptor.setAlwaysIncompatible(true);
			return descriptor;
		}).toArray(IPropertyDescriptor[]::new);
	}

	@Override
	public @Nullable Object getPropertyValue(Object id) {
		return id instanceof PropertyRow row ? row.value() : null;
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
