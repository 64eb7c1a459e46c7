package hikkoshi.core.report;

import java.io.IOException;

import hikkoshi.core.model.OutsideSender;
import hikkoshi.core.probe.Finding;
import hikkoshi.core.probe.ProbeContext;

/// Service: hands a letter with news to a person's own mail provider. Blocks; an interrupt ends it at once.
public interface NewsPost {
	/// A server has taken it. (address, server's words)
	String SENT = "watch.mail.sent";
	/// A server would not take it. (address, server's words)
	String REFUSED = "watch.mail.refused";

	/// Sends it with a login, over TLS whose certificate proves the name.
	///
	/// @param by whose password the context's secrets know
	/// @return PASS with [#SENT]; otherwise why not
	Finding send(Letter letter, OutsideSender by, ProbeContext context) throws IOException, InterruptedException;
}
