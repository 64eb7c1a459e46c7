/// Hikkoshi UI checklist
@NullMarked
package hikkoshi.ui.checklist;

import org.jspecify.annotations.NullMarked;
