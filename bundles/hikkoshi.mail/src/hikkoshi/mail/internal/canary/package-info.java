/// Hands canaries over to mail servers, and takes them out of mailboxes again.
@NullMarked
package hikkoshi.mail.internal.canary;

import org.jspecify.annotations.NullMarked;
