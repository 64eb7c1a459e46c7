/// Hikkoshi Mail
@NullMarked
package hikkoshi.mail;

import org.jspecify.annotations.NullMarked;
