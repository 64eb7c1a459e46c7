package hikkoshi.cli;

import hikkoshi.core.evidence.Outcome;

/// What a headless command returns to the shell. The numbers are documented in `hikkoshi --help` and stay as they are.
enum ExitCode {
	/// Everything passed, or the gate is open.
	OK(0),
	/// Passed, with warnings.
	WARNINGS(1),
	/// A probe failed or a gate is shut.
	FAILED(2),
	/// Evidence is missing, stale, or could not be had.
	UNKNOWN(3),
	/// The command line is wrong (sysexits EX_USAGE).
	USAGE(64),
	/// A file of the project is wrong (roughly EX_NOINPUT and EX_DATAERR).
	INPUT(66),
	/// The server asked could not be reached (EX_UNAVAILABLE).
	UNREACHABLE(69),
	/// A bug in Hikkoshi, or the machine's trouble (EX_SOFTWARE).
	BUG(70),
	/// Ended by Ctrl-C (128 + SIGINT).
	CANCELLED(130);

	private final int code;

	ExitCode(int code) {
		this.code = code;
	}

	int code() {
		return code;
	}

	static ExitCode of(Outcome outcome) {
		return switch (outcome) {
			case PASS -> OK;
			case WARN -> WARNINGS;
			case UNKNOWN -> UNKNOWN;
			case FAIL -> FAILED;
		};
	}
}
