@NullMarked
package hikkoshi.dns.tests.policy;

import org.jspecify.annotations.NullMarked;
