/// The New Migration wizard.
@NullMarked
package hikkoshi.ui.inventory.wizard;

import org.jspecify.annotations.NullMarked;
