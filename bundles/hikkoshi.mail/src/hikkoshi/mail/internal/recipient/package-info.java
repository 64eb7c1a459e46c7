/// Whether a server receives for an address, asked by RCPT TO and without mail.
@NullMarked
package hikkoshi.mail.internal.recipient;

import org.jspecify.annotations.NullMarked;
