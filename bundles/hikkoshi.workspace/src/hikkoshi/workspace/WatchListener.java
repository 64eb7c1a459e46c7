package hikkoshi.workspace;

import java.util.List;

import org.eclipse.core.resources.IProject;

import hikkoshi.core.watch.WatchNews;

/// Service of whoever wants the news of every watch in the workspace, to tell a person. Called by the thread of the watch, which waits: return at once.
@FunctionalInterface
public interface WatchListener {
	/// @param news never empty
	void told(IProject project, List<WatchNews> news);
}
