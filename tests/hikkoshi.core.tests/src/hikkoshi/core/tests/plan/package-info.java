@NullMarked
package hikkoshi.core.tests.plan;

import org.jspecify.annotations.NullMarked;
