/// Old and new server side by side.
@NullMarked
package hikkoshi.core.tests.compare;

import org.jspecify.annotations.NullMarked;
