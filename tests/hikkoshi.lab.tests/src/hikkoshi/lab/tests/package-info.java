/// Every probe against real servers of tests/lab.
@NullMarked
package hikkoshi.lab.tests;

import org.jspecify.annotations.NullMarked;
