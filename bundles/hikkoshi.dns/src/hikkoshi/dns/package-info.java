/// The probes of DNS and the free look-up: what authoritative servers and resolvers say, as evidence. dnsjava reads and writes the messages.
@NullMarked
package hikkoshi.dns;

import org.jspecify.annotations.NullMarked;
