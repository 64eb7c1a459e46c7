/// Tests of the files of a migration.
@NullMarked
package hikkoshi.core.tests.format;

import org.jspecify.annotations.NullMarked;
