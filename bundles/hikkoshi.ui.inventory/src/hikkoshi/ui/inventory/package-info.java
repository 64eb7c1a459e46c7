/// Hikkoshi UI inventory
@NullMarked
package hikkoshi.ui.inventory;

import org.jspecify.annotations.NullMarked;
