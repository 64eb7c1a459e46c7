package hikkoshi.core.format;

import java.util.List;
import java.util.Optional;

/// What a file says, as far as it can be used, and everything that is wrong with it.
///
/// @param value empty when nothing at all can be used; with faults of severity ERROR it lacks what they are about
/// @param faults in the order of the file
public record Parsed<T>(Optional<T> value, List<Fault> faults) {
	public Parsed {
		faults = List.copyOf(faults);
	}

	public boolean hasErrors() {
		return faults.stream().anyMatch(fault -> fault.severity() == Fault.Severity.ERROR);
	}

	/// The value of a file without errors.
	public Optional<T> sound() {
		return hasErrors() ? Optional.empty() : value;
	}
}
