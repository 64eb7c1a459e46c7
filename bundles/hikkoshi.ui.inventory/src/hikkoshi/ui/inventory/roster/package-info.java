/// The table editor of `mailboxes.csv`: a table and the source over one text, for tens of thousands of rows.
@NullMarked
package hikkoshi.ui.inventory.roster;

import org.jspecify.annotations.NullMarked;
