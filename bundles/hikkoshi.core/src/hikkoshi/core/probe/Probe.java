package hikkoshi.core.probe;

import java.io.IOException;
import java.util.Optional;

import hikkoshi.core.model.Target;

/// One question put to the outside world about one target.
///
/// Thread: runs on a virtual thread and blocks; several targets are examined at once by the same instance, so it keeps no state.
/// Cancellation: an interrupt must end it at once, by [InterruptedException] or the [IOException] that an interrupted socket throws.
/// Prohibited: writing files, reading preferences or the clock other than `context.clock()`, keeping secrets beyond the call,
/// and changing anything at the server.
public interface Probe<T extends Target> {
	/// Stable, lower case, dotted: `imap.login`. Evidence, gates, texts and the command line use it.
	String id();

	/// The type of target it looks at.
	Class<T> target();

	/// Whether the question applies to a target of that type, e.g. only accounts of its protocol.
	default boolean appliesTo(T target) {
		return true;
	}

	/// Whether a run of everything includes it. Others run only when somebody asks for them by their id, e.g. because they cost a second login.
	default boolean isRoutine() {
		return true;
	}

	/// Asks over what an earlier run has left open ([Kept]): that costs the server no connection and no login, so no guard counts it. Empty where it must be
	/// asked anew, e.g. since the connection was lost; that is nothing to be told.
	///
	/// @throws InterruptedException when cancelled
	default Optional<Finding> resume(T target, ProbeContext context) throws InterruptedException {
		return Optional.empty();
	}

	/// Asks. "The peer said no" is a finding with its own reason.
	///
	/// @throws IOException when it could not be found out for a reason the probe has no word for: becomes UNKNOWN
	/// @throws InterruptedException when cancelled: becomes no evidence at all
	Finding examine(T target, ProbeContext context) throws IOException, InterruptedException;
}
