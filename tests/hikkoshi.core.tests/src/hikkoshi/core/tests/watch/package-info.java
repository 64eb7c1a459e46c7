/// Tests of the verdict on propagation.
@NullMarked
package hikkoshi.core.tests.watch;

import org.jspecify.annotations.NullMarked;
