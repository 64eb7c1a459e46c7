/// The import of mailboxes from lists of other tools: what the file is, what it would change, then the change.
@NullMarked
package hikkoshi.ui.inventory.importing;

import org.jspecify.annotations.NullMarked;
