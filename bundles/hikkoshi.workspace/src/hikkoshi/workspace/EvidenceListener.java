package hikkoshi.workspace;

import org.eclipse.core.resources.IProject;

/// Service: is told of every project's evidence, as long as evidence is in use at all. For what follows from evidence without a window, e.g. markers.
public interface EvidenceListener {
	/// A log was opened, or rows were added to it. Called by the thread that did so: return at once, and read in a job.
	void added(IProject project, EvidenceLogs logs);
}
