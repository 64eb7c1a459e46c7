@NullMarked
package hikkoshi.dns.tests.dnssec;

import org.jspecify.annotations.NullMarked;
