/// How one question goes to one server and the right answer comes back (docs/adr/0003-dns-transport.md).
@NullMarked
package hikkoshi.dns.transport;

import org.jspecify.annotations.NullMarked;
