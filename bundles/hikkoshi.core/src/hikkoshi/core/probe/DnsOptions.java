package hikkoshi.core.probe;

/// How a question is put.
///
/// @param recursionDesired whether the server shall find out (RD)
/// @param dnssecOk whether signatures are wanted (DO, RFC 3225); needs EDNS
/// @param checkingDisabled whether a validating resolver shall leave the judgement to us (CD, RFC 4035, 3.2.2)
/// @param ednsSize the largest datagram we take (RFC 6891), 0 without EDNS
/// @param get whether DoH asks by GET, which caches can keep, instead of POST (RFC 8484, 4.1)
public record DnsOptions(boolean recursionDesired, boolean dnssecOk, boolean checkingDisabled, int ednsSize, boolean get) {
	/// Fits any path without fragments (dnsflagday.net, 2020).
	public static final int EDNS_SIZE = 1_232;
	/// The smallest that EDNS knows (RFC 6891, 6.2.3), and the largest that a datagram holds.
	public static final int SMALLEST_EDNS = 512;
	public static final int LARGEST_EDNS = 65_535;
	public static final DnsOptions DEFAULT = new DnsOptions(true, false, false, EDNS_SIZE, false);

	/// @throws IllegalArgumentException when the size is none, or DO is wanted without EDNS
	public DnsOptions {
		if (ednsSize != 0 && (ednsSize < SMALLEST_EDNS || ednsSize > LARGEST_EDNS)) {
			throw new IllegalArgumentException("EDNS size " + ednsSize + " is neither 0 nor in " + SMALLEST_EDNS + ".." + LARGEST_EDNS);
		}
		if (dnssecOk && ednsSize == 0) {
			throw new IllegalArgumentException("the DO bit travels in EDNS");
		}
	}

	public DnsOptions withoutRecursion() {
		return new DnsOptions(false, dnssecOk, checkingDisabled, ednsSize, get);
	}
}
