/// Who is authoritative for a name, found from the root down (RFC 1034, 5.3.3), by no resolver's word.
@NullMarked
package hikkoshi.dns.delegation;

import org.jspecify.annotations.NullMarked;
