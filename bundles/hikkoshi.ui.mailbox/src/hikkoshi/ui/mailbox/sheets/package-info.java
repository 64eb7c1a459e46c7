/// Set-up sheets from the window: which mailboxes, in which forms, into which folder.
@NullMarked
package hikkoshi.ui.mailbox.sheets;

import org.jspecify.annotations.NullMarked;
