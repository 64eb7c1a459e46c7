package hikkoshi.dns.spf;

import java.io.IOException;
import java.util.List;

/// What an evaluation asks of DNS: the live one, or a plan of it.
@FunctionalInterface
public interface SpfDns {
	/// Follows aliases. "No answer" is an answer with its [Status].
	///
	/// @param name without trailing dot; may hold any character, since macros write into it
	Answer ask(String name, Type type) throws IOException, InterruptedException;

	enum Type {
		A,
		AAAA,
		MX,
		PTR,
		TXT
	}

	enum Status {
		FOUND,
		/// No data or no such name: a void look-up (RFC 7208, 4.6.4).
		NOTHING,
		/// Time-out, SERVFAIL and the like: the evaluation ends with temperror.
		ERROR
	}

	/// @param values addresses in their text form; names without trailing dot, of MX in the order of preference; of TXT the joined strings of a
	/// record, a character for each byte
	record Answer(Status status, List<String> values) {
		public static final Answer NOTHING = new Answer(Status.NOTHING, List.of());
		public static final Answer ERROR = new Answer(Status.ERROR, List.of());

		public Answer {
			values = List.copyOf(values);
		}

		public static Answer of(List<String> values) {
			return values.isEmpty() ? NOTHING : new Answer(Status.FOUND, values);
		}
	}
}
