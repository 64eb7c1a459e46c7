/// The run, its guards and its memory.
@NullMarked
package hikkoshi.core.tests.preset;

import org.jspecify.annotations.NullMarked;
