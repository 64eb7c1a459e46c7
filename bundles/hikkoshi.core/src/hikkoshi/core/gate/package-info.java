/// What evidence *allows*: the checklist, its steps, and gates as pure functions of evidence and `now`. Never touches network or clock.
@NullMarked
package hikkoshi.core.gate;

import org.jspecify.annotations.NullMarked;
