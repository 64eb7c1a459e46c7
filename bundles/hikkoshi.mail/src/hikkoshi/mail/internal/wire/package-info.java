/// The *connection*: bytes, lines, TLS, deadlines, bounds, and the journal of what was seen. Knows no protocol.
@NullMarked
package hikkoshi.mail.internal.wire;

import org.jspecify.annotations.NullMarked;
