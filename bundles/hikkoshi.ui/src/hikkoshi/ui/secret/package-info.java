/// Asking a person for passwords: once, up front, for all accounts that have none.
@NullMarked
package hikkoshi.ui.secret;

import org.jspecify.annotations.NullMarked;
