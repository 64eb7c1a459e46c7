/// *Secure storage*: passwords kept in Equinox secure storage, for the window and for headless commands alike.
@NullMarked
package hikkoshi.vault;

import org.jspecify.annotations.NullMarked;
