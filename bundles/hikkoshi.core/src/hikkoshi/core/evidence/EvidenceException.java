package hikkoshi.core.evidence;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/// Why an evidence log could not be opened, read or written, as a reason that the edge can say in the person's language.
/// The message is the same in plain English, for logs.
public final class EvidenceException extends IOException {
	private static final long serialVersionUID = 1L;

	private final transient Reason reason;

	public EvidenceException(Reason reason, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.reason = reason;
	}

	/// e.g. `evidence.not-a-log` with the file as argument
	public Reason reason() {
		return reason;
	}
}
