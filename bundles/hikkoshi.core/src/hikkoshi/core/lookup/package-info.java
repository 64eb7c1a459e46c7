/// Free questions to DNS as people put them: what a typed line means, what an answer looks like, how two answers differ. Asks through the port
/// [hikkoshi.core.probe.DnsLookup]; shared by the look-up view and the headless command.
@NullMarked
package hikkoshi.core.lookup;

import org.jspecify.annotations.NullMarked;
