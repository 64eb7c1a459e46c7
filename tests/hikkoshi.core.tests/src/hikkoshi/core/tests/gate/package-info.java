/// Gates and the checklist.
@NullMarked
package hikkoshi.core.tests.gate;

import org.jspecify.annotations.NullMarked;
