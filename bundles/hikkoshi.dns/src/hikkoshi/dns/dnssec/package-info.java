/// DNSSEC (RFC 4033–4035): whether a set of records is proven from the root down, and why not.
@NullMarked
package hikkoshi.dns.dnssec;

import org.jspecify.annotations.NullMarked;
