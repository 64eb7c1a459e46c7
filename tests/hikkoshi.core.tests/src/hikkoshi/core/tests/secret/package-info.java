@NullMarked
package hikkoshi.core.tests.secret;

import org.jspecify.annotations.NullMarked;
