/// The roster in a form that other tools read.
@NullMarked
package hikkoshi.ui.inventory.exporting;

import org.jspecify.annotations.NullMarked;
