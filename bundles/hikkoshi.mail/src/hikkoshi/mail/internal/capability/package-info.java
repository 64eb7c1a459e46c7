/// What servers *offer*: the words of a door before any login, and what a mailbox's session shows behind it.
@NullMarked
package hikkoshi.mail.internal.capability;

import org.jspecify.annotations.NullMarked;
