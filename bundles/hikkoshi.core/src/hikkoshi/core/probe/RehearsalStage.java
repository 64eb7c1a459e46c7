package hikkoshi.core.probe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

import hikkoshi.core.secret.Secrets;

/// Service: a whole small world for a dry run — an old server, a new server and DNS on free loopback ports — and the migration project
/// that moves from one to the other. What runs on it is the real line, not a rehearsal of it.
public interface RehearsalStage {
	/// Starts the servers and writes the project's files.
	///
	/// @param project an empty or not yet existing folder
	/// @param language of the titles in the checklist
	/// @throws IOException when a port or the folder cannot be had
	Play open(Path project, Locale language) throws IOException;

	/// A running world. Closing it ends every server at once and keeps the folder.
	interface Play extends AutoCloseable {
		/// The passwords of the accounts of this world; they exist in memory only.
		Secrets secrets();

		/// The address of the mailbox that was planted as missing on the new server.
		String missingMailbox();

		/// Creates the missing mailbox on the new server.
		void repair();

		/// Lowers the TTL of the domain's MX at its authoritative servers to the policy's target; both TTLs are a few seconds, so that the old
		/// one can be seen to drain.
		void lowerTtl();

		/// Switches the domain's MX from the old to the new server.
		void cutOver();

		@Override
		void close() throws IOException;
	}
}
