package hikkoshi.cli;

/// Ends a command with words for the person and an exit code: something is wrong that the person can mend.
final class CommandFailure extends Exception {
	private static final long serialVersionUID = 1L;
	private final ExitCode code;

	CommandFailure(ExitCode code, String message) {
		super(message);
		this.code = code;
	}

	ExitCode code() {
		return code;
	}
}
