/// Fakes for tests: servers that misbehave by a script, on free loopback ports, and a way to wait for a condition.
///
/// For servers that behave, take `hikkoshi.rehearsal`.
@NullMarked
package hikkoshi.testkit;

import org.jspecify.annotations.NullMarked;
