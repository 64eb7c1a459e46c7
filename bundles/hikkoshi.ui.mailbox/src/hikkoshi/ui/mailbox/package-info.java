/// Hikkoshi UI mailbox
@NullMarked
package hikkoshi.ui.mailbox;

import org.jspecify.annotations.NullMarked;
