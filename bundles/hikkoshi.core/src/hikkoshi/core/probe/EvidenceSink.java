package hikkoshi.core.probe;

import java.io.IOException;
import java.util.List;

import hikkoshi.core.evidence.Evidence;

/// Where a run puts what it finds, as it finds it. Called by the thread that called the run, never by two at once.
@FunctionalInterface
public interface EvidenceSink {
	/// @param batch what has come in since the last call, never empty
	void accept(List<Evidence> batch) throws IOException;
}
