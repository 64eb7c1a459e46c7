/// Words for every id.
@NullMarked
package hikkoshi.core.tests.text;

import org.jspecify.annotations.NullMarked;
