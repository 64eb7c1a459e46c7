/// The view that lays an old and a new server side by side.
@NullMarked
package hikkoshi.ui.inventory.compare;

import org.jspecify.annotations.NullMarked;
