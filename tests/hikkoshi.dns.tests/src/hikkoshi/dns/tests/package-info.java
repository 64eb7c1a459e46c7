/// DNS against servers that answer rightly, wrongly, twice, late or not at all. Loopback only.
@NullMarked
package hikkoshi.dns.tests;

import org.jspecify.annotations.NullMarked;
