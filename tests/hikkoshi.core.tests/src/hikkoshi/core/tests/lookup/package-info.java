@NullMarked
package hikkoshi.core.tests.lookup;

import org.jspecify.annotations.NullMarked;
