package hikkoshi.ui.dns;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import org.eclipse.core.resources.IProject;
import org.eclipse.jface.dialogs.IDialogSettings;
import org.eclipse.ui.PlatformUI;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.FrameworkUtil;

import hikkoshi.core.lookup.LookupHistory;

/// Keeps the history of each migration in the workspace's state, and one for when no migration is chosen. UI thread only.
final class LookupMemory {
	private static final String SECTION = "lookup.history";
	private static final String WITHOUT = "";
	private static final String KEY = "lines.";
	private final Map<String, LookupHistory> known = new HashMap<>();

	private static IDialogSettings settings() {
		IDialogSettings all = PlatformUI.getDialogSettingsProvider(FrameworkUtil.getBundle(LookupMemory.class)).getDialogSettings();
		IDialogSettings section = all.getSection(SECTION);
		return section == null ? all.addNewSection(SECTION) : section;
	}

	private static String key(@Nullable IProject project) {
		return project == null ? WITHOUT : project.getName();
	}

	LookupHistory of(@Nullable IProject project) {
		return known.computeIfAbsent(key(project), key -> {
			String[] lines = settings().getArray(KEY + key);
			return lines == null ? LookupHistory.EMPTY : LookupHistory.of(Arrays.asList(lines));
		});
	}

	void keep(@Nullable IProject project, LookupHistory history) {
		known.put(key(project), history);
		settings().put(KEY + key(project), history.lines().toArray(String[]::new));
	}
}
