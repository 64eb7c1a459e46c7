/// Mail that arrived: what the trace of a message says (RFC 5321, 4.4), where a mailbox had been looked at last, which messages are new since then, and why
/// mail still comes to the old side. Headers only: no body is ever kept.
@NullMarked
package hikkoshi.core.arrival;

import org.jspecify.annotations.NullMarked;
