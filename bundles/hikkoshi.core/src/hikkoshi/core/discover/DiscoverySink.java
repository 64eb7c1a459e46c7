package hikkoshi.core.discover;

import java.io.IOException;
import java.util.List;

import hikkoshi.core.evidence.Evidence;

/// Where a discovery puts what it finds, as it finds it. Called by the thread that called the discovery, never by two at once.
public interface DiscoverySink {
	/// @param batch what has come in since the last call, never empty; what several names share comes once
	void found(List<Evidence> batch) throws IOException;

	/// A name is through. All of its evidence has been handed over before.
	void done(Discovered name) throws IOException;
}
