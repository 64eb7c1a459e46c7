/// The policy file of MTA-STS (RFC 8461): fetched as a sender does, and read.
@NullMarked
package hikkoshi.dns.policy;

import org.jspecify.annotations.NullMarked;
