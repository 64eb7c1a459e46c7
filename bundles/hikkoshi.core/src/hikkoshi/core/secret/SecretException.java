package hikkoshi.core.secret;

import java.io.IOException;

import hikkoshi.core.evidence.Reason;

/// A secret could not be had, for a reason that a person can be told: a command that failed, a refresh token that was refused. Holds no secret.
public final class SecretException extends IOException {
	private static final long serialVersionUID = 1;

	private final transient Reason reason;

	public SecretException(Reason reason) {
		super(reason.id() + " " + reason.args());
		this.reason = reason;
	}

	public Reason reason() {
		return reason;
	}
}
