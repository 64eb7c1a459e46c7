/// What DNS *will* say: a planned zone against the live one, as a plan that one can read, refuse, and hand over to those who run the zone.
@NullMarked
package hikkoshi.core.plan;

import org.jspecify.annotations.NullMarked;
