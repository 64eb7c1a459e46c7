/// Hikkoshi DNS
@NullMarked
package hikkoshi.dns;

import org.jspecify.annotations.NullMarked;
