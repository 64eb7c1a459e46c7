package hikkoshi.core.format;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import hikkoshi.core.evidence.Reason;

/// One way to mend a fault: what it does in words, and the edits that do it. A value that can be printed before it is done.
///
/// @param what the sentence's id (`mend.…`) with its arguments
/// @param edits file name to edits of its text; of a file that is missing, of the empty text
/// @param care whether it may be done without asking
public record Mending(Reason what, Map<String, List<TextEdit>> edits, Care care) {
	public enum Care {
		/// Nothing that a person wrote is lost: what goes stands elsewhere, or says nothing.
		PLAIN,
		/// Takes something away that may stand nowhere else. A person is asked first.
		REMOVES
	}

	public Mending {
		Map<String, List<TextEdit>> copy = new LinkedHashMap<>();
		edits.forEach((file, list) -> copy.put(file, List.copyOf(list)));
		edits = copy;
	}

	static Mending plain(String file, List<TextEdit> edits, String id, Object... args) {
		return new Mending(reason(id, args), Map.of(file, edits), Care.PLAIN);
	}

	static Mending removes(String file, List<TextEdit> edits, String id, Object... args) {
		return new Mending(reason(id, args), Map.of(file, edits), Care.REMOVES);
	}

	private static Reason reason(String id, Object... args) {
		return new Reason("mend." + id, List.of(args).stream().map(String::valueOf).map(FaultList::plain).toList());
	}

	/// Whether it changes anything.
	boolean isSome() {
		return edits.values().stream().anyMatch(list -> !list.isEmpty());
	}
}
