/// Tests of the set-up sheets.
@NullMarked
package hikkoshi.core.tests.sheet;

import org.jspecify.annotations.NullMarked;
