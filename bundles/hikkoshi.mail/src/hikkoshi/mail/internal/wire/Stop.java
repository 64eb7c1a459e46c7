package hikkoshi.mail.internal.wire;

import hikkoshi.core.evidence.Reason;

/// Ends a dialogue early because the answer is known: carries the reason, no stack trace and no secret.
public final class Stop extends Exception {
	private static final long serialVersionUID = 1L;

	private final transient Reason reason;

	public Stop(Reason reason) {
		super(reason.id(), null, false, false);
		this.reason = reason;
	}

	public Stop(String id, Object... args) {
		this(Reason.of(id, args));
	}

	public Reason reason() {
		return reason;
	}
}
