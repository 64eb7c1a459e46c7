/// What a person may set for all migrations.
@NullMarked
package hikkoshi.ui.preferences;

import org.jspecify.annotations.NullMarked;
