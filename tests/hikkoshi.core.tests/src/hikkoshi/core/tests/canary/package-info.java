@NullMarked
package hikkoshi.core.tests.canary;

import org.jspecify.annotations.NullMarked;
