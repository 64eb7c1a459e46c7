package hikkoshi.core.evidence;

import java.io.IOException;
import java.nio.file.Path;

/// Service: where evidence is kept. Implemented by a leaf, found by its type.
public interface EvidenceStore {
	/// The log's file in a project folder.
	String FILE = "evidence.db";

	/// Opens the log of a project, creating it when there is none.
	///
	/// @param project the folder that holds `migration.yaml`
	/// @throws IOException when it cannot be opened; the message names the file and what to do
	EvidenceLog open(Path project) throws IOException;
}
