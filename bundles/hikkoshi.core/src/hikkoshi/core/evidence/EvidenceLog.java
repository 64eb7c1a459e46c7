package hikkoshi.core.evidence;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/// An open evidence log: append-only, hash-chained, shared by processes. Safe for several threads.
public interface EvidenceLog extends EvidenceView, Closeable {
	/// Writes one observation; when this returns it has survived a power cut.
	///
	/// @throws IOException when it could not be written (nothing was)
	void append(Evidence evidence) throws IOException;

	/// Writes several observations in one transaction, in order: all or none.
	void appendAll(List<Evidence> evidence) throws IOException;

	/// Walks the whole chain.
	Verification verify() throws IOException;

	@Override
	void close() throws IOException;
}
