@NullMarked
package hikkoshi.core.tests.format.roster;

import org.jspecify.annotations.NullMarked;
