/// From a command to a core verb, through the active migration.
@NullMarked
package hikkoshi.ui.inventory.handlers;

import org.jspecify.annotations.NullMarked;
