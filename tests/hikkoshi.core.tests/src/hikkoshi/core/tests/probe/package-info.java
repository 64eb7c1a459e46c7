/// The run, its guards and its memory.
@NullMarked
package hikkoshi.core.tests.probe;

import org.jspecify.annotations.NullMarked;
