/// Tests of the window, in the product's own application, through page objects. They run in the UI thread and pump its events.
@NullMarked
package hikkoshi.ui.tests;

import org.jspecify.annotations.NullMarked;
