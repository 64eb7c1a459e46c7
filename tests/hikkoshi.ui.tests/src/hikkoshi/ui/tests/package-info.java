/// Tests that drive the real window through page objects; run in the UI thread of the product.
@NullMarked
package hikkoshi.ui.tests;

import org.jspecify.annotations.NullMarked;
