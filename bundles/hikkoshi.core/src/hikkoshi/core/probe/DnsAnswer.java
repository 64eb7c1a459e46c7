package hikkoshi.core.probe;

import java.time.Duration;
import java.util.List;

/// What a server answered, or that it did not.
///
/// @param server who was asked
/// @param flags as dig prints them, e.g. `qr aa rd`
/// @param took from the question's first byte to the answer's last
/// @param bytes size of the answer, 0 when none came
/// @param tcp whether the answer came over TCP
/// @param detail the system's or the server's words where the status alone says too little; else empty
public record DnsAnswer(
		DnsQuestion question,
		DnsStatus status,
		List<String> flags,
		List<Rr> answer,
		List<Rr> authority,
		List<Rr> additional,
		Duration took,
		int bytes,
		boolean tcp,
		String detail) {
	public DnsAnswer {
		flags = List.copyOf(flags);
		answer = List.copyOf(answer);
		authority = List.copyOf(authority);
		additional = List.copyOf(additional);
	}

	/// A resource record in presentation form (RFC 1035, 5.1).
	///
	/// @param ttl seconds
	public record Rr(String name, long ttl, String type, String data) {
		@Override
		public String toString() {
			return name + "\t" + ttl + "\tIN\t" + type + "\t" + data;
		}
	}
}
