/// The Sender Policy Framework (RFC 7208): reading a record, and judging a host by it as a receiver would. Pure but for [SpfDns], so that a planned
/// zone can be judged before it is public.
@NullMarked
package hikkoshi.dns.spf;

import org.jspecify.annotations.NullMarked;
