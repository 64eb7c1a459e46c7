/// Hikkoshi UI dns
@NullMarked
package hikkoshi.ui.dns;

import org.jspecify.annotations.NullMarked;
