package hikkoshi.core.plan;

import java.util.List;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.evidence.Reason;

/// One line of a plan.
///
/// @param before null when it is new
/// @param after null when it goes
/// @param why what the change is for, as far as it can be seen
public record ZoneChange(@Nullable RecordSet before, @Nullable RecordSet after, Reason why) {
	/// In the signs that octoDNS and DNSControl made familiar.
	public enum Kind {
		CREATE("+"),
		MODIFY("±"),
		MODIFY_TTL("±"),
		DELETE("-");

		private final String sign;

		Kind(String sign) {
			this.sign = sign;
		}

		public String sign() {
			return sign;
		}
	}

	public Kind kind() {
		if (before == null) {
			return Kind.CREATE;
		}
		if (after == null) {
			return Kind.DELETE;
		}
		return before.data().equals(after.data()) ? Kind.MODIFY_TTL : Kind.MODIFY;
	}

	public RecordSet.Key key() {
		RecordSet one = after != null ? after : before;
		if (one == null) {
			throw new IllegalStateException("a change of nothing");
		}
		return one.key();
	}

	public List<String> removed() {
		return before == null ? List.of() : before.data().stream().filter(data -> after == null || !after.data().contains(data)).toList();
	}

	public List<String> added() {
		return after == null ? List.of() : after.data().stream().filter(data -> before == null || !before.data().contains(data)).toList();
	}
}
