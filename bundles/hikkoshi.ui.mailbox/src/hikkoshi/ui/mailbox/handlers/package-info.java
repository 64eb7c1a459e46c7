/// Commands of the mailbox views.
@NullMarked
package hikkoshi.ui.mailbox.handlers;

import org.jspecify.annotations.NullMarked;
