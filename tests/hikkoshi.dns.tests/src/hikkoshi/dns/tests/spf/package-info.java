@NullMarked
package hikkoshi.dns.tests.spf;

import org.jspecify.annotations.NullMarked;
