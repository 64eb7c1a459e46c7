package hikkoshi.core.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import hikkoshi.core.model.Transport;

/// What a server answered, or that it did not.
///
/// @param flags as dig prints them, e.g. `qr aa rd`
/// @param at when the question was put
/// @param took from the question's first byte to the answer's last
/// @param bytes size of the answer, 0 when none came
/// @param detail the system's or the server's words where the status alone says too little; else empty
public record DnsAnswer(
		DnsQuestion question,
		DnsStatus status,
		Head head,
		List<String> flags,
		List<Rr> answer,
		List<Rr> authority,
		List<Rr> additional,
		Instant at,
		Duration took,
		int bytes,
		Carried carried,
		String detail) {
	public DnsAnswer {
		flags = List.copyOf(flags);
		answer = List.copyOf(answer);
		authority = List.copyOf(authority);
		additional = List.copyOf(additional);
	}

	/// Whether the answer came over TCP, by itself or below TLS.
	public boolean tcp() {
		return carried.transport() != Transport.UDP;
	}

	/// What stands around the records.
	///
	/// @param id of the message, 0 when none came
	/// @param rcode as dig prints it, e.g. `NOERROR`; empty when no answer came
	/// @param asked the name as it went out: absolute, IDN as ACE
	/// @param pseudo what EDNS said; null without it
	public record Head(int id, String opcode, String rcode, String asked, @Nullable Edns pseudo) {
		public Optional<Edns> edns() {
			return Optional.ofNullable(pseudo);
		}
	}

	/// @param size of datagrams that the server takes
	/// @param options as text, e.g. an extended error (RFC 8914)
	public record Edns(int version, boolean dnssecOk, int size, List<String> options) {
		public Edns {
			options = List.copyOf(options);
		}
	}

	/// How the answer travelled.
	///
	/// @param transport TCP for an answer that did not fit into UDP
	/// @param proof whether the certificate proved the name
	/// @param session e.g. `TLSv1.3` or `TLSv1.3, HTTP/2`; empty without TLS
	public record Carried(Transport transport, Proof proof, String session) {}

	/// Who a certificate says has answered.
	public enum Proof {
		/// No TLS: anybody on the way may have answered.
		NONE,
		/// TLS with somebody: listening is harder, nothing is proven (RFC 7858, 4.1).
		OPPORTUNISTIC,
		/// The name (or address) that was to be proven.
		PROVEN
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
