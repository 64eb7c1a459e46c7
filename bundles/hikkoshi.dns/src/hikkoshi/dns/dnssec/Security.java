package hikkoshi.dns.dnssec;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/// What DNSSEC says of one set of records (RFC 4033, 5).
///
/// @param zone the zone, or the set of records, that the reason is about; may be empty
/// @param detail the validator's words, or what is wrong in short; may be empty
/// @param until when the first signature on the way ends, for what is secure or expired; when the signature begins, for what is not valid yet
public record Security(State state, Why why, String zone, String detail, @Nullable Instant until) {
	/// For a plan: nobody has signed it yet.
	public static final Security UNJUDGED = new Security(State.UNJUDGED, Why.NONE, "", "", null);

	public enum State {
		/// A chain of signatures leads from the trust anchor to it.
		SECURE,
		/// It is proven that the chain ends above: the zone is not signed, or with an algorithm nobody knows.
		INSECURE,
		/// The chain should lead there and does not: validating resolvers answer SERVFAIL.
		BOGUS,
		/// A server on the way owed an answer.
		INDETERMINATE,
		/// There is no trust anchor, or it is no live zone.
		UNJUDGED
	}

	/// What is wrong with a chain.
	public enum Why {
		NONE,
		/// Every signature of a set has expired.
		EXPIRED,
		/// No signature of a set is valid yet: the signer's clock, or ours, is wrong.
		NOT_YET,
		/// The parent has DS, the zone has no DNSKEY.
		NO_DNSKEY,
		/// No DS of the parent fits a key of the zone.
		DS_MISMATCH,
		/// The parent has DS, and the zone's answers are not signed.
		UNSIGNED,
		/// What the validator says.
		OTHER
	}

	static Security of(State state) {
		return new Security(state, Why.NONE, "", "", null);
	}
}
