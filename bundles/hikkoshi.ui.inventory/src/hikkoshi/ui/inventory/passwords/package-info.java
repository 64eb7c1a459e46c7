/// Passwords of a migration in secure storage: import from a table, what is kept, removal.
@NullMarked
package hikkoshi.ui.inventory.passwords;

import org.jspecify.annotations.NullMarked;
