/// Tests of charts and of the report of a watch.
@NullMarked
package hikkoshi.core.tests.chart;

import org.jspecify.annotations.NullMarked;
