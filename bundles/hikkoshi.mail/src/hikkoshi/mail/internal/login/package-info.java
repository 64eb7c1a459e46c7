/// The *dialogues*: IMAP, POP3 and submission from the greeting to a proven login.
@NullMarked
package hikkoshi.mail.internal.login;

import org.jspecify.annotations.NullMarked;
