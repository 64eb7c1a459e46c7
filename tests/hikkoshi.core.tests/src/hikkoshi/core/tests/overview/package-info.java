/// Tests of the overview.
@NullMarked
package hikkoshi.core.tests.overview;

import org.jspecify.annotations.NullMarked;
