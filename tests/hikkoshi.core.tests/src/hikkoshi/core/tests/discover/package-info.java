@NullMarked
package hikkoshi.core.tests.discover;

import org.jspecify.annotations.NullMarked;
