package hikkoshi.core.evidence;

/// What a probe found. UNKNOWN means "could not find out": it is never FAIL and never PASS.
/// The order is from best to worst for people's attention; [#worst] follows it.
public enum Outcome {
	PASS,
	WARN,
	UNKNOWN,
	FAIL;

	public Outcome worst(Outcome other) {
		return compareTo(other) >= 0 ? this : other;
	}
}
