/// Looks for what has newly arrived in mailboxes, without changing anything in them.
@NullMarked
package hikkoshi.mail.internal.arrival;

import org.jspecify.annotations.NullMarked;
