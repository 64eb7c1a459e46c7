/// What was *seen*: immutable, time-stamped observations, and the port to the append-only log that keeps them.
/// Evidence holds ids and arguments, never sentences (see `hikkoshi.core.text`).
@NullMarked
package hikkoshi.core.evidence;

import org.jspecify.annotations.NullMarked;
