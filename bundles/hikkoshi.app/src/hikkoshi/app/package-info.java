/// Hikkoshi Application
@NullMarked
package hikkoshi.app;

import org.jspecify.annotations.NullMarked;
