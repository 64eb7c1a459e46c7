package hikkoshi.dns.spf;

import java.util.List;

/// What a receiver would make of a host (RFC 7208, 2.6), and how it came to that.
///
/// @param explanation what the domain wants to be told to a refused sender; empty without a fail that has one
/// @param lookups terms that asked DNS; more than ten end in permerror
/// @param voids look-ups that found nothing
/// @param trail every term that was judged, in order, across includes
public record SpfResult(Value value, Cause cause, String explanation, int lookups, int voids, List<Step> trail) {
	public enum Value {
		NONE,
		NEUTRAL,
		PASS,
		FAIL,
		SOFTFAIL,
		TEMPERROR,
		PERMERROR
	}

	/// Why it is that value.
	///
	/// @param detail what the kind is about: the term, the name, the words that cannot be read
	public record Cause(Kind kind, String domain, String detail) {}

	public enum Kind {
		/// A term matched. (the term)
		MATCHED,
		/// No term matched, and there is no redirect.
		DEFAULT,
		/// There is no record.
		NO_RECORD,
		/// The domain is none that could have one.
		BAD_DOMAIN,
		/// (the term)
		SYNTAX,
		/// Several records stand at one name.
		SEVERAL_RECORDS,
		/// `include` or `redirect` leads to a name without a record. (that name)
		NO_TARGET,
		/// More than ten terms ask DNS.
		TOO_MANY_LOOKUPS,
		/// More than two look-ups found nothing.
		TOO_MANY_VOIDS,
		/// More than ten MX names behind one `mx`. (the term)
		TOO_MANY_MX,
		/// DNS did not answer. (name and type)
		DNS_FAILED
	}

	/// @param depth of includes and redirects around it
	/// @param matched null-free: a term that could not be judged ends the trail
	public record Step(int depth, String domain, String term, boolean matched) {}

	public SpfResult {
		trail = List.copyOf(trail);
	}
}
