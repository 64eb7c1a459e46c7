/// Starting probes from the window.
@NullMarked
package hikkoshi.ui.probe;

import org.jspecify.annotations.NullMarked;
