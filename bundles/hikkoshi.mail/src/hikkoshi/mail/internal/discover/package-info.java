/// What a host's mail set-up is, as its ports and its documents on the web show it. Looks, and sends nothing secret.
@NullMarked
package hikkoshi.mail.internal.discover;

import org.jspecify.annotations.NullMarked;
