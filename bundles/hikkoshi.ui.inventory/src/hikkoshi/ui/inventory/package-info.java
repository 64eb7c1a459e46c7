/// The inventory's face: the New Migration wizard, the migration editor, servers and domains, and the commands that probe them.
@NullMarked
package hikkoshi.ui.inventory;

import org.jspecify.annotations.NullMarked;
