/// Set-up sheets for the owners of mailboxes: which two accounts to set up while a move lasts, how, and which to delete later. Pure: the roster and the
/// evidence are arguments, texts and files are results. Holds no password.
@NullMarked
package hikkoshi.core.sheet;

import org.jspecify.annotations.NullMarked;
