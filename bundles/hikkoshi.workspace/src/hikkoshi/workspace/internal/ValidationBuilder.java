package hikkoshi.workspace.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.IResourceDelta;
import org.eclipse.core.resources.IncrementalProjectBuilder;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.Status;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;

import hikkoshi.core.format.Fault;
import hikkoshi.core.format.MigrationFiles;
import hikkoshi.core.format.MigrationProject;
import hikkoshi.core.format.ZoneFaults;
import hikkoshi.core.format.ZoneFile;
import hikkoshi.core.plan.Zones;
import hikkoshi.core.text.Phrases;
import hikkoshi.workspace.Migrations;

/// Reads a migration's files whenever one of them has changed, and marks what is wrong.
public final class ValidationBuilder extends IncrementalProjectBuilder {
	@Override
	protected IProject @Nullable [] build(int kind, @Nullable Map<String, String> args, @Nullable IProgressMonitor monitor)
			throws CoreException {
		if (kind == FULL_BUILD || kind == CLEAN_BUILD || concerns(getDelta(getProject()))) {
			try {
				MigrationProject read = MigrationFiles.load(Migrations.folder(getProject()));
				List<Fault> faults = new ArrayList<>(read.faults());
				faults.addAll(zones(read));
				new FaultMarkers(words()).update(getProject(), faults);
			} catch (IOException e) {
				throw new CoreException(Status.error(e.getMessage(), e));
			}
		}
		return null;
	}

	/// Of the planned zones, when somebody is there who reads them.
	private static List<Fault> zones(MigrationProject read) throws IOException {
		Bundle bundle = FrameworkUtil.getBundle(ValidationBuilder.class);
		BundleContext bundles = bundle == null ? null : bundle.getBundleContext();
		ServiceReference<Zones> reference = bundles == null ? null : bundles.getServiceReference(Zones.class);
		Zones zones = reference == null ? null : bundles.getService(reference);
		if (zones == null) {
			return List.of();
		}
		try {
			return ZoneFaults.in(read, zones);
		} finally {
			bundles.ungetService(reference);
		}
	}

	@Override
	protected void clean(@Nullable IProgressMonitor monitor) throws CoreException {
		new FaultMarkers(words()).update(getProject(),
				List.of());
	}

	/// In the language of the window; the markers are made again when that changes.
	private static Phrases words() {
		Locale locale = Locale.getDefault();
		return Phrases.of(locale, List.of()).with(Phrases.bundle(MigrationFiles.class, locale));
	}

	private static boolean concerns(@Nullable IResourceDelta delta) {
		if (delta == null) {
			return true;
		}
		for (IResourceDelta child : delta.getAffectedChildren()) {
			boolean content = child.getKind() != IResourceDelta.CHANGED || (child.getFlags() & IResourceDelta.CONTENT) != 0;
			String name = child.getResource().getName();
			// a folder has no content of its own
			if (name.equals(ZoneFile.FOLDER) && child.getResource().getType() == IResource.FOLDER) {
				return true;
			}
			if (content && !name.startsWith("evidence.db") && !name.equals(".project")) {
				return true;
			}
		}
		return false;
	}
}
