/// Embedded DNS for a rehearsal: authoritative servers with zones that can change while they run, and a caching resolver that honours TTLs.
///
/// Shares no code with the probes (and does without dnsjava), so that neither is tested against itself.
@NullMarked
package hikkoshi.rehearsal.dns;

import org.jspecify.annotations.NullMarked;
