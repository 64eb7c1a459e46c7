@NullMarked
package hikkoshi.dns.tests.plan;

import org.jspecify.annotations.NullMarked;
