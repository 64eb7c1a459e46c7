/// Hikkoshi UI
@NullMarked
package hikkoshi.ui;

import org.jspecify.annotations.NullMarked;
