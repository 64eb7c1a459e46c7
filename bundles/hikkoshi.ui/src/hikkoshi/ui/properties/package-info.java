/// What the Properties view says of a server, a domain, a mailbox, an account.
@NullMarked
package hikkoshi.ui.properties;

import org.jspecify.annotations.NullMarked;
