/// The Evidence view: what was seen of the active migration, live.
@NullMarked
package hikkoshi.ui.evidence;

import org.jspecify.annotations.NullMarked;
