/// What a watch has seen, as pictures: where mail arrived, how the answers of DNS turned, how long canaries flew. Pure: the same evidence and the same span
/// give the same picture, to the byte.
@NullMarked
package hikkoshi.core.chart;

import org.jspecify.annotations.NullMarked;
