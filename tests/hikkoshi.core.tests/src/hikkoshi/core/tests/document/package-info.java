/// Tests of pages and pictures.
@NullMarked
package hikkoshi.core.tests.document;

import org.jspecify.annotations.NullMarked;
