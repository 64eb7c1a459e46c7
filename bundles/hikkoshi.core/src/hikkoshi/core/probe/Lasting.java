package hikkoshi.core.probe;

import java.io.IOException;

/// What outlives the runs of one who asks again and again: what probes leave open, what is known already, and what of the findings is worth a row of the log.
public interface Lasting {
	/// Lets the probes of a run find it. Before the first probe.
	void open(RunMemo memo) throws IOException, InterruptedException;

	/// What takes the findings of a run in the place of a sink. When the run is over, [#settle] must follow.
	EvidenceSink before(EvidenceSink sink);

	/// A run is over: what has been held back is handed on.
	///
	/// @throws IOException when it could not be kept
	void settle(EvidenceSink sink) throws IOException;
}
