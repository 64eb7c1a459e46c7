/// The checklist for a person: the state of its gates, sign-off and override, and its source. Judging is core's; the document is the only truth.
@NullMarked
package hikkoshi.ui.checklist;

import org.jspecify.annotations.NullMarked;
