/// Hikkoshi Store
@NullMarked
package hikkoshi.store;

import org.jspecify.annotations.NullMarked;
