/// Canaries: messages of our own along chosen routes, looked for on both sides. What is sent is first a plan within the policy's limits; nothing ever goes
/// to an address outside the roster.
@NullMarked
package hikkoshi.core.canary;

import org.jspecify.annotations.NullMarked;
