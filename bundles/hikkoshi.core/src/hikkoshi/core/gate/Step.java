package hikkoshi.core.gate;

import java.util.List;

/// An entry of the checklist.
///
/// @param key unique within the checklist
/// @param owner who does it, free text; may be empty
/// @param gates all must be open before it may be signed off
/// @param rollback how to go back from here, free text; may be empty
public record Step(String key, String title, String text, String owner, List<GateSpec> gates, String rollback) {
	public Step {
		gates = List.copyOf(gates);
	}
}
