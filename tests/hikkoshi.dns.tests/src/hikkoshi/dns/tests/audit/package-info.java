@NullMarked
package hikkoshi.dns.tests.audit;

import org.jspecify.annotations.NullMarked;
