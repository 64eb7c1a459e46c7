@NullMarked
package hikkoshi.core.tests.arrival;

import org.jspecify.annotations.NullMarked;
